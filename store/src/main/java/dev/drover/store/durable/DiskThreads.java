package dev.drover.store.durable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A few platform threads for reads from disk: a native call on a virtual thread would hold its
/// carrier.
final class DiskThreads implements AutoCloseable {
    /// Reads beyond that wait for each other; most are answered from memory and never come here.
    private static final int THREADS = 4;

    private final ExecutorService threads;

    DiskThreads() {
        AtomicInteger number = new AtomicInteger();
        threads =
                Executors.newFixedThreadPool(
                        THREADS,
                        work ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("store-read-" + number.incrementAndGet())
                                        .unstarted(work));
    }

    /// What `read` answers, or what it throws. An interrupted caller waits on, and is interrupted
    /// afterwards: reads are short.
    <T> T read(Supplier<T> read) {
        Future<T> future;
        try {
            future = threads.submit(read::get);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the store is closed", e);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a read failed", e.getCause());
        } catch (CancellationException e) {
            throw new IllegalStateException("the store is closed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Does `work` there.
    void run(Runnable work) {
        read(() -> {
            work.run();
            return work;
        });
    }

    /// Waits for reads under way.
    @Override
    public void close() {
        threads.close();
    }
}
