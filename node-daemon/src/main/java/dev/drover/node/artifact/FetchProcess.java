package dev.drover.node.artifact;

import dev.drover.node.os.Aside;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Fetches in a child process: the same program in the role of [Fetch].
public final class FetchProcess implements Fetcher {

    /// For the JVM to start and to say its last words.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int LINES_MAX = 100_000;

    private final ChildProgram program;

    private FetchProcess(ChildProgram program) {
        this.program = program;
    }

    /// Starts children with this JVM's own `java` and class path.
    public static FetchProcess ofThisProgram() throws IOException {
        return of(System.getProperty("java.class.path"));
    }

    static FetchProcess of(String classPath) throws IOException {
        return new FetchProcess(ChildProgram.of(classPath, Fetch.class));
    }

    /// Whether children give up what root may do.
    public boolean unprivileged() {
        return program.user().isPresent();
    }

    @Override
    public void fetch(FetchPlan plan, Path folder, Consumer<Progress> progress)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                program.process(plan.limits()).directory(folder.toFile()).redirectErrorStream(true);
        if (program.user().isPresent()) {
            Files.setAttribute(folder, "unix:uid", program.user().getAsInt());
        }
        Process child = builder.start();
        Thread watch = watch(child, plan.limits().time().plus(GRACE));
        try {
            Optional<Report> last =
                    Aside.begin("fetch", () -> talk(child, plan, progress)).result();
            child.waitFor();
            finish(last, child, plan);
        } finally {
            child.destroyForcibly();
            watch.interrupt();
        }
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
