package dev.drover.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One group of processes. A process and all that it starts stay in it, whatever they do.
public record Cgroup(Path path) {

    /// Makes it; one that exists is taken as it is.
    public void create() throws IOException {
        Files.createDirectories(path);
    }

    /// The pids in it; none when it does not exist.
    public List<Integer> processes() throws IOException {
        Path procs = path.resolve("cgroup.procs");
        return Files.exists(procs)
                ? Files.readAllLines(procs).stream().map(Integer::valueOf).toList()
                : List.of();
    }

    /// Kills everything in it at once (Linux 5.14 and later).
    public void kill() throws IOException {
        Path kill = path.resolve("cgroup.kill");
        if (Files.exists(kill)) {
            Files.writeString(kill, "1");
        }
    }

    /// Removes it; false while it holds processes or groups.
    public boolean remove() {
        // Not Files.delete: the kernel's own files in it vanish with it, and only rmdir(2) counts.
        return path.toFile().delete() || !Files.exists(path);
    }
}
