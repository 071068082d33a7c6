package dev.drover.node.main;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Says what the start of a node is at when it takes long: a kernel that mounts nothing, a disk
/// that answers nothing, and everybody would wait for the node and see no reason.
final class StartWatch implements AutoCloseable {
    /// A start takes less than a second; a machine that swaps or is overloaded may need some.
    static final Duration LONG = Duration.ofSeconds(20);

    private final Thread starting;
    private final Duration every;
    private final Consumer<String> told;
    private final CountDownLatch over = new CountDownLatch(1);

    /// Of the start that this thread makes, until it is closed.
    StartWatch(Duration every, Consumer<String> told) {
        this.every = every;
        this.told = told;
        starting = Thread.currentThread();
        Thread.ofPlatform().name("start-watch").daemon().start(this::watch);
    }

    private void watch() {
        Duration since = Duration.ZERO;
        try {
            while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                since = since.plus(every);
                told.accept(
                        "this node has not started within %d s; it is at%n%s"
                                .formatted(since.toSeconds(), place()));
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    private String place() {
        return Arrays.stream(starting.getStackTrace())
                .map(frame -> "  " + frame)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        over.countDown();
    }
}
