package dev.drover.node.artifact;

import java.io.IOException;

/// A fetch that failed, in words for the task's owner. An I/O error that carries no more than
/// itself is not this, and may be tried again.
final class FetchFailure extends IOException {

    private static final long serialVersionUID = 1L;

    FetchFailure(String message) {
        super(message);
    }
}
