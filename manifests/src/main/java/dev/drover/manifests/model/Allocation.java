package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Optional;

/// One copy of a group on one node. Its id is the hash of (job uid, group, index, attempt): the
/// same decision gives the same id, and two allocations in one slot are refused by the key itself.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
/// @param status what was found; written by the server
public record Allocation(Metadata metadata, AllocationSpec spec, AllocationStatus status)
        implements Resource {

    @Override
    public Kind kind() {
        return Kind.ALLOCATION;
    }

    @Override
    public Allocation withMetadata(Metadata other) {
        return new Allocation(other, spec, status);
    }

    /// The same allocation with another spec.
    public Allocation withSpec(AllocationSpec other) {
        return new Allocation(metadata, other, status);
    }

    /// The same allocation with another status.
    public Allocation withStatus(AllocationStatus other) {
        return new Allocation(metadata, spec, other);
    }

    /// The same, given up with its node: as far as the cluster is concerned nothing of it runs, and
    /// wherever it does it is to stop.
    public Allocation lost(String because, Instant now) {
        AllocationSpec unwanted =
                spec.desired() == DesiredState.RUN
                        ? spec.stopped(DesiredState.STOP, because)
                        : spec;
        AllocationStatus lost =
                new AllocationStatus(
                        AllocationPhase.LOST,
                        because,
                        status.tasks(),
                        status.healthy(),
                        status.reported(),
                        Optional.of(now));
        return new Allocation(metadata, unwanted, lost);
    }

    /// Its id.
    public String id() {
        return metadata.name();
    }

    /// `job.group[index]`, as people read it.
    public String title() {
        return spec.jobName() + "." + spec.group() + "[" + spec.index() + "]";
    }

    /// Whether it holds its room on the node: it does until its tasks are known to be over.
    public boolean occupies() {
        return !status.phase().terminal();
    }

    /// Whether it is wanted and not over.
    public boolean live() {
        return spec.desired() == DesiredState.RUN && !status.phase().terminal();
    }
}
