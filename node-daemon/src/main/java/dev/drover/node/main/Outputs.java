package dev.drover.node.main;

import dev.drover.node.alloc.AllocationFolders;
import dev.drover.node.alloc.AllocationRunner;
import dev.drover.node.alloc.Allocations;
import dev.drover.node.logs.LogFolder;
import dev.drover.node.logs.LogSubject;
import dev.drover.node.supervision.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the tasks of a node leave their output.
final class Outputs {
    private Outputs() {}

    static LogFolder folder(AllocationFolders of) {
        return new LogFolder(of.home(), of.home().relativize(of.shared()) + "/logs");
    }

    /// Holds a folder for each run of the task.
    static Path runs(AllocationFolders of, String task) {
        return of.run(task, 0).resolveSibling("");
    }

    /// Of every task of every allocation.
    static List<LogSubject> all(Allocations allocations) {
        return allocations.all().stream().flatMap(Outputs::of).toList();
    }

    private static Stream<LogSubject> of(AllocationRunner runner) {
        boolean ended = runner.tasks().values().stream().allMatch(task -> task.memory().dead());
        return runner.tasks().entrySet().stream()
                .map(task -> {
                    int run = task.getValue().memory().run();
                    boolean written =
                            run == 0
                                    || Supervisor.drained(runner.folders().run(task.getKey(), run));
                    return new LogSubject(
                            folder(runner.folders()),
                            AllocationFolders.logName(task.getKey()),
                            runs(runner.folders(), task.getKey()),
                            ended && written);
                });
    }
}
