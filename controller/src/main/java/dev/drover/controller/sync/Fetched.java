package dev.drover.controller.sync;

import java.util.SortedMap;

/// What a fetch brought.
sealed interface Fetched {
    /// The commit that the reference names now, and the manifests beneath the source's path.
    ///
    /// @param files by path within the repository, sorted
    record At(String commit, SortedMap<String, Blob> files) implements Fetched {}

    /// Nothing could be fetched: the last state stays as it is.
    record Failed(String because) implements Fetched {}

    /// One file that is named like a manifest.
    sealed interface Blob {
        /// Its text.
        record Text(String text) implements Blob {}

        /// It is there, and it is not read.
        record Unread(String because) implements Blob {}
    }
}
