package dev.drover.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where this machine keeps version 2 cgroups, and our own folder in it.
///
/// Beside version 1 controllers there is often a version 2 hierarchy without any: it limits
/// nothing, but it holds processes together, and that is what is needed first.
public final class Cgroups {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private final Path root;

    private Cgroups(Path root) {
        this.root = root;
    }

    /// Ours, named `drover/NAME`; empty where there is no version 2 hierarchy or we may not write
    /// to it. Never below the daemon's own group, so that a service manager that ends the daemon
    /// leaves the tasks alone.
    public static Optional<Cgroups> open(String name) throws IOException {
        Optional<Path> mount = mount(Files.readString(MOUNTS));
        if (mount.isEmpty() || !Files.isWritable(mount.get().resolve("cgroup.procs"))) {
            return Optional.empty();
        }
        return Optional.of(new Cgroups(mount.get().resolve("drover").resolve(name)));
    }

    /// Where the first version 2 hierarchy is mounted.
    static Optional<Path> mount(String mountinfo) {
        return mountinfo
                .lines()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> Path.of(line.split(" ", -1)[4].replace("\\040", " ")))
                .findFirst();
    }

    /// The group of that name; it need not exist.
    public Cgroup group(String name) {
        return new Cgroup(root.resolve(name));
    }

    /// Removes our folder, and `drover` when nobody else has a folder in it. What still holds
    /// groups stays.
    public void remove() {
        new Cgroup(root).remove();
        new Cgroup(root.resolveSibling("")).remove();
    }
}
