package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.Residents;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.reconcilers.restart.Restart;
import dev.drover.reconcilers.restart.RestartReconciler;
import dev.drover.reconcilers.restart.RestartStep;
import dev.drover.reconcilers.restart.RestartView;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What must hold after every step, whatever happened.
final class Invariants {
    private static final Pattern CLAIM =
            Pattern.compile("evicted: job (\\S+) of priority (\\d+) needs its room");

    private final Set<String> idsThatWent = new HashSet<>();
    private final Set<String> launchesThatWent = new HashSet<>();

    /// Ids of canaries that took over. One may fall ill before the older copy has stopped.
    private final Set<String> promoted = new HashSet<>();

    private final Drains drains = new Drains();

    /// @param changes what the step did, in order
    void check(Cluster cluster, List<ClusterChange> changes) {
        Set<ResourceName> losing = new HashSet<>();
        Set<ResourceName> moving = new HashSet<>();
        for (ClusterChange change : changes) {
            if (change.newest() instanceof Allocation allocation) {
                lifetime(change, allocation, cluster);
                Rollouts.check(change, allocation, cluster);
                if (Rollouts.promotes(change)) {
                    promoted.add(allocation.id());
                }
                if (Rollouts.takesOut(change)) {
                    losing.add(Cluster.jobOf(allocation).orElseThrow());
                }
                if (drains.takesOut(change)) {
                    moving.add(Cluster.jobOf(allocation).orElseThrow());
                }
            }
            if (change.newest() instanceof Deployment deployment && change.after().isPresent()) {
                Rollouts.ends(change, deployment, cluster);
            }
            if (change.newest() instanceof Job job && job.metadata().name().contains("/")) {
                launch(change, job, cluster);
            }
        }
        cluster.nodes()
                .forEach(node -> room(node, cluster.residentsOf(node.metadata().name()), cluster));
        cluster.byJob().forEach(ofJob -> slots(ofJob.allocations(), cluster));
        losing.forEach(job -> Rollouts.parallel(cluster.allocationsOf(job), cluster));
        moving.forEach(job -> drains.parallel(cluster.allocationsOf(job), cluster));
    }

    /// Each time of a clock launches once, and nothing while the launch before it is not over.
    private void launch(ClusterChange change, Job child, Cluster cluster) {
        String uid = child.metadata().uid().orElseThrow();
        if (change.after().isEmpty()) {
            launchesThatWent.add(uid);
        } else if (change.before().isEmpty()) {
            holds(!launchesThatWent.contains(uid), "launched twice: %s", child);
            long living =
                    cluster.jobs().stream()
                            .filter(other -> other.metadata().name().contains("/"))
                            .filter(other ->
                                    other.metadata()
                                            .ownerReferences()
                                            .equals(child.metadata().ownerReferences()))
                            .filter(other -> other.status().phase() != JobPhase.DEAD)
                            .count();
            holds(living == 1, "launched while an earlier launch runs: %s", child);
        }
    }

    /// Nothing is decided about what somebody holds.
    ///
    /// @param view that it was decided on
    static void respectsHolds(Placer.Turn turn, Cluster view, Instant now) {
        boolean job = view.heldBy(Kind.JOB, turn.job(), now).isPresent();
        for (Action action : turn.decision().actions()) {
            holds(
                    !job || action.resource() instanceof Job,
                    "a held job is touched: %s",
                    action.resource());
            if (action instanceof Action.Create(Allocation copy)) {
                ResourceName node = ResourceName.cluster(copy.spec().node());
                holds(
                        view.heldBy(Kind.NODE, node, now).isEmpty(),
                        "placed on a held node: %s",
                        copy);
            }
        }
    }

    /// A copy begins on a node that takes new ones, ends once, and never comes back.
    private void lifetime(ClusterChange change, Allocation now, Cluster cluster) {
        if (change.after().isEmpty()) {
            holds(!now.occupies(), "removed while it held room: %s", now);
            idsThatWent.add(now.id());
            return;
        }
        if (change.before().isEmpty()) {
            holds(!idsThatWent.contains(now.id()), "an id came back: %s", now);
            Optional<Node> node = cluster.nodes().get(now.spec().node());
            holds(node.filter(Node::ready).isPresent(), "placed on a closed node: %s", now);
            return;
        }
        Allocation before = (Allocation) change.before().get();
        holds(
                !before.status().phase().terminal() || now.status().phase().terminal(),
                "came back to life: %s",
                now);
        holds(
                before.spec().desired() == DesiredState.RUN
                        || now.spec().desired() != DesiredState.RUN,
                "wanted again after it was to stop: %s",
                now);
        if (before.spec().desired() == DesiredState.RUN
                && now.spec().desired() == DesiredState.EVICT) {
            evicted(now, cluster);
        }
    }

    /// Nobody of equal or near priority is evicted, nor for a job that may not.
    private static void evicted(Allocation copy, Cluster cluster) {
        Matcher claim = CLAIM.matcher(copy.spec().desiredBecause());
        holds(claim.matches(), "evicted without a reason: %s", copy);
        int priority =
                Cluster.jobOf(copy)
                        .flatMap(cluster::job)
                        .flatMap(job -> job.spec().priority())
                        .orElse(0);
        holds(
                priority <= Integer.parseInt(claim.group(2)) - 10,
                "evicted though its priority is near: %s",
                copy);
        Job job = cluster.job(new ResourceName("default", claim.group(1))).orElseThrow();
        holds(
                cluster.scheduling().preempts(job.spec().type().orElse(JobType.SERVICE)),
                "evicted by who may not: %s",
                List.of(job, copy));
    }

    private static void room(Node node, Residents residents, Cluster cluster) {
        NodeResources all = node.status().resources();
        int cpu = 0;
        int memory = 0;
        int disk = 0;
        Set<Integer> ports = new HashSet<>(all.reservedPorts());
        Set<Integer> cores = new HashSet<>();
        Set<String> devices = new HashSet<>();
        holds(
                residents.allocations().size()
                        <= cluster.scheduling().allocationsMaxIn(node.status().pool()),
                "more allocations than a node may hold: %s",
                node);
        for (Allocation held : residents.allocations()) {
            cpu += held.spec().granted().cpu();
            memory += held.spec().granted().memoryMib();
            disk += held.spec().granted().diskMib();
            for (GrantedPort port : held.spec().granted().ports()) {
                holds(ports.add(port.value()), "a port was given twice: %s", held);
            }
            for (int core : held.spec().granted().cores()) {
                holds(cores.add(core) && core < all.cores(), "a core was given twice: %s", held);
            }
            for (GrantedDevice device : held.spec().granted().devices()) {
                for (String id : device.ids()) {
                    holds(devices.add(device.name() + id), "a device was given twice: %s", held);
                }
            }
        }
        holds(cpu <= all.cpu(), "cpu of a node was given twice: %s", node);
        holds(memory <= all.memoryMib(), "memory of a node was given twice: %s", node);
        holds(disk <= all.diskMib(), "disk of a node was given twice: %s", node);
    }

    private void slots(Iterable<Allocation> copies, Cluster cluster) {
        Map<String, Allocation> bySlot = new HashMap<>();
        for (Allocation copy : copies) {
            ResourceName name =
                    new ResourceName(copy.metadata().namespace(), copy.spec().jobName());
            if (!copy.occupies()) {
                continue;
            }
            String slot = slot(copy, cluster) + copy.spec().canary();
            Allocation other = bySlot.put(slot, copy);
            if (other != null) {
                holds(
                        Rollouts.mayShare(copy, other, promoted),
                        "two copies in one slot: %s",
                        List.of(copy, other));
            }
            holds(
                    cluster.versionsOf(name)
                            .get(copy.spec().jobUid() + "." + copy.spec().jobVersion())
                            .isPresent(),
                    "its version was swept: %s",
                    copy);
        }
    }

    static String slot(Allocation copy, Cluster cluster) {
        return copy.spec().jobUid()
                + copy.spec().group()
                + Slot.slots(type(copy, cluster)).apply(copy);
    }

    /// What is beyond the count is missed by nobody.
    static int wanted(Allocation copy, Cluster cluster) {
        return Cluster.jobOf(copy)
                .flatMap(cluster::job)
                .flatMap(job -> job.spec().group(copy.spec().group()))
                .flatMap(group -> group.count())
                .orElse(0);
    }

    static JobType type(Allocation copy, Cluster cluster) {
        return cluster.job(new ResourceName(copy.metadata().namespace(), copy.spec().jobName()))
                .flatMap(job -> job.spec().type())
                .orElse(JobType.SERVICE);
    }

    /// What must hold once faults have stopped and everything has come to rest.
    static void rest(Cluster cluster, Map<String, List<String>> runningByNode, Instant now) {
        Set<String> live = new HashSet<>();
        for (var ofJob : cluster.byJob()) {
            for (Allocation copy : ofJob.allocations()) {
                holds(!copy.occupies() || copy.live(), "still stopping at rest: %s", copy);
                if (copy.live()) {
                    live.add(copy.id());
                    holds(
                            copy.status().phase() == AllocationPhase.RUNNING,
                            "not running at rest: %s",
                            copy);
                }
            }
        }
        Set<String> running = new HashSet<>();
        runningByNode.values().forEach(running::addAll);
        holds(running.equals(live), "what runs is not what is wanted: %s", running + " " + live);
        cluster.nodes()
                .forEach(node ->
                        holds(node.spec().drain().isEmpty(), "a drain does not end: %s", node));
        cluster.jobs().forEach(job -> rest(job, cluster, now));
        cluster.byJob()
                .forEach(ofJob ->
                        ofJob.deployments()
                                .forEach(d ->
                                        holds(
                                                !d.status().phase().active(),
                                                "does not end: %s",
                                                d)));
        for (Placer.Turn turn : Placer.decide(cluster, Wakes.all(cluster), now)) {
            boolean quiet =
                    turn.decision().actions().stream()
                            .allMatch(action -> onlyWords(action.resource(), cluster));
            holds(quiet, "a wake-up was lost: %s", turn);
        }
    }

    /// How much is free elsewhere may be told from an older look: nobody is woken for a number.
    private static boolean onlyWords(Resource written, Cluster cluster) {
        return written instanceof Job job
                && cluster.job(job.name())
                        .filter(old -> old.status().phase() == job.status().phase())
                        .filter(old -> old.status().groups().equals(job.status().groups()))
                        .isPresent();
    }

    private static void rest(Job job, Cluster cluster, Instant now) {
        holds(
                job.status().observedGeneration() == job.metadata().generation(),
                "nobody looked at the last change of %s",
                job);
        holds(job.metadata().deletionTimestamp().isEmpty(), "was not deleted: %s", job);
        long live = cluster.allocationsOf(job.name()).stream().filter(Allocation::live).count();
        if (job.stopped()) {
            holds(live == 0, "runs though it is stopped: %s", job);
            return;
        }
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        boolean failed =
                Deployments.of(job, cluster)
                        .filter(d -> d.status().phase() == DeploymentPhase.FAILED)
                        .isPresent();
        List<Allocation> copies = cluster.allocationsOf(job.name()).stream().toList();
        for (RestartView view :
                RestartReconciler.views(job, cluster.spec(job).orElseThrow(), cluster)) {
            holds(
                    Restart.next(view, now) instanceof RestartStep.GiveUp,
                    "a failed copy was never replaced: %s",
                    view.failed());
        }
        var group = job.status().groups().values().iterator().next();
        if (type == JobType.SERVICE || type == JobType.BATCH) {
            int wanted = job.spec().groups().getFirst().count().orElse(1);
            holds(group.desired() == wanted, "another count is reported: %s", job);
        }
        int settled = settled(job, type, copies, cluster) + group.queued();
        holds(
                settled == group.desired()
                        || (failed && settled < group.desired())
                        || (type != JobType.SERVICE && settled > group.desired()),
                "copies are missing and nobody says so: %s",
                List.of(job, copies));
        long slots =
                copies.stream()
                        .filter(Allocation::live)
                        .map(copy -> slot(copy, cluster))
                        .distinct()
                        .count();
        holds(slots == live, "two copies of one slot stay: %s", copies);
        holds(
                type != JobType.SERVICE || failed || ofVersion(job, cluster) == live,
                "an update ended before its time: %s",
                List.of(job, copies));
        holds(
                type == JobType.SERVICE || type == JobType.SYSTEM || live == 0,
                "a batch job does not end: %s",
                job);
    }

    /// Wanted slots whose last copy runs, is done, or failed for good.
    private static int settled(Job job, JobType type, List<Allocation> copies, Cluster cluster) {
        List<Allocation> ours =
                copies.stream()
                        .filter(a -> job.metadata().uid().equals(Optional.of(a.spec().jobUid())))
                        .filter(a -> isWanted(job, type, a, cluster))
                        .toList();
        return (int)
                Slot.newestFirst(ours, Slot.slots(type)).values().stream()
                        .filter(slot ->
                                slot.stream().anyMatch(Allocation::live)
                                        || Slot.lanes(slot).stream()
                                                .anyMatch(lane -> over(type, Slot.last(lane))))
                        .count();
    }

    /// Whether nothing more comes after it.
    private static boolean over(JobType type, Allocation last) {
        boolean runsToEnd = type == JobType.BATCH || type == JobType.SYSBATCH;
        AllocationPhase phase = last.status().phase();
        return last.spec().desired() == DesiredState.RUN
                ? phase == AllocationPhase.FAILED
                        || (runsToEnd && phase == AllocationPhase.COMPLETE)
                : runsToEnd && last.status().ranToEnd();
    }

    private static boolean isWanted(Job job, JobType type, Allocation copy, Cluster cluster) {
        if (type == JobType.SERVICE || type == JobType.BATCH) {
            return copy.spec().index() < job.spec().groups().getFirst().count().orElse(1);
        }
        Optional<Node> node = cluster.nodes().get(copy.spec().node());
        List<Constraint> constraints = job.spec().groups().getFirst().constraints();
        boolean rackOnly = constraints.stream().anyMatch(c -> c.value().equals(Optional.of("a")));
        boolean stays = copy.live(); // a drain may leave system jobs alone
        return node.filter(some -> some.ready() || stays).isPresent()
                && (!rackOnly || copy.spec().node().startsWith("a"));
    }

    private static long ofVersion(Job job, Cluster cluster) {
        return cluster.allocationsOf(job.name()).stream()
                .filter(Allocation::live)
                .filter(copy -> copy.spec().jobVersion() == job.status().version())
                .filter(copy -> !copy.spec().canary())
                .count();
    }

    static void holds(boolean condition, String otherwise, Object about) {
        if (!condition) {
            throw new AssertionError(otherwise.formatted(Told.of(about)));
        }
    }
}
