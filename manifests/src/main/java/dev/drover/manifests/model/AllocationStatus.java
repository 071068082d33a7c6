package dev.drover.manifests.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is. Written by the allocation's node; the absence loop speaks for a node that is silent.
///
/// @param phase how far it is
/// @param because one sentence: why it is in this phase
/// @param tasks by task name, sorted
/// @param healthy absent while nobody can say
/// @param reported the node's sequence number of the report that said this; 0 before the first
/// @param finished when it became terminal
/// @param services what it offers to others, while it runs
public record AllocationStatus(
        AllocationPhase phase,
        String because,
        Map<String, TaskState> tasks,
        Optional<Boolean> healthy,
        long reported,
        Optional<Instant> finished,
        List<ServiceState> services) {
    private static final AllocationStatus UNSEEN =
            new AllocationStatus(
                    AllocationPhase.PENDING,
                    "waits for its node",
                    Map.of(),
                    Optional.empty(),
                    0,
                    Optional.empty());

    public AllocationStatus {
        tasks = Copies.sorted(tasks);
        services = List.copyOf(services);
    }

    /// Of an allocation that offers nothing.
    public AllocationStatus(
            AllocationPhase phase,
            String because,
            Map<String, TaskState> tasks,
            Optional<Boolean> healthy,
            long reported,
            Optional<Instant> finished) {
        this(phase, because, tasks, healthy, reported, finished, List.of());
    }

    /// The same for another reason.
    public AllocationStatus because(String why) {
        return new AllocationStatus(phase, why, tasks, healthy, reported, finished, services);
    }

    /// The same with what it offers.
    public AllocationStatus offering(List<ServiceState> offered) {
        return new AllocationStatus(phase, because, tasks, healthy, reported, finished, offered);
    }

    /// What a task of it waits for before it can begin, which somebody may have to see to.
    public Optional<String> waitsFor() {
        return tasks.values().stream().flatMap(task -> task.waitsFor().stream()).findFirst();
    }

    /// Whether all of its tasks did what they should and came to their end by themselves: nobody
    /// had to stop one.
    public boolean ranToEnd() {
        return phase == AllocationPhase.COMPLETE
                && !tasks.isEmpty()
                && tasks.values().stream().allMatch(TaskState::ranToEnd);
    }

    /// What an allocation has before its node has seen it.
    public static AllocationStatus unseen() {
        return UNSEEN;
    }
}
