package dev.drover.node.files;

import dev.drover.manifests.wire.TerminalSize;

/// Where what somebody gives comes from, as fast as it is taken.
public interface Input {
    /// One piece of it.
    sealed interface Piece {
        /// Bytes, one in each character.
        record Bytes(String data) implements Piece {}

        /// The terminal has this size now.
        record Resized(TerminalSize size) implements Piece {}

        /// Nothing more will come.
        record End() implements Piece {}
    }

    /// The next piece, waited for.
    ///
    /// @throws InterruptedException when nobody is there any more
    Piece next() throws InterruptedException;
}
