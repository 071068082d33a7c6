package dev.drover.store.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Lines that outlive the process that wrote them, though not the machine: a killed process keeps
/// what it gave to the operating system.
final class Notes {
    static final String SYNCED = "synced";
    static final String ACKNOWLEDGED = "acknowledged";
    static final String SEEN = "seen";

    private final FileChannel file;

    Notes(Path path) throws IOException {
        file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
    }

    synchronized void line(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All whole lines; the last one may have been cut by the kill.
    static List<String> read(Path path) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
