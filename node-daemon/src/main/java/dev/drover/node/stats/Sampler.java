package dev.drover.node.stats;

import dev.drover.manifests.wire.TaskUsage;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Usage;
import dev.drover.node.os.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks every ten seconds at what every running task uses, on one thread.
public final class Sampler implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Supplier<List<Subject>> subjects;
    private final InstantSource clock;
    private final Map<Running, Series> kept = new HashMap<>();
    private final Rounds rounds;

    /// A task that runs now.
    public record Subject(
            String allocation, String namespace, String job, String task, Running running) {}

    /// Of what `subjects` says each time; begins at once.
    public Sampler(Supplier<List<Subject>> subjects, InstantSource clock) {
        this.subjects = subjects;
        this.clock = clock;
        rounds = Rounds.begin("stats", EVERY, this::sample);
    }

    /// Takes a sample of each, and forgets those that have ended. One that cannot be looked at just
    /// now keeps what is known of it.
    synchronized void sample() {
        Map<Running, Series> still = new HashMap<>();
        for (Subject subject : subjects.get()) {
            Series series = kept.getOrDefault(subject.running(), new Series());
            point(subject, series).ifPresent(series::add);
            still.put(subject.running(), series);
        }
        kept.clear();
        kept.putAll(still);
    }

    /// Empty when it ends just now, or cannot be looked at.
    private Optional<Series.Point> point(Subject subject, Series series) {
        try {
            Optional<Usage> usage = subject.running().stats();
            return usage.map(u -> series.point(u, clock.instant()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// What each uses now, or did over the last hour.
    ///
    /// @param allocation only this one's tasks
    public synchronized List<TaskUsage> usages(Optional<String> allocation, boolean history) {
        List<TaskUsage> usages = new ArrayList<>();
        for (Subject subject : subjects.get()) {
            if (allocation.isPresent() && !allocation.get().equals(subject.allocation())) {
                continue;
            }
            Series series = kept.getOrDefault(subject.running(), new Series());
            if (history) {
                series.points().forEach(point -> usages.add(usage(subject, point)));
            }
            point(subject, series).ifPresent(point -> usages.add(usage(subject, point)));
        }
        return usages;
    }

    private static TaskUsage usage(Subject subject, Series.Point point) {
        Instant at = point.at();
        return new TaskUsage(
                subject.allocation(),
                subject.namespace(),
                subject.job(),
                subject.task(),
                at,
                point.cpuPermille(),
                point.cpu().toMillis(),
                point.memoryBytes(),
                point.processes());
    }

    @Override
    public void close() {
        rounds.close();
    }
}
