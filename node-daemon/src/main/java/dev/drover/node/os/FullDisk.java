package dev.drover.node.os;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a failure lacks when a file system is full: which one, and how large it is.
public final class FullDisk {
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded");

    private static final String WHERE = ": the file system of ";
    private static final int MIB_SHIFT = 20;

    private FullDisk() {}

    /// The same failure, which says where when it is that.
    ///
    /// @param place where was written
    public static IOException at(Path place, IOException failure) {
        String said = words(failure);
        boolean full = WORDS.stream().anyMatch(said::contains) && !said.contains(WHERE);
        return full ? new IOException(said + WHERE + room(place), failure) : failure;
    }

    /// What the failure says, and where when a full file system is the reason.
    public static String words(Path place, IOException failure) {
        return words(at(place, failure));
    }

    private static String words(IOException failure) {
        return Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    }

    /// `PLACE has 100 MiB, 0 MiB of them free`.
    public static String room(Path place) {
        try {
            FileStore store = Files.getFileStore(place);
            return "%s has %d MiB, %d MiB of them free"
                    .formatted(
                            place,
                            store.getTotalSpace() >> MIB_SHIFT,
                            store.getUsableSpace() >> MIB_SHIFT);
        } catch (IOException gone) {
            return place.toString();
        }
    }
}
