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
import java.util.function.UnaryOperator;

/// Carries what the store did over into the next view. A fold: the same changes give the same view,
/// and a change that is already in it changes nothing.
public final class ClusterFeed {
    private Sorted<ResourceName, Belongings> byJob;
    private Sorted<String, Node> nodes;
    private Sorted<String, Residents> residents;
    private Sorted<ResourceName, Job> waiting;
    private Sorted<String, Node> draining;
    private Sorted<String, Node> silent;
    private Sorted<ResourceName, Hold> holds;
    private SchedulerConfigSpec scheduling;
    private Sorted<String, String> evicted;

    /// What jobs and nodes have that changed, put where it belongs at the end: many changes are of
    /// few of them, and what belongs to a job is looked up once.
    private final Map<ResourceName, Belongings> ofJobs = new HashMap<>();

    private final Map<String, Residents> onNodes = new HashMap<>();

    private ClusterFeed(Cluster from) {
        byJob = from.byJob();
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
                feed.byJob,
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
                ofJobs.put(job.name(), of(job.name()).withJob(Optional.of(job)));
                waiting = waits(job) ? waiting.with(job.name(), job) : waiting.without(job.name());
            }
            case JobVersion version -> put(version);
            case Allocation allocation -> put(allocation);
            case Evaluation evaluation -> put(evaluation);
            case Deployment deployment -> put(deployment);
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
                ofJobs.put(job.name(), of(job.name()).withJob(Optional.empty()));
                waiting = waiting.without(job.name());
            }
            case JobVersion version -> remove(version);
            case Allocation allocation -> remove(allocation);
            case Evaluation evaluation -> remove(evaluation);
            case Deployment deployment -> remove(deployment);
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
        Belongings ofJob = of(job);
        Allocations siblings = ofJob.allocations();
        String node = allocation.spec().node();
        Residents there = residentsOf(node);
        CompactAllocation compact =
                new CompactAllocation(allocation, id, siblings.beside(id), there.node(node));
        ofJobs.put(job, ofJob.withAllocations(siblings.with(compact)));
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
        Belongings ofJob = of(job);
        ofJobs.put(job, ofJob.withAllocations(ofJob.allocations().without(id)));
        String node = last.spec().node();
        evicted = evicted.isEmpty() ? evicted : evicted.without(last.id());
        onNodes.put(node, residentsOf(node).without(id));
    }

    private static boolean waits(Job job) {
        return job.status().groups().values().stream().anyMatch(group -> group.queued() > 0);
    }

    private Belongings of(ResourceName job) {
        return Optional.ofNullable(ofJobs.get(job))
                .orElseGet(() -> byJob.get(job).orElse(Belongings.nothing()));
    }

    private Residents residentsOf(String node) {
        return Optional.ofNullable(onNodes.get(node))
                .orElseGet(() -> residents.get(node).orElse(Residents.nobody()));
    }

    private void settle() {
        ofJobs.forEach(
                (job, now) -> byJob = now.isEmpty() ? byJob.without(job) : byJob.with(job, now));
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
            change(
                    version,
                    ofJob ->
                            ofJob.withVersions(
                                    ofJob.versions()
                                            .with(
                                                    version.metadata().name(),
                                                    new KeptVersion(version, effective))));
        }
    }

    private void remove(JobVersion version) {
        change(
                version,
                ofJob -> ofJob.withVersions(ofJob.versions().without(version.metadata().name())));
    }

    private void put(Evaluation evaluation) {
        change(
                evaluation,
                ofJob ->
                        ofJob.withEvaluations(
                                ofJob.evaluations()
                                        .with(evaluation.metadata().name(), lean(evaluation))));
    }

    private void remove(Evaluation evaluation) {
        change(
                evaluation,
                ofJob ->
                        ofJob.withEvaluations(
                                ofJob.evaluations().without(evaluation.metadata().name())));
    }

    private void put(Deployment deployment) {
        change(
                deployment,
                ofJob ->
                        ofJob.withDeployments(
                                ofJob.deployments()
                                        .with(deployment.metadata().name(), deployment)));
    }

    private void remove(Deployment deployment) {
        change(
                deployment,
                ofJob ->
                        ofJob.withDeployments(
                                ofJob.deployments().without(deployment.metadata().name())));
    }

    private void change(Resource resource, UnaryOperator<Belongings> how) {
        ResourceName job = Cluster.jobOf(resource).orElseThrow();
        ofJobs.put(job, how.apply(of(job)));
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
}
