package dev.drover.node.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where this machine keeps version 2 cgroups, and our own folder in it.
///
/// Beside version 1 controllers there is often a version 2 hierarchy without any: it limits
/// nothing, but it holds processes together, and that is what is needed first.
public final class Cgroups {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");
    private static final String MEMBERS = "cgroup.procs";

    /// In `/proc/self/cgroup`, of version 2.
    private static final String UNIFIED = "0::/";

    private final Path mount;
    private final Path root;
    private final AtomicBoolean stirring = new AtomicBoolean();

    private Cgroups(Path mount, Path root) {
        this.mount = mount;
        this.root = root;
    }

    /// Ours, named `drover/NAME`; empty where there is no version 2 hierarchy or we may not write
    /// to it. Never below the daemon's own group, so that a service manager that ends the daemon
    /// leaves the tasks alone.
    public static Optional<Cgroups> open(String name) throws IOException {
        Optional<Path> mount = mount(Files.readString(MOUNTS));
        if (mount.isEmpty() || !Files.isWritable(mount.get().resolve(MEMBERS))) {
            return Optional.empty();
        }
        Path root = mount.get().resolve("drover").resolve(name);
        return Optional.of(new Cgroups(mount.get(), root));
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

    /// A task will start soon. The kernel lets a process join a group only when all processors have
    /// passed a point of rest, 10 to 15 ms later; whoever comes right after another need not wait.
    /// So this joins the group that we are in, and returns after the wait; at once while another
    /// thread waits.
    public void stir() throws IOException {
        if (stirring.compareAndSet(false, true)) {
            try {
                Optional<Path> own = own(mount, Files.readString(MEMBERSHIP));
                if (own.isPresent()) {
                    Files.writeString(own.get().resolve(MEMBERS), "0");
                }
            } finally {
                stirring.set(false);
            }
        }
    }

    /// The group of the process that says so; empty when it is not below that mount.
    static Optional<Path> own(Path mount, String membership) {
        return membership
                .lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> mount.resolve(line.substring(UNIFIED.length())).normalize())
                .filter(group -> group.startsWith(mount))
                .findFirst();
    }

    /// Removes our folder, and `drover` when nobody else has a folder in it. What still holds
    /// groups stays.
    public void remove() {
        new Cgroup(root).remove();
        new Cgroup(root.resolveSibling("")).remove();
    }
}
