package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import dev.drover.store.typed.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Puts together what one node should run, always from the newest state. Remembers which specs have
/// travelled on its link. Belongs to one thread.
final class DesiredSet {
    private final Tables tables;
    private final Function<JobVersion, JobSpec> effective;
    private final String node;
    private final Set<String> sent = new HashSet<>();

    /// @param effective the spec of a version with its defaults
    DesiredSet(Tables tables, Function<JobVersion, JobSpec> effective, String node) {
        this.tables = tables;
        this.effective = effective;
        this.node = node;
    }

    /// Everything on the node.
    Desired whole() {
        long revision =
                tables.revision().number(); // before reading: newer is said again, never lost
        return message(revision, true, tables.allocationIndex().onNode(node), List.of());
    }

    /// What became of these allocations.
    Desired changes(Set<ResourceName> names) {
        long revision = tables.revision().number();
        List<Allocation> present = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (ResourceName name : names) {
            Optional<Allocation> allocation =
                    tables.allocations().get(name).filter(a -> a.spec().node().equals(node));
            allocation.ifPresentOrElse(present::add, () -> gone.add(name.name()));
        }
        return message(revision, false, present, gone);
    }

    private Desired message(
            long revision, boolean whole, List<Allocation> allocations, List<String> gone) {
        List<AssignedJob> jobs = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        for (Allocation allocation : allocations) {
            String version =
                    JobVersion.nameOf(allocation.spec().jobUid(), allocation.spec().jobVersion());
            if (!sent.contains(version)) {
                Optional<AssignedJob> job = job(allocation.metadata().namespace(), version);
                job.ifPresent(jobs::add);
                job.ifPresent(_ -> sent.add(version));
            }
            assignments.add(assignment(allocation));
        }
        return new Desired(revision, whole, jobs, assignments, gone);
    }

    private Optional<AssignedJob> job(String namespace, String version) {
        return tables.jobVersions()
                .get(namespace, version)
                .map(v ->
                        new AssignedJob(
                                v.spec().jobUid(),
                                v.spec().version(),
                                v.spec().jobName(),
                                namespace,
                                effective.apply(v)));
    }

    /// What is over is named, so that its folder stays, but as something to stop: a node that lost
    /// its memory must not run it again.
    private static Assignment assignment(Allocation allocation) {
        AllocationSpec spec = allocation.spec();
        boolean over = allocation.status().phase().terminal();
        return new Assignment(
                allocation.id(),
                allocation.metadata().namespace(),
                over && spec.desired() == DesiredState.RUN
                        ? spec.stopped(DesiredState.STOP, "it is over")
                        : spec);
    }
}
