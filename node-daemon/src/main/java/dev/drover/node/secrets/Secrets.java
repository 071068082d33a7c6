package dev.drover.node.secrets;

import dev.drover.node.os.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The folders for secrets of a node's tasks, each a file system of its own in memory: bounded, of
/// the task's user alone, and nothing in it can be run. What was in it is gone with the mount.
/// Where the daemon may not mount, a folder on the disk that only the task's user can open.
///
/// @param swaps whether the kernel may write it to the swap: older ones than Linux 6.4 cannot be
///   told not to
/// @param because why they are on the disk; empty where they are in memory
public record Secrets(boolean swaps, Optional<String> because) {
    /// As much as Nomad gives where a task does not say `resources.secrets`.
    public static final int MIB_DEFAULT = 1;

    /// Files are kernel memory too: small ones would take more than their bytes.
    private static final int FILES_PER_MIB = 1024;

    private static final int OWNER = 0700;
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String NAME = "secrets";
    private static final String NO_SWAP = ",noswap";

    /// Mounts one in `folder`, which is the daemon's, and takes it away again, to see what this
    /// machine can.
    public static Secrets look(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new Secrets(true, Optional.of("only Linux mounts them here"));
        }
        Path probe = folder.resolve("probe-secrets");
        folder(probe);
        try {
            clear(probe); // of a daemon that was killed here
            Optional<String> refused = refused(probe, options(MIB_DEFAULT) + NO_SWAP);
            return refused.isEmpty()
                    ? new Secrets(false, refused)
                    : new Secrets(true, refused(probe, options(MIB_DEFAULT)));
        } finally {
            Files.delete(probe);
        }
    }

    private static Optional<String> refused(Path probe, String options) throws IOException {
        try {
            Mounts.memory(probe, options);
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
        Mounts.remove(probe);
        return Optional.empty();
    }

    /// Makes the folder. One that is in memory already stays as it is, and so does one that has
    /// something in it or is a task's: on the disk, before the node could mount.
    public void open(Path folder, int mib) throws IOException {
        folder(folder);
        if (because.isEmpty() && !Mounts.on(folder) && isOurs(folder) && isEmpty(folder)) {
            Mounts.memory(folder, options(mib) + (swaps ? "" : NO_SWAP));
        }
    }

    private static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, OWNERS); // at once: a daemon may be killed at any time
        }
    }

    private static String options(int mib) {
        return "size=%dm,nr_inodes=%d,mode=0%o".formatted(mib, mib * FILES_PER_MIB, OWNER);
    }

    /// Nobody but root could put a link in its place: what it is in has the sticky bit.
    private static boolean isOurs(Path folder) throws IOException {
        return (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) == 0;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /// Takes away what is mounted for the tasks of the allocation at `home`; the folders stay.
    public static void removeAll(Path home) throws IOException {
        if (Files.isDirectory(home)) {
            try (Stream<Path> tasks = Files.list(home)) {
                for (Path task : tasks.toList()) {
                    clear(task.resolve(NAME));
                }
            }
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Mounts.on(folder)) {
            Mounts.remove(folder);
        }
    }

    /// For the fingerprint.
    public SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("secrets", because.isEmpty() ? "memory" : "disk");
        because.ifPresent(why -> attributes.put("secrets.because", why));
        return attributes;
    }
}
