package dev.drover.reconcilers.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls back at a time: for every `lookAgain` of every loop, on one thread.
///
/// Each key has one alarm, the earliest that was set since it last rang; so there are never more
/// than loops times names.
final class Alarms {
    /// Who is called: equal keys are one alarm.
    ///
    /// @param about a loop and a name
    record Key(Object about) {}

    private record Due(Instant when, long order) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = when.compareTo(other.when);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private record Alarm(Key key, Runnable ring) {}

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /// The clock may be set: nobody waits on it for longer without looking.
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final TreeMap<Due, Alarm> queue = new TreeMap<>();
    private final Map<Key, Due> byKey = new HashMap<>();
    private final Thread thread;
    private long count;

    Alarms(InstantSource clock) {
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("drover-alarms").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Rings at `when`, or as soon as possible after it, unless the key has an earlier alarm.
    void set(Key key, Instant when, Runnable ring) {
        lock.lock();
        try {
            Due old = byKey.get(key);
            if (old != null && !when.isBefore(old.when)) {
                return;
            }
            if (old != null) {
                queue.remove(old);
            }
            Due due = new Due(when, count++);
            byKey.put(key, due);
            queue.put(due, new Alarm(key, ring));
            earlier.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                ring(take());
            }
        } catch (InterruptedException closed) {
            LOG.debug("the alarms are closed");
        }
    }

    /// A bug of who is called leaves the other alarms as they are.
    private static void ring(Alarm alarm) {
        try {
            alarm.ring.run();
        } catch (RuntimeException bug) {
            LOG.error("a bug of who was to look again: {}", alarm.key, bug);
        }
    }

    private Alarm take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Duration> wait = untilFirst();
                if (wait.isEmpty()) {
                    earlier.await();
                } else if (wait.get().isPositive()) {
                    earlier.awaitNanos(shorter(wait.get()).toNanos());
                } else {
                    Alarm due = queue.pollFirstEntry().getValue();
                    byKey.remove(due.key);
                    return due;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Duration> untilFirst() {
        return queue.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.between(clock.instant(), queue.firstKey().when));
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
