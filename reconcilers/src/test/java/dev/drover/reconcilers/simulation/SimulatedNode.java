package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/// A machine without tasks: what it is told to run goes through phases by chance, and it tells so
/// in numbered reports that it keeps until they were taken.
final class SimulatedNode {
    /// What it says in one report.
    record Report(long sequence, String id, String namespace, AllocationStatus status) {}

    /// Something that runs here.
    private static final class Running {
        final Allocation assigned;
        AllocationPhase phase = AllocationPhase.PENDING;
        boolean stopping;
        Optional<Instant> finished = Optional.empty();
        Optional<Boolean> healthy = Optional.empty();

        Running(Allocation assigned) {
            this.assigned = assigned;
        }
    }

    private final String name;
    private final Map<String, Running> there = new TreeMap<>();
    private final List<Report> untaken = new ArrayList<>();
    private long sequence;
    private boolean silent;
    private Instant heard = Instant.EPOCH;

    SimulatedNode(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean silent() {
        return silent;
    }

    void silent(boolean now) {
        silent = now;
    }

    Instant heard() {
        return heard;
    }

    void heard(Instant when) {
        heard = when;
    }

    /// The ids of what has not ended here.
    List<String> running() {
        return there.entrySet().stream()
                .filter(e -> !e.getValue().phase.terminal())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Learns what it should run: everything that the store has for it.
    void told(Iterable<Allocation> assigned) {
        Map<String, Allocation> known = new TreeMap<>();
        for (Allocation allocation : assigned) {
            known.put(allocation.id(), allocation);
        }
        there.keySet().removeIf(id -> !known.containsKey(id));
        known.values().forEach(this::assign);
    }

    private void assign(Allocation allocation) {
        if (allocation.status().phase().terminal()) {
            there.remove(allocation.id()); // nobody expects anything of it any more
            return;
        }
        Running running = there.get(allocation.id());
        if (running == null) {
            running = new Running(allocation);
            there.put(allocation.id(), running);
        }
        running.stopping = allocation.spec().desired() != DesiredState.RUN;
    }

    /// Lets one of its allocations go on.
    ///
    /// @param calm whether tasks only do what is expected of them
    void work(
            SplittableRandom random,
            Function<Allocation, Behaviour> behaviour,
            boolean calm,
            Instant now) {
        List<Running> open = there.values().stream().filter(r -> !r.phase.terminal()).toList();
        if (!open.isEmpty()) {
            Running one = open.get(random.nextInt(open.size()));
            advance(one, random.nextInt(10), behaviour.apply(one.assigned), calm, now);
        }
    }

    private void advance(
            Running running, int chance, Behaviour behaviour, boolean calm, Instant now) {
        if (running.stopping) {
            end(running, AllocationPhase.COMPLETE, now);
        } else if (!calm && chance < (behaviour.bad() ? 3 : 1)) {
            end(running, AllocationPhase.FAILED, now);
        } else if (running.phase == AllocationPhase.PENDING) {
            running.phase = AllocationPhase.RUNNING;
            report(running);
        } else if (behaviour.runsToEnd() && (calm || chance < 4)) {
            end(running, AllocationPhase.COMPLETE, now);
        } else if (!behaviour.runsToEnd()) {
            health(running, behaviour.bad() || (!calm && chance == 9));
        }
    }

    /// One of its healthy allocations falls ill.
    void fallsIll(String id) {
        Optional.ofNullable(there.get(id))
                .filter(running -> running.healthy.equals(Optional.of(true)))
                .filter(running -> !running.phase.terminal())
                .ifPresent(running -> health(running, true));
    }

    /// It takes a while until somebody can say; who is ill may recover.
    private void health(Running running, boolean ill) {
        if (!running.healthy.equals(Optional.of(!ill))) {
            running.healthy = Optional.of(!ill);
            report(running);
        }
    }

    private void end(Running running, AllocationPhase phase, Instant now) {
        running.phase = phase;
        running.finished = Optional.of(now);
        report(running);
    }

    /// The machine restarts: nothing runs any more, and nobody saw how it ended.
    void restart(Instant now) {
        there.values().stream()
                .filter(running -> !running.phase.terminal())
                .forEach(running -> end(running, AllocationPhase.FAILED, now));
    }

    private static Map<String, TaskState> tasks(Running running) {
        TaskPhase phase =
                switch (running.phase) {
                    case PENDING, UNKNOWN -> TaskPhase.PENDING;
                    case RUNNING -> TaskPhase.RUNNING;
                    case COMPLETE, FAILED, LOST -> TaskPhase.DEAD;
                };
        return Map.of(
                "server",
                new TaskState(
                        phase,
                        running.phase == AllocationPhase.FAILED,
                        0,
                        exit(running),
                        Optional.empty(),
                        running.finished,
                        List.of()));
    }

    /// Who is told to stop is ended by a signal.
    private static Optional<Exit> exit(Running running) {
        return running.phase == AllocationPhase.COMPLETE
                ? Optional.of(running.stopping ? new Exit.Signal(15) : new Exit.Code(0))
                : Optional.empty();
    }

    private void report(Running running) {
        AllocationStatus status =
                new AllocationStatus(
                        running.phase,
                        "as simulated",
                        tasks(running),
                        running.healthy,
                        ++sequence,
                        running.finished);
        untaken.add(
                new Report(
                        sequence,
                        running.assigned.id(),
                        running.assigned.metadata().namespace(),
                        status));
    }

    /// Everything that the server has not said to have.
    List<Report> untaken() {
        return List.copyOf(untaken);
    }

    /// The server has everything up to this one.
    void taken(long upTo) {
        untaken.removeIf(report -> report.sequence <= upTo);
    }
}
