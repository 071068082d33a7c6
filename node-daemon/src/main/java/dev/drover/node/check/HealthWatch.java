package dev.drover.node.check;

import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches an allocation until it is decided whether it is healthy, on a thread of its own that
/// ends then. Its deadline goes on counting while no daemon runs.
public final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

    /// It is looked at again after this time, or when something has changed.
    private static final Duration MISTAKEN = Duration.ofSeconds(5);

    private final StateFile<HealthMemory> file;
    private final InstantSource clock;
    private final Witness witness;
    private final Semaphore changes = new Semaphore(0);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile HealthMemory memory;
    private boolean left;

    /// Who knows what to look at, and hears what was decided.
    public interface Witness {
        /// What there is to see now; empty when nobody asks any more.
        Optional<HealthView> sight(Instant since);

        /// It was decided, and is durable.
        ///
        /// @param because what is wrong, by the name of the task; empty when it is healthy
        void decided(Map<String, String> because);
    }

    private HealthWatch(
            StateFile<HealthMemory> file,
            HealthMemory memory,
            InstantSource clock,
            Witness witness) {
        this.file = file;
        this.memory = memory;
        this.clock = clock;
        this.witness = witness;
        thread = Thread.ofVirtual().name("health").unstarted(this::watch);
    }

    /// Goes on with the watch for that deployment, or begins one, also where the disk is full.
    public static HealthWatch open(
            Path path, Optional<String> deployment, InstantSource clock, Witness witness)
            throws IOException {
        StateFile<HealthMemory> file = new StateFile<>(path, HealthMemory.class);
        Optional<HealthMemory> known =
                switch (file.read()) {
                    case Recall.Known<HealthMemory>(HealthMemory earlier) -> Optional.of(earlier);
                    case Recall.Nothing<HealthMemory>() -> Optional.empty();
                    case Recall.Corrupt<HealthMemory>(Path movedTo, String because) -> {
                        LOG.error("{} is kept for you to look at: {}", movedTo, because);
                        yield Optional.empty();
                    }
                };
        Optional<HealthMemory> same = known.filter(m -> m.deployment().equals(deployment));
        if (same.isPresent()) {
            HealthWatch again = new HealthWatch(file, same.get(), clock, witness);
            again.heedClock();
            return again;
        }
        HealthMemory fresh = new HealthMemory(deployment, clock.instant(), Optional.empty());
        HealthWatch begun = new HealthWatch(file, fresh, clock, witness);
        begun.write();
        return begun;
    }

    private void write() {
        try {
            file.write(memory);
        } catch (IOException e) {
            // It goes on: the next daemon begins where this was last written down.
            LOG.error("the watch over the health cannot be written down", e);
        }
    }

    /// A begin that lies in the future was written down before the clock was set back, by years
    /// perhaps: nobody waits until then.
    private synchronized void heedClock() {
        Instant now = clock.instant();
        if (!left && now.isBefore(memory.since())) {
            memory = memory.begun(now);
            write();
        }
    }

    /// For which deployment.
    public Optional<String> deployment() {
        return memory.deployment();
    }

    /// When it began.
    public Instant since() {
        return memory.since();
    }

    /// What was decided, once it is.
    public Optional<Boolean> healthy() {
        return memory.healthy();
    }

    /// Begins to look, when that has not been done yet.
    public void begin() {
        if (!begun.getAndSet(true)) {
            thread.start();
        }
    }

    /// Something has changed.
    public void look() {
        changes.release();
    }

    /// Stops looking: nothing is written or told any more when it returns. Another watch goes on
    /// with what is written down.
    public synchronized void leave() {
        left = true;
        begun.set(true);
        thread.interrupt();
    }

    private void watch() {
        try {
            boolean asked = true;
            while (asked && memory.healthy().isEmpty() && !Thread.currentThread().isInterrupted()) {
                asked = round();
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks once, and waits until it is time to look again; false when nobody asks any more.
    private boolean round() throws InterruptedException {
        try {
            heedClock();
            Optional<HealthView> view = witness.sight(memory.since());
            if (view.isEmpty()) {
                return false;
            }
            switch (AllocationHealth.next(view.get(), clock.instant())) {
                case HealthStep.Healthy() -> decide(Map.of());
                case HealthStep.Unhealthy(Map<String, String> because) -> decide(because);
                case HealthStep.Wait(Instant until) -> await(until);
            }
        } catch (RuntimeException bug) { // a deployment waits for what is decided here
            LOG.error("a mistake in the watch over the health; it goes on", bug);
            await(clock.instant().plus(MISTAKEN));
        }
        return true;
    }

    private void await(Instant until) throws InterruptedException {
        long millis = Duration.between(clock.instant(), until).toMillis() + 1; // never too early
        if (changes.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
    }

    private synchronized void decide(Map<String, String> because) {
        if (left) {
            return;
        }
        memory = memory.decided(because.isEmpty());
        write();
        witness.decided(because);
    }
}
