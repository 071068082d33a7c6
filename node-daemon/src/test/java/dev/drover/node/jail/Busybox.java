package dev.drover.node.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A root file system from one static program.
public final class Busybox {
    private static final Path PROGRAM = Path.of("/bin/busybox");

    private Busybox() {}

    /// Skips a test, and says why, where no jail can run.
    public static void assumeJails() throws IOException, InterruptedException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "jails need root");
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM),
                "needs busybox-static: apt-get install busybox-static");
        Assumptions.assumeTrue(
                new ProcessBuilder("unshare", "-m", "-p", "-f", "true").start().waitFor() == 0,
                "this machine does not let us make namespaces");
    }

    /// One in a new folder.
    public static Path imageIn(Path root) throws IOException {
        image(Files.createDirectories(root));
        return root;
    }

    /// A small root file system.
    public static void image(Path root) throws IOException {
        for (String part : List.of("bin", "etc", "proc", "dev", "root")) {
            Files.createDirectories(root.resolve(part));
        }
        Files.copy(
                PROGRAM,
                root.resolve("bin/busybox"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        for (String applet :
                List.of(
                        "sh",
                        "cat",
                        "chroot",
                        "cut",
                        "echo",
                        "env",
                        "false",
                        "grep",
                        "head",
                        "hostname",
                        "id",
                        "kill",
                        "ls",
                        "mkdir",
                        "mknod",
                        "mount",
                        "ps",
                        "readlink",
                        "rm",
                        "sed",
                        "seq",
                        "sleep",
                        "sort",
                        "stat",
                        "touch",
                        "tr",
                        "true",
                        "umount",
                        "unshare",
                        "wc")) {
            Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nwww:x:80:80::/:/bin/sh\n");
        Files.writeString(
                root.resolve("etc/group"), "root:x:0:\nwww:x:80:\nweb:x:8080:nobody,www\n");
    }
}
