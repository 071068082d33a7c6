package dev.drover.node.driver;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What a machine has too little of for a moment: file descriptors, processes, memory. Whoever
/// meets it has done nothing wrong, and tries again.
///
/// A full disk is none: it stays full, and another node may have room.
public final class Shortage {
    /// How the kernel says so, through the virtual machine, our own calls and our scripts. The
    /// first and the last have no number of it, so words are all there is; the launcher keeps them
    /// English.
    private static final List<String> WORDS =
            List.of(
                    "too many open files",
                    "resource temporarily unavailable",
                    "cannot allocate memory");

    private Shortage() {}

    /// Whether it failed for one.
    public static boolean in(IOException failure) {
        return in(String.valueOf(failure.getMessage()));
    }

    /// Whether these words say so.
    public static boolean in(String failure) {
        String said = failure.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(said::contains);
    }
}
