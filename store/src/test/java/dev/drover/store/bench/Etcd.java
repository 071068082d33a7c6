package dev.drover.store.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// etcd as a measure: built from its Go module outside of the project, loaded by its own client.
///
/// `store/src/test/etcd/measure` does both; where there is no Go the row is left out.
final class Etcd {
    private static final Path SCRIPT = Path.of("store/src/test/etcd/measure");

    private final Path base;
    private final Optional<String> missing;

    Etcd(Path base) {
        this.base = base;
        this.missing = prepare();
    }

    boolean isThere() {
        return missing.isEmpty();
    }

    /// Why it is not there.
    String why() {
        return missing.orElse("");
    }

    private static Optional<String> prepare() {
        if (!Files.isExecutable(SCRIPT)) {
            return Optional.of("not started from the top of the project");
        }
        try {
            run("build");
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Durable puts a second of values of 1 KB, by so many callers on one server.
    double puts(int callers, int count) {
        String said =
                run("run", base.toString(), Integer.toString(callers), Integer.toString(count));
        return Double.parseDouble(said.strip());
    }

    private static String run(String... words) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said.strip());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
