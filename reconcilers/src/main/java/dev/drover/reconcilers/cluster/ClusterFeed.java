package dev.drover.reconcilers.cluster;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationStatus;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.model.Variable;
import dev.drover.store.Revision;
import dev.drover.store.index.CompactId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries what the store did over into the next view. A fold: the same changes give the same view,
/// and a change that is already in it changes nothing.
public final class ClusterFeed {
    private Sorted<ResourceName, Job> jobs;
    private Sorted<ResourceName, Sorted<String, KeptVersion>> versions;
    private Sorted<ResourceName, Allocations> allocations;
    private Sorted<ResourceName, Sorted<String, Evaluation>> evaluations;
    private Sorted<ResourceName, Sorted<String, Deployment>> deployments;
    private Sorted<String, Node> nodes;
    private Sorted<String, Residents> residents;
    private Sorted<ResourceName, Job> waiting;
    private Sorted<String, Node> draining;
    private Sorted<String, Node> silent;
    private Sorted<ResourceName, Hold> holds;
    private SchedulerConfigSpec scheduling;
    private Sorted<String, String> evicted;

    /// The allocations of jobs and nodes that changed, put where they belong at the end: many
    /// changes are of few of them, and what a job's allocations are is looked up once.
    private final Map<ResourceName, Allocations> ofJobs = new HashMap<>();

    private final Map<String, Residents> onNodes = new HashMap<>();

    private ClusterFeed(Cluster from) {
        jobs = from.jobs();
        versions = from.belongings().versions();
        allocations = from.belongings().allocations();
        evaluations = from.belongings().evaluations();
        deployments = from.belongings().deployments();
        nodes = from.nodes();
        residents = from.residents();
        waiting = from.waiting();
        draining = from.draining();
        silent = from.silent();
        holds = from.holds();
        scheduling = from.scheduling();
        evicted = from.evicted();
    }

    /// The view after `changes`, which are everything that happened after `before` up to and with
    /// `revision`.
    public static Cluster apply(Cluster before, List<ClusterChange> changes, Revision revision) {
        ClusterFeed feed = new ClusterFeed(before);
        for (ClusterChange change : changes) {
            change.after().ifPresentOrElse(feed::put, () -> feed.remove(change.newest()));
        }
        feed.settle();
        return new Cluster(
                revision,
                feed.jobs,
                new Cluster.Belongings(
                        feed.versions, feed.allocations, feed.evaluations, feed.deployments),
                feed.nodes,
                feed.residents,
                feed.waiting,
                feed.draining,
                feed.silent,
                feed.holds,
                feed.scheduling,
                feed.evicted);
    }

    private void put(Resource resource) {
        switch (resource) {
            case Job job -> {
                jobs = jobs.with(job.name(), job);
                waiting = waits(job) ? waiting.with(job.name(), job) : waiting.without(job.name());
            }
            case JobVersion version -> put(version);
            case Allocation allocation -> put(allocation);
            case Evaluation evaluation ->
                    evaluations = with(evaluations, evaluation, lean(evaluation));
            case Deployment deployment -> deployments = with(deployments, deployment, deployment);
            case Node node -> {
                String name = node.metadata().name();
                nodes = nodes.with(name, node);
                boolean drains = node.spec().drain().isPresent();
                draining = drains ? draining.with(name, node) : draining.without(name);
                boolean mute = node.status().phase().silent();
                silent = mute ? silent.with(name, node) : silent.without(name);
            }
            case Hold hold -> holds = holds.with(hold.name(), hold);
            case SchedulerConfig config -> scheduling = config.spec();
            case Variable _, Namespace _, GitSource _ -> {}
        }
    }

    private void remove(Resource last) {
        switch (last) {
            case Job job -> {
                jobs = jobs.without(job.name());
                waiting = waiting.without(job.name());
            }
            case JobVersion version -> versions = without(versions, version);
            case Allocation allocation -> remove(allocation);
            case Evaluation evaluation -> evaluations = without(evaluations, evaluation);
            case Deployment deployment -> deployments = without(deployments, deployment);
            case Node node -> {
                nodes = nodes.without(node.metadata().name());
                draining = draining.without(node.metadata().name());
                silent = silent.without(node.metadata().name());
            }
            case Hold hold -> holds = holds.without(hold.name());
            case SchedulerConfig _ -> scheduling = SchedulerConfigSpec.UNSAID;
            case Variable _, Namespace _, GitSource _ -> {}
        }
    }

    private void put(Allocation allocation) {
        CompactId id = CompactId.of(allocation.id());
        ResourceName job = Cluster.jobOf(allocation).orElseThrow();
        Allocations siblings = allocationsOf(job);
        String node = allocation.spec().node();
        Residents there = residentsOf(node);
        CompactAllocation compact =
                new CompactAllocation(allocation, id, siblings.beside(id), there.node(node));
        ofJobs.put(job, siblings.with(compact));
        if (allocation.occupies() && allocation.spec().desired() == DesiredState.EVICT) {
            evicted = evicted.with(allocation.id(), node);
        } else if (!evicted.isEmpty()) {
            evicted = evicted.without(allocation.id());
        }
        onNodes.put(node, allocation.occupies() ? there.with(compact) : there.without(id));
    }

    private void remove(Allocation last) {
        CompactId id = CompactId.of(last.id());
        ResourceName job = Cluster.jobOf(last).orElseThrow();
        ofJobs.put(job, allocationsOf(job).without(id));
        String node = last.spec().node();
        evicted = evicted.isEmpty() ? evicted : evicted.without(last.id());
        onNodes.put(node, residentsOf(node).without(id));
    }

    private static boolean waits(Job job) {
        return job.status().groups().values().stream().anyMatch(group -> group.queued() > 0);
    }

    private Allocations allocationsOf(ResourceName job) {
        return Optional.ofNullable(ofJobs.get(job))
                .orElseGet(() -> allocations.get(job).orElse(Allocations.none()));
    }

    private Residents residentsOf(String node) {
        return Optional.ofNullable(onNodes.get(node))
                .orElseGet(() -> residents.get(node).orElse(Residents.nobody()));
    }

    private void settle() {
        ofJobs.forEach((job, now) ->
                allocations =
                        now.isEmpty() ? allocations.without(job) : allocations.with(job, now));
        onNodes.forEach((node, now) ->
                residents =
                        now.allocations().isEmpty()
                                ? residents.without(node)
                                : residents.with(node, now));
    }

    /// A version whose defaults only a newer program knows is as good as not kept: this one must
    /// not guess what it means.
    private void put(JobVersion version) {
        int level = version.spec().defaultsLevel();
        if (level == Defaults.LEVEL) {
            JobSpec effective = Defaults.applied(version.spec().job(), level);
            versions = with(versions, version, new KeptVersion(version, effective));
        }
    }

    /// No loop reads what an evaluation lists, and the lists of a large job are long.
    private static Evaluation lean(Evaluation full) {
        EvaluationStatus said = full.status();
        return new Evaluation(
                full.metadata(),
                full.spec(),
                new EvaluationStatus(
                        said.outcome(), said.because(), List.of(), List.of(), Map.of()));
    }

    private static <V> Sorted<ResourceName, Sorted<String, V>> with(
            Sorted<ResourceName, Sorted<String, V>> byJob, Resource resource, V value) {
        ResourceName job = Cluster.jobOf(resource).orElseThrow();
        Sorted<String, V> some = byJob.get(job).orElse(Sorted.empty());
        return byJob.with(job, some.with(resource.metadata().name(), value));
    }

    private static <V> Sorted<ResourceName, Sorted<String, V>> without(
            Sorted<ResourceName, Sorted<String, V>> byJob, Resource resource) {
        ResourceName job = Cluster.jobOf(resource).orElseThrow();
        Sorted<String, V> rest =
                byJob.get(job).orElse(Sorted.empty()).without(resource.metadata().name());
        return rest.isEmpty() ? byJob.without(job) : byJob.with(job, rest);
    }
}
