package dev.drover.controller.http;

import java.time.Duration;

/// What we know of a connection: whether a request of it is being answered, or since when none is.
/// Written on the event loop and by the thread that ends a request.
final class Visitor {
    private volatile boolean busy;
    private volatile long idleSince = System.nanoTime();

    void begin() {
        busy = true;
    }

    void end() {
        idleSince = System.nanoTime();
        busy = false;
    }

    /// How long nothing has been asked for; zero while something is being answered.
    Duration idleFor(long now) {
        return busy ? Duration.ZERO : Duration.ofNanos(now - idleSince);
    }
}
