package dev.drover.node.beneath;

import dev.drover.node.driver.TaskFolders;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where in the host's files a path is that a job writes.
public sealed interface Destination {

    /// Beneath one of the task's folders.
    ///
    /// @param relative to the root, normalised; empty for the root itself
    record Beneath(Path root, Path relative) implements Destination {}

    /// Nowhere a task may name.
    record Outside(String why) implements Destination {}

    /// The longest path that a Linux system call takes.
    int PATH_CHARS_MAX = 4095;

    /// What stands for one of the task's folders at the beginning of a path, and that folder beside
    /// the task's home.
    List<Map.Entry<String, Path>> FOLDERS =
            List.of(
                    Map.entry("NOMAD_TASK_DIR", Path.of("local")),
                    Map.entry("NOMAD_SECRETS_DIR", Path.of("secrets")),
                    Map.entry("NOMAD_ALLOC_DIR", Path.of("../alloc")));

    /// The place of a path. As with Nomad, every path is one beneath the task's home:
    /// `/usr/local/bin` is the home's `usr/local/bin`, never the host's. The task's own names of
    /// its folders (`NOMAD_TASK_DIR`, … in its variables) and `../alloc` lead to those folders;
    /// whatever else leaves the home is outside.
    static Destination of(String path, TaskFolders folders, Map<String, String> variables) {
        try {
            if (path.length() > PATH_CHARS_MAX) {
                return new Outside("the path is longer than " + PATH_CHARS_MAX + " characters");
            }
            Path relative = besideHome(path, variables).normalize();
            if (relative.startsWith("../alloc")) {
                return new Beneath(folders.shared(), Path.of("../alloc").relativize(relative));
            }
            if (relative.startsWith("..")) {
                return new Outside(path + " leaves the task's folder");
            }
            return relative.startsWith("secrets")
                    ? new Beneath(folders.secrets(), Path.of("secrets").relativize(relative))
                    : new Beneath(folders.home(), relative);
        } catch (InvalidPathException e) {
            return new Outside("no path: " + e.getReason());
        }
    }

    private static Path besideHome(String path, Map<String, String> variables) {
        for (Map.Entry<String, Path> folder : FOLDERS) {
            Optional<String> seen = Optional.ofNullable(variables.get(folder.getKey()));
            if (seen.isPresent() && Path.of(path).startsWith(seen.get())) {
                return folder.getValue().resolve(Path.of(seen.get()).relativize(Path.of(path)));
            }
        }
        return Path.of(path.replaceFirst("^/+", ""));
    }
}
