package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// File systems in memory, mounted on folders of this machine as Linux does it: nothing on them is
/// set-uid, a device, or can be run.
public final class Mounts {
    private static final Libc MOUNT = Libc.function("mount");
    private static final Libc UMOUNT = Libc.function("umount2");

    private static final int NOSUID = 2;
    private static final int NODEV = 4;
    private static final int NOEXEC = 8;

    /// Even while somebody has a file of it open: it goes with the last of them.
    private static final int DETACH = 2;

    private static final int NOFOLLOW = 8;

    private Mounts() {}

    /// Puts an empty one on `folder`.
    ///
    /// @param options of tmpfs(5)
    /// @throws IOException also where this process may not mount
    public static void memory(Path folder, String options) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long type = arena.allocateFrom("tmpfs").address();
            int error =
                    MOUNT.call(
                            type,
                            arena.allocateFrom(folder.toString()).address(),
                            type,
                            NOSUID | NODEV | NOEXEC,
                            arena.allocateFrom(options).address());
            if (error != 0) {
                throw new IOException("mount on " + folder + ": " + Libc.text(-error));
            }
        }
    }

    /// Whether a file system of its own is mounted on it; a link is none.
    public static boolean on(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && device(folder) != device(folder.resolveSibling("."));
    }

    private static long device(Path folder) throws IOException {
        return (long) Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS);
    }

    /// Takes away what is mounted on it, with everything in it.
    public static void remove(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int error =
                    UMOUNT.call(arena.allocateFrom(folder.toString()).address(), DETACH | NOFOLLOW);
            if (error != 0) {
                throw new IOException("unmount of " + folder + ": " + Libc.text(-error));
            }
        }
    }
}
