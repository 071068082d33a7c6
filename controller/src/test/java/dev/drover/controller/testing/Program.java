package dev.drover.controller.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One role of the program as a process of its own, that can be killed and started again.
public final class Program {
    /// The class of the program, in the command line of each of its processes.
    public static final String MAIN = "dev.drover.controller.main.Main";

    private final List<String> command;
    private final Path log;
    private Optional<Process> process = Optional.empty();

    /// @param words as typed after `drover`
    public Program(Path log, String... words) {
        this.log = log;
        command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + log.getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN));
        command.addAll(List.of(words));
    }

    /// Starts it.
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = Optional.of(builder.start());
    }

    /// kill -9, and waits until it is dead.
    public void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
    }

    /// SIGTERM, and kill -9 when that does not help.
    public void end() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
