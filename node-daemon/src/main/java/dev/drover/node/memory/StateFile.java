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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// One record in one file:
///
/// ```text
///  drover 1 CRC32C-of-the-rest, 8 hexadecimal digits
///  the record as JSON
/// ```
///
/// A new content replaces the old one by a rename, after its bytes are on the disk: a reader sees
/// one or the other, whatever is killed and when. Another format has another number and another
/// checksum, so that a flipped bit in the number is no other format.
public final class StateFile<T extends Record> {
    private static final String FORMAT = "drover 1 ";
    private static final Pattern NEWER = Pattern.compile("drover ([2-9]|[1-9][0-9]{1,8}) ");
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
    ///
    /// @throws IOException also when a newer program wrote it in a format that is not known here.
    ///   It stays where it is, for that program to go on with
    public Recall<T> read() throws IOException {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException nothing) {
            return new Recall.Nothing<>();
        } catch (CharacterCodingException torn) {
            return aside("it is no text");
        }
        Optional<String> json = json(text);
        if (json.isEmpty()) {
            Matcher newer = NEWER.matcher(text);
            // One flipped bit of the number would leave everything behind it as it should be.
            if (newer.lookingAt() && json(FORMAT + text.substring(newer.end())).isEmpty()) {
                throw new IOException(
                        path
                                + " was written by a newer Drover, in format "
                                + newer.group(1)
                                + "; this one knows format 1. Start the newer one again: nothing"
                                + " was changed, and what runs goes on");
            }
            return aside("it does not begin and end as such a file does, or its checksum differs");
        }
        try {
            return new Recall.Known<>(RecordJson.read(type, json.get()));
        } catch (IOException unknown) {
            return aside("another version wrote it: " + unknown.getMessage());
        }
    }

    /// The record's text, if this is a whole file of ours.
    private static Optional<String> json(String text) {
        int head = FORMAT.length() + CHECKSUM_DIGITS;
        boolean whole = text.length() > head + 1 && text.endsWith("\n");
        if (!whole || !text.startsWith(FORMAT) || text.indexOf('\n') != head) {
            return Optional.empty();
        }
        return Optional.of(text.substring(head + 1, text.length() - 1))
                .filter(json -> checksum(json).equals(text.substring(FORMAT.length(), head)));
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
