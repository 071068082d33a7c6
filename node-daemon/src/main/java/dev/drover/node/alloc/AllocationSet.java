package dev.drover.node.alloc;

import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides what changes here when the server speaks.
public final class AllocationSet {
    private AllocationSet() {}

    /// The steps from what is here to what should be.
    ///
    /// @param here by id
    /// @param jobs every job that the link has told about, the message's own not yet among them
    public static List<AllocationStep> steps(
            Desired desired, Map<String, AllocationMemory> here, List<AssignedJob> jobs) {
        List<AllocationStep> steps = new ArrayList<>();
        for (Assignment assignment : desired.assignments()) {
            Optional<AllocationMemory> known = Optional.ofNullable(here.get(assignment.id()));
            Optional<AssignedJob> job =
                    job(assignment, Stream.of(desired.jobs(), jobs, jobs(known)));
            step(assignment, known, job).ifPresent(steps::add);
        }
        Set<String> gone = new TreeSet<>(desired.gone());
        if (desired.whole()) {
            gone.addAll(here.keySet());
            gone.removeAll(
                    desired.assignments().stream().map(Assignment::id).collect(Collectors.toSet()));
        }
        gone.stream().filter(here::containsKey).map(AllocationStep.Remove::new).forEach(steps::add);
        return steps;
    }

    private static Optional<AllocationStep> step(
            Assignment assignment, Optional<AllocationMemory> known, Optional<AssignedJob> job) {
        if (known.isEmpty() && assignment.spec().desired() != DesiredState.RUN) {
            return Optional.of(new AllocationStep.Absent(assignment));
        }
        if (job.isEmpty()) {
            return Optional.of(
                    new AllocationStep.Puzzle(
                            assignment,
                            "version "
                                    + assignment.spec().jobVersion()
                                    + " of job \""
                                    + assignment.spec().jobName()
                                    + "\" was never sent"));
        }
        AllocationMemory wanted = new AllocationMemory(assignment, job.get());
        if (known.isEmpty()) {
            return Optional.of(new AllocationStep.Begin(wanted));
        }
        return known.get().equals(wanted)
                ? Optional.empty()
                : Optional.of(new AllocationStep.Update(wanted));
    }

    private static List<AssignedJob> jobs(Optional<AllocationMemory> known) {
        return known.map(AllocationMemory::job).stream().toList();
    }

    private static Optional<AssignedJob> job(
            Assignment assignment, Stream<List<AssignedJob>> jobs) {
        return jobs.flatMap(List::stream)
                .filter(job ->
                        job.uid().equals(assignment.spec().jobUid())
                                && job.version() == assignment.spec().jobVersion())
                .findFirst();
    }
}
