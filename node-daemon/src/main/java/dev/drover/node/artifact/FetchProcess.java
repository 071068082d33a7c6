package dev.drover.node.artifact;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Fetches in a child process: the same program in the role of [Fetch], with an empty environment,
/// little memory, the kernel's own limits on time, files and their size, and, where the daemon is
/// root, as `nobody`.
public final class FetchProcess implements Fetcher {

    /// `nobody` on Linux and FreeBSD alike.
    private static final int NOBODY = 65534;

    /// For the JVM to start and to say its last words.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int LINES_MAX = 100_000;

    /// A JVM with its class path open, one connection, one archive and one file.
    private static final int OPEN_FILES_MAX = 256;

    /// A block of the shell's `ulimit -f`.
    private static final int BLOCK_BYTES = 512;

    /// What the program itself observes, the kernel observes too: a hostile archive may make the
    /// program do what it likes. The JVM turns a file that is too large into an I/O error.
    private static final String LIMITED =
            "ulimit -c 0; ulimit -n \"$1\"; ulimit -t \"$2\"; ulimit -f \"$3\"; shift 3; exec \"$@\"";

    private final List<String> command;
    private final OptionalInt user;

    private FetchProcess(List<String> command, OptionalInt user) {
        this.command = command;
        this.user = user;
    }

    /// Starts children with this JVM's own `java` and class path.
    public static FetchProcess ofThisProgram() throws IOException {
        return of(System.getProperty("java.class.path"));
    }

    static FetchProcess of(String classPath) throws IOException {
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
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                absolute(classPath),
                                Fetch.class.getName()));
        boolean root =
                Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                        && uid == 0;
        return new FetchProcess(
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

    /// Whether children give up what root may do.
    public boolean unprivileged() {
        return user.isPresent();
    }

    @Override
    public void fetch(FetchPlan plan, Path folder, Consumer<Progress> progress)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(limits(plan.limits()));
        line.addAll(command);
        if (user.isPresent()) {
            line.add(String.valueOf(user.getAsInt()));
            Files.setAttribute(folder, "unix:uid", user.getAsInt());
        }
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of());
        builder.environment().putAll(Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
        Process child = builder.start();
        Thread watch = watch(child, plan.limits().time().plus(GRACE));
        try {
            Optional<Report> last = talk(child, plan, progress);
            child.waitFor();
            finish(last, child, plan);
        } finally {
            child.destroyForcibly();
            watch.interrupt();
        }
    }

    private static List<String> limits(FetchLimits limits) {
        return List.of(
                "/bin/sh",
                "-c",
                LIMITED,
                "fetch",
                String.valueOf(OPEN_FILES_MAX),
                String.valueOf(limits.time().toSeconds()),
                String.valueOf(limits.bytes() / BLOCK_BYTES + 1));
    }

    /// Tells the child its plan and listens until it has no more to say.
    private static Optional<Report> talk(Process child, FetchPlan plan, Consumer<Progress> progress)
            throws IOException {
        try (OutputStream in = child.getOutputStream()) {
            in.write((String.join("\n", plan.lines()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Optional<Report> last = Optional.empty();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            int lines = 0;
            for (String line = out.readLine();
                    line != null && lines < LINES_MAX;
                    line = out.readLine(), lines++) {
                if (last.isEmpty()) {
                    switch (Report.of(line)) {
                        case Report.Progress(long bytes, long total) ->
                                progress.accept(new Progress(bytes, total));
                        case Report.Done done -> last = Optional.of(done);
                        case Report.Failed failed -> last = Optional.of(failed);
                    }
                }
            }
        }
        return last;
    }

    private static void finish(Optional<Report> last, Process child, FetchPlan plan)
            throws IOException {
        if (child.exitValue() == 0 && last.filter(Report.Done.class::isInstance).isPresent()) {
            return;
        }
        String why =
                last.filter(Report.Failed.class::isInstance)
                        .map(r -> ((Report.Failed) r).why())
                        .orElse(
                                "the fetching process ended with "
                                        + child.exitValue()
                                        + "; it may take at most "
                                        + plan.limits().time().toSeconds()
                                        + " s");
        throw new IOException(why);
    }

    /// Ends the child when its time is over.
    private static Thread watch(Process child, Duration time) {
        return Thread.ofVirtual()
                .name("fetch-watch")
                .start(() -> {
                    try {
                        if (!child.waitFor(time.toSeconds(), TimeUnit.SECONDS)) {
                            child.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // it has ended in time
                    }
                });
    }
}
