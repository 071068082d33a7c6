package dev.drover.controller.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What we know of a connection: how many requests of it are being answered, or since when none is.
/// Written on the event loop and by the threads that end requests, who may be late: the client has
/// its answer, and asks again, before the thread that gave it has come to its end.
final class Visitor {
    private final AtomicInteger answering = new AtomicInteger();
    private volatile long idleSince = System.nanoTime();

    void begin() {
        answering.incrementAndGet();
    }

    void end() {
        idleSince = System.nanoTime();
        answering.decrementAndGet();
    }

    /// How long nothing has been asked for; zero while something is being answered.
    Duration idleFor(long now) {
        return answering.get() > 0 ? Duration.ZERO : Duration.ofNanos(now - idleSince);
    }
}
