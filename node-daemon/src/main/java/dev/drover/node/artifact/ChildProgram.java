package dev.drover.node.artifact;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A role of this program that is carried out in a process of its own: with this JVM's own `java`
/// and class path, an empty environment, little memory, the kernel's own limits on time, files and
/// their size, and, where the daemon is root, as `nobody`. What strangers wrote is read there.
///
/// @param command the program and its role
/// @param user whom it becomes, named by its last argument; as the daemon when absent
record ChildProgram(List<String> command, OptionalInt user) {

    /// `nobody` on Linux and FreeBSD alike.
    private static final int NOBODY = 65534;

    /// A JVM with its class path open, one connection, one archive and one file.
    private static final int OPEN_FILES_MAX = 256;

    /// A block of the shell's `ulimit -f`.
    private static final int BLOCK_BYTES = 512;

    /// What the program itself observes, the kernel observes too: a hostile archive may make the
    /// program do what it likes. The JVM turns a file that is too large into an I/O error.
    private static final String LIMITED =
            "ulimit -c 0; ulimit -n \"$1\"; ulimit -t \"$2\"; ulimit -f \"$3\"; shift 3; exec \"$@\"";

    ChildProgram {
        command = List.copyOf(command);
    }

    /// That role with that class path.
    static ChildProgram of(String classPath, Class<?> role) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "-Xmx160m",
                                "-Xss512k",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-Xshare:auto",
                                "-Duser.home=.", // a library's settings of nobody
                                "-Dslf4j.internal.verbosity=ERROR", // only reports are said
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                                "--sun-misc-unsafe-memory-access=allow", // zstd's, without a word
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                absolute(classPath),
                                role.getName()));
        boolean root =
                Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                        && uid == 0;
        return new ChildProgram(
                command,
                root && everybodyReads(program, classPath)
                        ? OptionalInt.of(NOBODY)
                        : OptionalInt.empty());
    }

    /// The child has another working directory.
    private static String absolute(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    /// `nobody` loads classes and libraries, too: a program beneath `/root` it cannot read.
    private static boolean everybodyReads(Path program, String classPath) throws IOException {
        List<Path> needed = new ArrayList<>(List.of(program.toRealPath()));
        for (String part : classPath.split(File.pathSeparator)) {
            if (Files.exists(Path.of(part))) {
                needed.add(Path.of(part).toRealPath());
            }
        }
        for (Path path : needed) {
            for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
                if (!Files.getPosixFilePermissions(folder)
                        .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
                return false;
            }
        }
        return true;
    }

    /// Ready to be started.
    ProcessBuilder process(FetchLimits limits) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                LIMITED,
                                "child",
                                String.valueOf(OPEN_FILES_MAX),
                                String.valueOf(limits.time().toSeconds()),
                                String.valueOf(limits.bytes() / BLOCK_BYTES + 1)));
        line.addAll(command);
        user.ifPresent(uid -> line.add(String.valueOf(uid)));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().retainAll(List.of());
        builder.environment()
                .putAll(
                        Map.of(
                                "LANG", "C.UTF-8",
                                "PATH", "/usr/bin:/bin",
                                "GIT_CONFIG_NOSYSTEM", "1"));
        return builder;
    }
}
