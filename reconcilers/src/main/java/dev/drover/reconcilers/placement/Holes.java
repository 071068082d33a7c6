package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.deployment.Deployments;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a job that waits for a place finds one on nodes that have more to give than before.
final class Holes {
    private final Cluster cluster;
    private final Room room;
    private final BitSet nodes = new BitSet();

    Holes(Cluster cluster, Room room, Set<String> roomier) {
        this.cluster = cluster;
        this.room = room;
        roomier.forEach(name -> room.number(name).ifPresent(nodes::set));
    }

    /// Whether one copy, at least, has a place now.
    boolean help(Job job) {
        if (nodes.isEmpty()) {
            return false;
        }
        return specs(job)
                .anyMatch(spec -> spec.groups().stream().anyMatch(g -> helps(job, spec, g)));
    }

    /// What a copy of it may be: of the wanted version, and as long as that one is not accepted of
    /// a version before it.
    private Stream<JobSpec> specs(Job job) {
        boolean accepted =
                Deployments.of(job, cluster)
                        .filter(d -> d.status().phase() != DeploymentPhase.SUCCESSFUL)
                        .isEmpty();
        return accepted
                ? cluster.spec(job).stream()
                : cluster.versionsOf(job.name()).stream()
                        .filter(kept -> job.metadata().uid().equals(uid(kept)))
                        .map(KeptVersion::effective);
    }

    private static Optional<String> uid(KeptVersion kept) {
        return Optional.of(kept.version().spec().jobUid());
    }

    private boolean helps(Job job, JobSpec spec, TaskGroup group) {
        GroupSummary summary = job.status().groups().get(group.name());
        if (summary == null || summary.queued() == 0) {
            return false;
        }
        Ask ask = Ask.of(spec, group);
        Siblings siblings =
                new Siblings(room, group.name(), cluster.allocationsOf(job.name()), ask);
        Search search = new Search(ask, room, siblings);
        BitSet suited = (BitSet) search.suited().clone();
        suited.and(nodes);
        return Scheduler.fits(search, suited) || (preempts(job) && makesRoom(job, search));
    }

    private boolean preempts(Job job) {
        return room.scheduling().preempts(job.spec().type().orElse(JobType.SERVICE));
    }

    private boolean makesRoom(Job job, Search search) {
        BitSet suited = room.suitedInTime(search.ask().where());
        suited.and(nodes);
        int priority = job.spec().priority().orElse(JobTurn.PRIORITY);
        var claim = new Preemption.Claim(job.name(), priority, search, 0);
        return room.preemption().canMakeRoom(claim, suited);
    }
}
