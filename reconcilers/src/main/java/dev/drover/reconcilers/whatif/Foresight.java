package dev.drover.reconcilers.whatif;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.placement.Why;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of a job when the placer decides, every copy obeys at once and is healthy, its
/// deployment goes on, and the placer decides again, to the end or until somebody has to promote:
/// the place that an old copy leaves is there for the one that replaces it, and for whoever else
/// waits for it.
///
/// @param cluster when nothing changes any more
/// @param without what of the job has no place then, by group, and why
/// @param waits what its deployment waits for then, when only people can take it further
public record Foresight(Cluster cluster, List<Why> without, Optional<String> waits) {
    /// Steps of an update that are foreseen. What asks for more room than it leaves runs out of it
    /// within the first ones; a long update of a large job is not worth seconds of a server's time.
    private static final int STEPS_MAX = 64;

    /// Takes a copy of the list.
    public Foresight {
        without = List.copyOf(without);
    }

    /// What becomes of the job of that name in a cluster that has it as it shall be.
    public static Foresight of(ResourceName job, Cluster then, Instant now) {
        Fork fork = new Fork(then, now);
        fork.wake(job);
        boolean moved = true;
        for (int step = 0; step < STEPS_MAX && moved; step++) {
            fork.place();
            moved = obey(job, fork);
            moved |= fork.deployed();
        }
        Cluster end = fork.cluster();
        return new Foresight(
                end,
                Why.of(job, end, now),
                end.job(job).flatMap(some -> Deployments.waitsForPeople(some, end, now)));
    }

    /// Whether any copy had something to do. Copies that run already are not asked to run better:
    /// what is unhealthy stays so.
    private static boolean obey(ResourceName job, Fork fork) {
        boolean moved = false;
        for (Allocation copy : fork.cluster().allocationsOf(job)) {
            boolean starts = copy.live() && copy.status().phase() == AllocationPhase.PENDING;
            boolean stops = !copy.live() && copy.occupies();
            if (starts || stops) {
                fork.obey(copy);
                moved = true;
            }
        }
        return moved;
    }
}
