package dev.drover.node.logs;

import dev.drover.node.os.Beneath;
import dev.drover.node.supervision.Stream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the log files of an allocation are: always reached beneath its own folder, since its tasks
/// may put links where we have put folders.
///
/// @param home the allocation's folder
/// @param within that one
public record LogFolder(Path home, String within) {

    /// One log file as it is now.
    ///
    /// @param number the higher, the newer
    record Entry(String name, int number, long bytes, Instant written) {}

    /// The first part of the names of one output's files; a number follows.
    static String prefix(String task, Stream stream) {
        return task + "." + stream.label() + ".";
    }

    /// The name of the file of that number.
    static String name(String prefix, int number) {
        return prefix + "%06d".formatted(number);
    }

    /// Opens one file.
    Beneath open(String name) throws IOException {
        return Beneath.open(home, within + "/" + name);
    }

    /// The files whose names begin so, the oldest first.
    List<Entry> entries(String prefix) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Beneath opened = Beneath.open(home, within)) {
            for (String name : opened.names()) {
                String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (number.matches("\\d{6}")) {
                    entry(opened, name, Integer.parseInt(number)).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    /// Empty when the file was pruned since it was listed.
    private static Optional<Entry> entry(Beneath folder, String name, int number)
            throws IOException {
        try {
            PosixFileAttributes is = folder.entry(name);
            return Optional.of(
                    new Entry(name, number, is.size(), is.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException pruned) {
            return Optional.empty();
        }
    }

    /// Removes one file; nothing when it is gone.
    void remove(String name) throws IOException {
        try (Beneath opened = Beneath.open(home, within)) {
            opened.remove(name);
        }
    }
}
