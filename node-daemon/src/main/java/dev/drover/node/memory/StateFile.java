package dev.drover.node.memory;

import dev.drover.manifests.json.RecordJson;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// One record in one file:
///
/// ```text
///  drover 1 CRC32C-of-the-rest, 8 hexadecimal digits
///  the record as JSON
/// ```
///
/// A new content replaces the old one by a rename, after its bytes are on the disk: a reader sees
/// one or the other, whatever is killed and when.
public final class StateFile<T extends Record> {
    private static final String FORMAT = "drover 1 ";
    private static final int CHECKSUM_DIGITS = 8;

    private final Path path;
    private final Class<T> type;

    /// At that path.
    public StateFile(Path path, Class<T> type) {
        this.path = path;
        this.type = type;
    }

    /// Replaces what was there. Durable when it returns.
    public void write(T value) throws IOException {
        String json = RecordJson.text(value);
        String text = FORMAT + checksum(json) + "\n" + json + "\n";
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        // Not a channel: that would be cut short when the thread is interrupted.
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// What was written last.
    public Recall<T> read() throws IOException {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException nothing) {
            return new Recall.Nothing<>();
        } catch (CharacterCodingException torn) {
            return aside("it is no text");
        }
        int line = text.indexOf('\n');
        int head = FORMAT.length() + CHECKSUM_DIGITS;
        boolean whole = text.length() > head + 1 && text.endsWith("\n");
        if (!text.startsWith(FORMAT) || line != head || !whole) {
            return aside("it does not begin and end as such a file does");
        }
        String json = text.substring(line + 1, text.length() - 1);
        if (!checksum(json).equals(text.substring(FORMAT.length(), head))) {
            return aside("its checksum does not fit");
        }
        try {
            return new Recall.Known<>(RecordJson.read(type, json));
        } catch (IOException unknown) {
            return aside("another version wrote it: " + unknown.getMessage());
        }
    }

    private Recall<T> aside(String because) throws IOException {
        Path corrupt = path.resolveSibling(path.getFileName() + ".corrupt");
        Files.move(path, corrupt, StandardCopyOption.REPLACE_EXISTING);
        return new Recall.Corrupt<>(corrupt, because);
    }

    private static String checksum(String json) {
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
