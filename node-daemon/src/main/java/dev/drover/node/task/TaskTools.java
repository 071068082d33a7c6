package dev.drover.node.task;

import dev.drover.node.driver.Driver;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.supervision.RunPlace;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// What a [TaskRunner] works with.
///
/// @param hooks in the order they are carried out before each start
/// @param places where the run of each number is
public record TaskTools(
        Driver driver,
        List<TaskHook> hooks,
        IntFunction<RunPlace> places,
        TaskJournal journal,
        InstantSource clock,
        RandomGenerator chance) {
    public TaskTools {
        hooks = List.copyOf(hooks);
    }
}
