package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.reconcilers.cluster.Belongings;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the placer should look at: jobs that may have to be decided anew, and nodes that have more
/// to give than before, for the jobs that wait for a place.
///
/// Waiting jobs are not woken here: whether a hole is still there for one is known only when those
/// before it have been decided. So one exit does not wake a thousand, and none is forgotten.
///
/// @param jobs by name
/// @param roomier names of nodes
public record Wakes(NavigableSet<ResourceName> jobs, NavigableSet<String> roomier) {
    /// Takes copies of the sets.
    public Wakes {
        jobs = Collections.unmodifiableNavigableSet(new TreeSet<>(jobs));
        roomier = Collections.unmodifiableNavigableSet(new TreeSet<>(roomier));
    }

    /// Nothing.
    public static Wakes none() {
        return new Wakes(new TreeSet<>(), new TreeSet<>());
    }

    /// These jobs.
    public static Wakes jobs(Collection<ResourceName> jobs) {
        return new Wakes(new TreeSet<>(jobs), new TreeSet<>());
    }

    /// Everything: for one who knows nothing of what was before.
    public static Wakes all(Cluster cluster) {
        NavigableSet<ResourceName> jobs = new TreeSet<>();
        for (Belongings ofJob : cluster.byJob()) {
            ofJob.job().map(Job::name).ifPresent(jobs::add);
            ofJob.allocations().stream().findFirst().flatMap(Cluster::jobOf).ifPresent(jobs::add);
        }
        return new Wakes(jobs, new TreeSet<>());
    }

    /// Both.
    public Wakes and(Wakes other) {
        NavigableSet<ResourceName> allJobs = new TreeSet<>(jobs);
        allJobs.addAll(other.jobs);
        NavigableSet<String> allNodes = new TreeSet<>(roomier);
        allNodes.addAll(other.roomier);
        return new Wakes(allJobs, allNodes);
    }

    /// The same without these jobs.
    public Wakes without(Collection<ResourceName> some) {
        NavigableSet<ResourceName> others = new TreeSet<>(jobs);
        others.removeAll(some);
        return new Wakes(others, roomier);
    }

    /// Whether there is nothing to look at.
    public boolean isEmpty() {
        return jobs.isEmpty() && roomier.isEmpty();
    }

    /// What follows from changes.
    ///
    /// @param cluster a view that has them
    public static Wakes of(List<ClusterChange> changes, Cluster cluster) {
        NavigableSet<ResourceName> jobs = new TreeSet<>();
        NavigableSet<String> roomier = new TreeSet<>();
        boolean otherNodes = false;
        for (ClusterChange change : changes) {
            switch (change.newest()) {
                case Job job -> {
                    if (wishes(change)) {
                        jobs.add(job.name());
                    }
                    if (yields(change)) {
                        roomier.addAll(whereItIs(job.name(), cluster));
                    }
                }
                case JobVersion _ -> Cluster.jobOf(change.newest()).ifPresent(jobs::add);
                case Allocation copy -> {
                    if (matters(change, cluster)) {
                        Cluster.jobOf(copy).ifPresent(jobs::add);
                    }
                    if (gaveBack(change)) {
                        roomier.add(copy.spec().node());
                    }
                }
                case Node node -> {
                    if (other(change)) {
                        roomier.add(node.metadata().name());
                        otherNodes = true;
                    }
                }
                case Deployment _ -> {
                    if (steers(change)) {
                        Cluster.jobOf(change.newest()).ifPresent(jobs::add);
                    }
                }
                case Hold hold when hold.spec().kind() == Kind.JOB -> {
                    jobs.add(hold.target());
                    roomier.addAll(whereItIs(hold.target(), cluster)); // for those who may preempt
                }
                case Hold hold when hold.spec().kind() == Kind.NODE -> {
                    roomier.add(hold.spec().name());
                    otherNodes = true;
                }
                case SchedulerConfig _ ->
                        cluster.nodes().forEach(node -> roomier.add(node.metadata().name()));
                case Evaluation _, Variable _, Namespace _, GitSource _, Hold _ -> {}
            }
        }
        if (otherNodes) {
            cluster.jobs().stream().filter(Wakes::everywhere).map(Job::name).forEach(jobs::add);
        }
        return new Wakes(jobs, roomier);
    }

    /// Not what the placer itself says about it.
    private static boolean wishes(ClusterChange change) {
        return !change.before().map(Wakes::wish).equals(change.after().map(Wakes::wish));
    }

    /// Whether others, who were not before, may be of a priority that lets its copies leave.
    private static boolean yields(ClusterChange change) {
        return change.before().isPresent()
                && change.after().isPresent()
                && priority(change.after().get()) < priority(change.before().get());
    }

    private static int priority(Resource job) {
        return ((Job) job).spec().priority().orElse(JobTurn.PRIORITY);
    }

    private static Set<String> whereItIs(ResourceName job, Cluster cluster) {
        return cluster.allocationsOf(job).stream()
                .filter(Allocation::live)
                .map(copy -> copy.spec().node())
                .collect(Collectors.toSet());
    }

    private static Object wish(Resource job) {
        return List.of(job.metadata().at(""), ((Job) job).status().version());
    }

    /// Not that the placer made it for a job that is there, nor what its tasks tell on the way,
    /// unless they wait for something.
    private static boolean matters(ClusterChange change, Cluster cluster) {
        if (change.after().isEmpty()) {
            return true;
        }
        if (change.before().isEmpty()) {
            return Cluster.jobOf(change.newest()).flatMap(cluster::job).isEmpty();
        }
        Allocation before = (Allocation) change.before().get();
        Allocation after = (Allocation) change.after().get();
        return before.status().phase() != after.status().phase()
                || !before.status().healthy().equals(after.status().healthy())
                || !before.status().waitsFor().equals(after.status().waitsFor())
                || !before.spec().equals(after.spec());
    }

    /// Not how many are healthy, nor what it waits for.
    private static boolean steers(ClusterChange change) {
        return change.before().isPresent()
                && !change.before().map(Wakes::course).equals(change.after().map(Wakes::course));
    }

    private static Object course(Resource deployment) {
        Deployment some = (Deployment) deployment;
        List<String> promoted =
                some.status().groups().entrySet().stream()
                        .filter(group -> group.getValue().promoted())
                        .map(Map.Entry::getKey)
                        .toList();
        return List.of(some.spec(), some.status().phase(), promoted);
    }

    private static boolean gaveBack(ClusterChange change) {
        boolean held = change.before().map(a -> ((Allocation) a).occupies()).orElse(false);
        boolean holds = change.after().map(a -> ((Allocation) a).occupies()).orElse(false);
        return held && !holds;
    }

    /// Not only the number of its last report.
    private static boolean other(ClusterChange change) {
        return !change.before().map(Wakes::quiet).equals(change.after().map(Wakes::quiet));
    }

    private static Node quiet(Resource node) {
        Node some = (Node) node;
        return some.withMetadata(some.metadata().at("")).withStatus(some.status().reported(0));
    }

    private static boolean everywhere(Job job) {
        return job.type().everywhere();
    }
}
