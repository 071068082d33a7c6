package dev.drover.node.alloc;

import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import dev.drover.node.task.TaskMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what an earlier daemon knew of the tasks of an allocation.
final class Recollection {
    private static final Logger LOG = LoggerFactory.getLogger(Recollection.class);

    private final AllocationFolders folders;
    private final InstantSource clock;

    Recollection(AllocationFolders folders, InstantSource clock) {
        this.folders = folders;
        this.clock = clock;
    }

    /// What it wrote down, or what can be guessed without harm: the latest run whose folder is here
    /// may still go on.
    TaskMemory of(String task) {
        try {
            return switch (new StateFile<>(folders.state(task), TaskMemory.class).read()) {
                case Recall.Known<TaskMemory>(TaskMemory known) -> known;
                case Recall.Nothing<TaskMemory>() -> guessed(task, "it was not written down");
                case Recall.Corrupt<TaskMemory>(Path movedTo, String because) -> {
                    LOG.error("{} is kept for you to look at: {}", movedTo, because);
                    yield guessed(task, because);
                }
            };
        } catch (IOException e) {
            LOG.error("the state of task {} of {} cannot be read", task, folders.id(), e);
            return guessed(task, e.toString());
        }
    }

    private TaskMemory guessed(String task, String because) {
        int run = latestRun(task);
        return run == 0
                ? TaskMemory.fresh()
                : TaskMemory.forgotten(run, clock.instant(), "what was known of it: " + because);
    }

    private int latestRun(String task) {
        Path runs = folders.run(task, 0).resolveSibling("");
        if (!Files.isDirectory(runs)) {
            return 0;
        }
        try (Stream<Path> numbers = Files.list(runs)) {
            return numbers.mapToInt(n -> Integer.parseInt(n.getFileName().toString()))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            LOG.error("the runs in {} cannot be listed", runs, e);
            return 0;
        }
    }
}
