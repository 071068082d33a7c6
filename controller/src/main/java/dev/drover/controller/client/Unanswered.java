package dev.drover.controller.client;

import java.io.IOException;

/// A server took a request and gave no answer: it was too slow, or the connection broke. Whether a
/// write was done is not known.
public final class Unanswered extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean write;

    Unanswered(Address address, boolean write, IOException cause) {
        super("the server at " + address + " gave no answer: " + cause.getMessage(), cause);
        this.write = write;
    }

    /// Whether something was to be changed.
    public boolean write() {
        return write;
    }
}
