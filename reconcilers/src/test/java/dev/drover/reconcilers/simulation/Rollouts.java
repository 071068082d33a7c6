package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.counting.Effect;
import dev.drover.reconcilers.counting.Effects;
import dev.drover.reconcilers.deployment.Deployments;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What must hold while a new version of a job comes in.
final class Rollouts {
    private Rollouts() {}

    /// @param cluster with the change
    static void check(ClusterChange change, Allocation now, Cluster cluster) {
        Optional<Deployment> deployment =
                Cluster.jobOf(now)
                        .flatMap(cluster::job)
                        .flatMap(job -> Deployments.of(job, cluster));
        if (change.after().isEmpty()) {
            return;
        }
        if (change.before().isEmpty()) {
            Invariants.holds(
                    now.spec().canary()
                            || deployment.filter(d -> onTrial(d, now)).isEmpty()
                            || ranBefore(now, cluster),
                    "a version that is still tried spreads: %s",
                    now);
            return;
        }
        Allocation before = (Allocation) change.before().get();
        Invariants.holds(
                !before.spec().canary()
                        || now.spec().canary()
                        || now.status().healthy().orElse(false),
                "a canary that is not healthy was promoted: %s",
                now);
        if (before.spec().desired() == DesiredState.RUN
                && now.spec().desired() != DesiredState.RUN) {
            stopped(now, deployment, cluster);
        }
    }

    /// The deployment of a service ends well once nothing of an older version is left but on silent
    /// nodes. A system job's may stay on nodes that take nothing new.
    static void ends(ClusterChange change, Deployment now, Cluster cluster) {
        boolean ended =
                now.status().phase() == DeploymentPhase.SUCCESSFUL
                        && change.before()
                                .map(before -> ((Deployment) before).status().phase())
                                .filter(phase -> phase != DeploymentPhase.SUCCESSFUL)
                                .isPresent();
        if (ended) {
            cluster.allocationsOf(Cluster.jobOf(now).orElseThrow()).stream()
                    .filter(copy -> copy.spec().jobUid().equals(now.spec().jobUid()))
                    .filter(copy -> Invariants.type(copy, cluster) == JobType.SERVICE)
                    .filter(Allocation::live)
                    .filter(copy -> copy.status().phase() != AllocationPhase.UNKNOWN)
                    .forEach(copy ->
                            Invariants.holds(
                                    copy.spec().jobVersion() >= now.spec().jobVersion(),
                                    "a deployment ended well beside %s",
                                    copy));
        }
    }

    /// Whether the slot had a copy of a version that differs in nothing that replaces copies.
    private static boolean ranBefore(Allocation copy, Cluster cluster) {
        Optional<Job> job = Cluster.jobOf(copy).flatMap(cluster::job);
        return copy.spec()
                .previous()
                .flatMap(id -> cluster.allocationsOf(job.orElseThrow().name()).get(id))
                .flatMap(old -> cluster.version(job.orElseThrow(), old.spec().jobVersion()))
                .filter(old ->
                        Effects.between(
                                        old.effective(),
                                        cluster.spec(job.orElseThrow()).orElseThrow(),
                                        copy.spec().group())
                                == Effect.IN_PLACE)
                .isPresent();
    }

    private static boolean onTrial(Deployment deployment, Allocation copy) {
        return deployment.spec().jobUid().equals(copy.spec().jobUid())
                && deployment.spec().jobVersion() == copy.spec().jobVersion()
                && deployment.status().phase().active()
                && deployment.status().groups().values().stream()
                        .anyMatch(group -> !group.promoted());
    }

    private static void stopped(Allocation copy, Optional<Deployment> deployment, Cluster cluster) {
        boolean paused = deployment.filter(d -> d.spec().paused() || d.spec().failed()).isPresent();
        Invariants.holds(
                !paused || !replaced(copy),
                "replaced though somebody paused it or gave it up: %s",
                copy);
        if (copy.spec().desiredBecause().startsWith("a newer copy")) {
            boolean served =
                    cluster.allocationsOf(Cluster.jobOf(copy).orElseThrow()).stream()
                            .filter(other -> !other.id().equals(copy.id()))
                            .filter(other -> slotOf(other, cluster).equals(slotOf(copy, cluster)))
                            .anyMatch(other -> other.status().healthy().orElse(false));
            Invariants.holds(served, "stopped before the newer copy served: %s", copy);
        }
    }

    private static String slotOf(Allocation copy, Cluster cluster) {
        return Invariants.slot(copy, cluster);
    }

    /// Whether a canary is one no longer.
    static boolean promotes(ClusterChange change) {
        return change.before().filter(Rollouts::canary).isPresent()
                && change.after().filter(copy -> !canary(copy)).isPresent();
    }

    private static boolean canary(Resource copy) {
        return ((Allocation) copy).spec().canary();
    }

    /// A surge, and a canary that took over: the old copy stays until the new one serves, or until
    /// the placer has seen that there are two.
    static boolean mayShare(Allocation one, Allocation other, Set<String> promoted) {
        boolean oneIsNewer = one.spec().jobVersion() > other.spec().jobVersion();
        Allocation newer = oneIsNewer ? one : other;
        Allocation older = oneIsNewer ? other : one;
        boolean wasUnknown = People.absence(newer.spec().jobName()).isPresent();
        boolean stays =
                People.surges(newer.spec().jobName())
                        || newer.status().healthy().orElse(false)
                        || older.spec().desired() != DesiredState.RUN;
        boolean tookOver = promoted.contains(one.id()) || promoted.contains(other.id());
        return wasUnknown
                || tookOver
                || (stays && older.spec().jobVersion() < newer.spec().jobVersion());
    }

    /// Whether an update takes one more copy out of service.
    static boolean takesOut(ClusterChange change) {
        return change.before().filter(Rollouts::wanted).isPresent()
                && change.after().filter(copy -> served((Allocation) copy)).isPresent();
    }

    private static boolean wanted(Resource copy) {
        return ((Allocation) copy).spec().desired() == DesiredState.RUN;
    }

    /// How many slots are out of service for the sake of an update when it takes out one more:
    /// their old copy was stopped for it, and the new one has not served yet. Only then: the count
    /// of a job may grow again while what an update stopped is still there, and a copy may say that
    /// it served after it was stopped.
    static void parallel(Iterable<Allocation> copies, Cluster cluster) {
        out(copies, cluster, Rollouts::served)
                .forEach((job, out) ->
                        Invariants.holds(
                                out.size() <= People.style(job).maxParallel().orElse(0),
                                "an update takes out %s at once",
                                out + " of " + job));
    }

    /// The wanted slots of services, by job, whose copy was stopped and whose next one has not
    /// served yet. Where a later copy serves nobody misses it: it took the place of one that is
    /// silent and may come back, or it is a canary that took over while the other one still leaves.
    ///
    /// @param taken whether a copy that served was stopped for the reason that counts
    static Map<String, Set<String>> out(
            Iterable<Allocation> copies, Cluster cluster, Predicate<Allocation> taken) {
        Map<String, Allocation> byId = new HashMap<>();
        copies.forEach(copy -> byId.put(copy.id(), copy));
        Map<String, Set<String>> outByJob = new HashMap<>();
        for (Allocation copy : copies) {
            boolean leaves = copy.occupies() && taken.test(copy);
            boolean comes =
                    copy.live()
                            && copy.status().healthy().isEmpty()
                            && copy.spec().previous().map(byId::get).filter(taken).isPresent();
            if (Invariants.type(copy, cluster) == JobType.SERVICE
                    && copy.spec().index() < Invariants.wanted(copy, cluster)
                    && (leaves || comes)
                    && byId.values().stream().noneMatch(some -> standsIn(some, copy, cluster))) {
                outByJob.computeIfAbsent(copy.spec().jobName(), _ -> new HashSet<>())
                        .add(Invariants.slot(copy, cluster));
            }
        }
        return outByJob;
    }

    /// Whether a copy that came later to the slot of one that leaves, or is silent, serves there.
    private static boolean standsIn(Allocation newer, Allocation copy, Cluster cluster) {
        return newer.spec().attempt() > copy.spec().attempt()
                && newer.live()
                && !newer.spec().canary()
                && newer.status().phase() == AllocationPhase.RUNNING
                && newer.status().healthy().orElse(false)
                && slotOf(newer, cluster).equals(slotOf(copy, cluster));
    }

    /// Whoever never served is no loss.
    private static boolean served(Allocation copy) {
        return replaced(copy) && copy.status().healthy().orElse(false);
    }

    private static boolean replaced(Allocation copy) {
        return copy.spec().desiredBecause().startsWith("a newer version replaces");
    }
}
