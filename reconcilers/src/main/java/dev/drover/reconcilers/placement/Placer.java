package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The only one who gives room away, so that none is given twice: it decides about one job after
/// another on the view and on what it has just decided itself.
///
/// Without threads and clocks; the shell commits a batch as independent transactions and asks for
/// the next one with a view that has them.
public final class Placer {
    /// Jobs decided on one view: enough to share the wait for the disk, few enough that a view is
    /// never old.
    public static final int TURNS_MAX = 256;

    /// What was decided about one job. A transaction of its own.
    public record Turn(ResourceName job, Decision decision) {}

    private Placer() {}

    /// Decides about the most urgent of the jobs, at most [#TURNS_MAX]. Every one of them has its
    /// turn in the answer; those that need nothing have a decision without actions.
    public static List<Turn> decide(Cluster cluster, Collection<ResourceName> jobs, Instant now) {
        Room room = Room.of(cluster);
        List<Turn> turns = new ArrayList<>();
        for (ResourceName job : byUrgency(cluster, jobs)) {
            turns.add(new Turn(job, JobTurn.decide(job, cluster, room, now)));
        }
        return turns;
    }

    /// Stopped ones first, for they give back; then by priority; then by name, so that the order
    /// does not depend on who called first.
    private static List<ResourceName> byUrgency(Cluster cluster, Collection<ResourceName> jobs) {
        return jobs.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt((ResourceName name) -> -urgency(cluster, name))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(TURNS_MAX)
                .toList();
    }

    private static int urgency(Cluster cluster, ResourceName name) {
        return cluster.job(name)
                .filter(job -> !job.stopped())
                .map(Job::spec)
                .map(spec -> spec.priority().orElse(JobTurn.PRIORITY))
                .orElse(Integer.MAX_VALUE);
    }
}
