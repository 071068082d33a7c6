package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a command beside a task has ended, and what it said first: on its output, then its errors.
public record Finished(Exit exit, String said) {

    /// Lets it run to its end, with nothing to read for it. Whoever has not the time closes it.
    ///
    /// @param bytesMax kept of each of its outputs; what is more is dropped, so that it can end
    public static Finished of(Execution command, int bytesMax)
            throws IOException, InterruptedException {
        command.stdin().close();
        // Both at once: whoever fills a pipe that nobody reads waits for ever.
        AtomicReference<Optional<IOException>> broken = new AtomicReference<>(Optional.empty());
        AtomicReference<String> errors = new AtomicReference<>("");
        Thread second =
                Thread.ofVirtual()
                        .name("errors")
                        .start(() -> {
                            try {
                                errors.set(beginning(command.stderr(), bytesMax));
                            } catch (IOException e) {
                                broken.set(Optional.of(e));
                            }
                        });
        String output = beginning(command.stdout(), bytesMax);
        second.join();
        if (broken.get().isPresent()) {
            throw broken.get().get();
        }
        String said =
                Stream.of(output, errors.get())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
        return new Finished(command.await(), said);
    }

    private static String beginning(InputStream from, int bytesMax) throws IOException {
        String text = new String(from.readNBytes(bytesMax), StandardCharsets.UTF_8).strip();
        from.transferTo(OutputStream.nullOutputStream());
        return text;
    }
}
