package dev.drover.node.driver.raw;

import dev.drover.node.driver.Config;
import dev.drover.node.driver.TaskRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds the file that a command means: in the task's own folders first, since artifacts bring
/// programs, then by its `PATH`.
final class Programs {
    private Programs() {}

    /// Its absolute path.
    static Path find(String command, TaskRun run) throws Config.Mistake, IOException {
        List<Path> candidates =
                Stream.concat(
                                Stream.of(run.folders().local(), run.folders().home()),
                                command.contains("/") ? Stream.of() : path(run))
                        .map(folder -> folder.resolve(command))
                        .filter(Files::isRegularFile)
                        .toList();
        if (!candidates.isEmpty()) {
            run.folders().letRun(candidates.getFirst());
        }
        return candidates.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new Config.Mistake(
                                candidates.isEmpty()
                                        ? "config.command: \""
                                                + command
                                                + "\" is neither in the task's folder nor"
                                                + " in its PATH"
                                        : "config.command: "
                                                + candidates.getFirst()
                                                + " is not executable"));
    }

    private static Stream<Path> path(TaskRun run) {
        return Stream.of(run.environment().getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of);
    }
}
