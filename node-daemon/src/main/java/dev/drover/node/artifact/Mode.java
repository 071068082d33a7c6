package dev.drover.node.artifact;

/// What becomes of what was downloaded.
enum Mode {
    /// An archive is unpacked into the destination, anything else is put there.
    ANY,
    /// The destination is the file's own path; an archive stays packed when `archive = false`.
    FILE,
    /// Only an archive will do.
    DIR
}
