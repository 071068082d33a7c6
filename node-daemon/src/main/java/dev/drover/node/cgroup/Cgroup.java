package dev.drover.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One group of processes. A process and all that it starts stay in it, whatever they do.
public record Cgroup(Path path) {

    /// Another daemon that ends may remove the empty folder above ours under our hands.
    private static final int TRIES_MAX = 5;

    private static final String USAGE = "usage_usec ";
    private static final long NANOS_PER_MICRO = 1_000;

    /// Makes it; one that exists is taken as it is.
    public void create() throws IOException {
        for (int tries = 1; !Files.isDirectory(path); tries++) {
            try {
                Files.createDirectories(path);
            } catch (NoSuchFileException removed) {
                if (tries == TRIES_MAX) {
                    throw removed;
                }
            }
        }
    }

    /// The pids in it; none when it does not exist, or is removed while it is read.
    public List<Integer> processes() throws IOException {
        try {
            return Files.readAllLines(path.resolve("cgroup.procs")).stream()
                    .map(Integer::valueOf)
                    .toList();
        } catch (IOException e) {
            if (Files.exists(path)) {
                throw e;
            }
            return List.of();
        }
    }

    /// The time on all cores of everything that was ever in it; empty when the kernel does not say.
    public Optional<Duration> cpu() throws IOException {
        Path file = path.resolve("cpu.stat");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(USAGE))
                .map(line -> Long.parseLong(line.substring(USAGE.length())))
                .map(micros -> Duration.ofNanos(micros * NANOS_PER_MICRO))
                .findFirst();
    }

    /// Kills everything in it at once (Linux 5.14 and later).
    public void kill() throws IOException {
        try {
            Files.writeString(path.resolve("cgroup.kill"), "1");
        } catch (IOException e) {
            if (Files.exists(path)) {
                throw e;
            }
        }
    }

    /// Removes it; false while it holds processes or groups.
    public boolean remove() {
        // Not Files.delete: the kernel's own files in it vanish with it, and only rmdir(2) counts.
        return path.toFile().delete() || !Files.exists(path);
    }
}
