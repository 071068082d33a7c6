package dev.drover.manifests.wire;

import java.time.Instant;

/// A file, folder or link that moves from one node to another with its allocation's data.
///
/// ```text
///  | bytes of the entry, 4 | the entry as JSON | content, `size` bytes | … | 0 |
/// ```
///
/// @param path beneath the allocation's folder
/// @param kind what it is
/// @param mode the bits of chmod(2)
/// @param size bytes of content that follow; 0 for what is no file
/// @param link what a link leads to; empty for others
public record DataEntry(
        String path,
        Kind kind,
        int mode,
        int uid,
        int gid,
        long size,
        Instant modified,
        String link) {
    /// Longest entry in bytes: two paths of 4,096 characters, each escaped.
    public static final int BYTES_MAX = 64 * 1024;

    /// What moves. Pipes, sockets and devices stay where they are.
    public enum Kind {
        FILE,
        FOLDER,
        LINK
    }
}
