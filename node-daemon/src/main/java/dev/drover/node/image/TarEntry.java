package dev.drover.node.image;

import java.time.Instant;

/// One entry of a tar.
///
/// @param name as it is written
/// @param mode the bits of chmod(2)
/// @param link what a link leads to; empty for others
record TarEntry(
        String name,
        Kind kind,
        int mode,
        int uid,
        int gid,
        long size,
        Instant modified,
        String link) {
    /// What it is.
    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /// A device, a pipe: what no image needs.
        OTHER
    }
}
