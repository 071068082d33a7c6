package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.TaskState;
import dev.drover.store.index.CompactId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// An allocation in two hundred bytes, for a view may hold a million: what it has in common with
/// its siblings is theirs too, and its id is a number. Made a record again when one is asked for;
/// nothing of it is lost.
public final class CompactAllocation {
    /// Siblings beside it that are asked what it has in common with them: more than a job has
    /// groups, mostly.
    static final int ASKED = 8;

    /// No revision is negative.
    private static final long UNWRITTEN = -1;

    /// What siblings mostly have in common: what one evaluation gave to one group. The rest is
    /// blank.
    private record Common(Metadata metadata, AllocationSpec spec) {
        private static final Own NOTHING =
                new Own(0, 0, "", new Granted(0, 0, 0, List.of()), Optional.empty());

        static Common of(Allocation all) {
            Optional<String> none = Optional.empty();
            return new Common(joined(all.metadata(), "", none, none), joined(all.spec(), NOTHING));
        }
    }

    /// What is an allocation's own in its spec.
    private record Own(
            int index, int attempt, String node, Granted granted, Optional<String> previous) {}

    /// What most of a job's nodes say alike.
    ///
    /// @param tasks without when it happened
    private record Said(
            AllocationPhase phase,
            String because,
            Map<String, TaskState> tasks,
            Optional<Boolean> healthy) {
        static Said of(AllocationStatus status) {
            return new Said(
                    status.phase(),
                    status.because(),
                    TaskTimes.timeless(status.tasks()),
                    status.healthy());
        }
    }

    private final CompactId id;
    private final Common common;

    /// Empty where it is the id, as of every allocation that the placer made.
    private final Optional<String> otherUid;

    private final boolean hasUid;
    private final long revision;
    private final int index;
    private final int attempt;
    private final String node;
    private final Granted granted;
    private final Optional<String> previous;
    private final Said said;
    private final long reported;
    private final Optional<Instant> finished;
    private final byte[] taskTimes;
    private final List<ServiceState> services;

    /// Shares what it can.
    ///
    /// @param siblings some of its job
    /// @param node the name of its node, as others there have it
    CompactAllocation(Allocation all, CompactId id, List<CompactAllocation> siblings, String node) {
        this.id = id;
        this.common = shared(Common.of(all), siblings, sibling -> sibling.common);
        this.hasUid = all.metadata().uid().isPresent();
        this.otherUid = all.metadata().uid().filter(uid -> !uid.equals(all.id()));
        this.revision = all.metadata().resourceVersion().map(Long::parseLong).orElse(UNWRITTEN);
        this.index = all.spec().index();
        this.attempt = all.spec().attempt();
        this.node = node;
        this.granted = shared(all.spec().granted(), siblings, sibling -> sibling.granted);
        this.previous = all.spec().previous();
        this.said = shared(Said.of(all.status()), siblings, sibling -> sibling.said);
        this.reported = all.status().reported();
        this.finished = all.status().finished();
        this.taskTimes = TaskTimes.of(all.status().tasks());
        this.services = all.status().services();
    }

    private static <T> T shared(
            T own, List<CompactAllocation> siblings, Function<CompactAllocation, T> part) {
        for (CompactAllocation sibling : siblings) {
            T theirs = part.apply(sibling);
            if (theirs.equals(own)) {
                return theirs;
            }
        }
        return own;
    }

    CompactId id() {
        return id;
    }

    String node() {
        return node;
    }

    /// What it holds of its node.
    public Granted granted() {
        return granted;
    }

    /// As it was.
    public Allocation full() {
        String name = id.text();
        Optional<String> uid = hasUid ? Optional.of(otherUid.orElse(name)) : Optional.empty();
        Optional<String> version =
                revision == UNWRITTEN ? Optional.empty() : Optional.of(Long.toString(revision));
        return new Allocation(
                joined(common.metadata, name, uid, version),
                joined(common.spec, new Own(index, attempt, node, granted, previous)),
                status());
    }

    /// The same with other parts of its own.
    private static Metadata joined(
            Metadata common, String name, Optional<String> uid, Optional<String> version) {
        return new Metadata(
                name,
                common.namespace(),
                uid,
                version,
                common.generation(),
                common.creationTimestamp(),
                common.deletionTimestamp(),
                common.labels(),
                common.annotations(),
                common.finalizers(),
                common.ownerReferences());
    }

    /// The same with other parts of its own.
    private static AllocationSpec joined(AllocationSpec common, Own own) {
        return new AllocationSpec(
                common.jobName(),
                common.jobUid(),
                common.jobVersion(),
                common.group(),
                own.index,
                own.attempt,
                own.node,
                own.granted,
                common.desired(),
                common.desiredBecause(),
                common.evaluation(),
                own.previous,
                common.deployment(),
                common.canary());
    }

    private AllocationStatus status() {
        return new AllocationStatus(
                said.phase,
                said.because,
                TaskTimes.joined(said.tasks, taskTimes),
                said.healthy,
                reported,
                finished,
                services);
    }
}
