package dev.drover.node.artifact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a file is packed, as its name tells: a wrapping of files (tar, zip), a compression, or both.
///
/// @param many whether it holds files; otherwise it is one compressed file
record Packing(Compression compression, Optional<Wrapping> many) {

    /// What the bytes went through last.
    enum Compression {
        NONE,
        GZIP,
        BZIP2,
        XZ,
        ZSTD
    }

    /// What holds several files.
    enum Wrapping {
        TAR,
        ZIP
    }

    private record Ending(String text, Packing packing) {}

    /// Longer endings first: `.tar.gz` is not a `.gz`.
    private static final List<Ending> ENDINGS =
            List.of(
                    tar("tar.gz", Compression.GZIP),
                    tar("tgz", Compression.GZIP),
                    tar("tar.bz2", Compression.BZIP2),
                    tar("tbz2", Compression.BZIP2),
                    tar("tbz", Compression.BZIP2),
                    tar("tar.xz", Compression.XZ),
                    tar("txz", Compression.XZ),
                    tar("tar.zst", Compression.ZSTD),
                    tar("tzst", Compression.ZSTD),
                    tar("tar", Compression.NONE),
                    new Ending("zip", new Packing(Compression.NONE, Optional.of(Wrapping.ZIP))),
                    new Ending("gz", new Packing(Compression.GZIP, Optional.empty())),
                    new Ending("bz2", new Packing(Compression.BZIP2, Optional.empty())),
                    new Ending("xz", new Packing(Compression.XZ, Optional.empty())),
                    new Ending("zst", new Packing(Compression.ZSTD, Optional.empty())));

    private static Ending tar(String text, Compression compression) {
        return new Ending(text, new Packing(compression, Optional.of(Wrapping.TAR)));
    }

    /// By the end of a file's name; empty when it is not packed.
    static Optional<Packing> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(e -> lower.endsWith("." + e.text()))
                .map(Ending::packing)
                .findFirst();
    }

    /// The name without the ending that says how the file is packed.
    static String unpackedName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(e -> lower.endsWith("." + e.text()))
                .map(e -> name.substring(0, name.length() - e.text().length() - 1))
                .findFirst()
                .orElse(name);
    }

    /// What `archive = "…"` may say besides true and false.
    static List<String> names() {
        return ENDINGS.stream().map(Ending::text).toList();
    }
}
