package dev.drover.node.os;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work that holds its thread until it is done, on a thread of the system: the unpacking of a large
/// file, or a read that no interrupt ends.
///
/// A virtual thread that never waits holds one of the few that carry all of them, and a node has
/// one: no other task would go on meanwhile.
public final class Aside<T> {
    private final FutureTask<T> work;

    private Aside(FutureTask<T> work) {
        this.work = work;
    }

    /// Begins it.
    public static <T> Aside<T> begin(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).daemon().start(task);
        return new Aside<>(task);
    }

    /// What came of it, waited for. Whoever is interrupted leaves it behind.
    public T result() throws IOException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
