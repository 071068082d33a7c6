package dev.drover.node.link;

import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.FromNode.Fetch;
import dev.drover.node.files.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// What allocations of this node wait for from another one. Each asks the server, on every link
/// anew until its data comes; the server answers by a stream.
public final class Arrivals {
    /// As long as an artifact may take: who waits longer begins with an empty disk.
    public static final Duration TIME_MAX = Duration.ofMinutes(30);

    /// How soon one that waits sees that nobody wants it any more.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /// How a wait has ended.
    public sealed interface Arrival {
        /// All of it is here.
        record Whole() implements Arrival {}

        /// Nothing that counts.
        record Nothing(String because) implements Arrival {}
    }

    /// Takes what comes.
    @FunctionalInterface
    public interface Taking {
        void take(Input input) throws IOException, InterruptedException;
    }

    private static final class Wait {
        private final Fetch wish;
        private final Taking taking;
        private boolean begun;
        private Optional<Inquiries.Line> over = Optional.empty();
        private Optional<Arrival> arrival = Optional.empty();

        Wait(Fetch wish, Taking taking) {
            this.wish = wish;
            this.taking = taking;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Wait> waits =
            new LinkedHashMap<>(); // one for each allocation at most
    private Optional<Inquiries.Line> line = Optional.empty();

    /// Waits for it until it is here, or will not come, or is waited for `inVain`.
    public Arrival await(Fetch wish, Taking taking, BooleanSupplier inVain)
            throws InterruptedException {
        Wait wait = new Wait(wish, taking);
        long end = System.nanoTime() + TIME_MAX.toNanos();
        lock.lockInterruptibly();
        try {
            waits.put(wish.allocation(), wait);
            say(wish);
            while (wait.arrival.isEmpty() && !inVain.getAsBoolean() && System.nanoTime() < end) {
                changed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
            return wait.arrival.orElse(
                    new Arrival.Nothing("it has not come in " + TIME_MAX.toMinutes() + " minutes"));
        } finally {
            waits.remove(wish.allocation(), wait);
            lock.unlock();
        }
    }

    /// The server's answer.
    ///
    /// @throws IOException when it cannot be taken; says why
    public void take(String allocation, Optional<String> refused, Input input)
            throws IOException, InterruptedException {
        Wait wait = begin(allocation);
        try {
            if (refused.isEmpty()) {
                wait.taking.take(() -> next(wait, input));
            }
            end(wait, refused.<Arrival>map(Arrival.Nothing::new).orElseGet(Arrival.Whole::new));
        } catch (IOException | RuntimeException e) {
            String because = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            end(wait, new Arrival.Nothing(because));
            throw e;
        } catch (InterruptedException cut) {
            cut(wait);
            throw cut;
        }
    }

    /// What ended with its link is asked for on the next one; what the server has given up on a
    /// link that stands does not come.
    private void cut(Wait wait) {
        lock.lock();
        try {
            if (line.isPresent() && line.equals(wait.over)) {
                end(
                        wait,
                        new Arrival.Nothing(
                                "the server gave it up before all of it was here: its node is gone,"
                                        + " or could not read it"));
            } else {
                wait.begun = false;
                say(wait.wish);
            }
        } finally {
            lock.unlock();
        }
    }

    private Wait begin(String allocation) throws IOException {
        lock.lock();
        try {
            Optional<Wait> wait = Optional.ofNullable(waits.get(allocation)).filter(w -> !w.begun);
            if (wait.isEmpty()) {
                throw new IOException("allocation " + allocation + " does not wait for data");
            }
            wait.get().begun = true;
            wait.get().over = line;
            return wait.get();
        } finally {
            lock.unlock();
        }
    }

    private Input.Piece next(Wait wait, Input input) throws InterruptedException {
        Input.Piece piece = input.next();
        lock.lock();
        try {
            if (!waits.containsValue(wait)) {
                throw new InterruptedException("nobody waits for it any more");
            }
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private void end(Wait wait, Arrival arrival) {
        lock.lock();
        try {
            wait.arrival = Optional.of(arrival);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void linked(Inquiries.Line to) {
        lock.lock();
        try {
            line = Optional.of(to);
            waits.values().stream().filter(wait -> !wait.begun).forEach(wait -> say(wait.wish));
        } finally {
            lock.unlock();
        }
    }

    void unlinked() {
        lock.lock();
        try {
            line = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// A link that fails here has ended: the next one asks again.
    private void say(FromNode wish) {
        try {
            if (line.isPresent()) {
                line.get().say(wish);
            }
        } catch (IOException gone) {
            line = Optional.empty();
        }
    }
}
