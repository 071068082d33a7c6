package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.model.Variable;
import dev.drover.store.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that loops may look at, as of one revision of the store. Immutable; a newer one
/// shares what did not change.
///
/// @param revision everything up to it is in here, and nothing after it
/// @param byJob jobs and what belongs to them by the job's name, also when there is no such job
///   (any more)
/// @param nodes by name
/// @param residents by node's name; only nodes that have some
/// @param waiting the jobs of which some copies have no place
/// @param draining the nodes that are drained, by name
/// @param silent the nodes of which nothing is heard, by name
/// @param holds by their own names; few, for people write them one by one
/// @param scheduling how copies are placed
/// @param evicted the nodes of copies that were evicted and have not left yet, by the copies' ids
public record Cluster(
        Revision revision,
        Sorted<ResourceName, Belongings> byJob,
        Sorted<String, Node> nodes,
        Sorted<String, Residents> residents,
        Sorted<ResourceName, Job> waiting,
        Sorted<String, Node> draining,
        Sorted<String, Node> silent,
        Sorted<ResourceName, Hold> holds,
        SchedulerConfigSpec scheduling,
        Sorted<String, String> evicted) {
    /// A cluster before anything was written.
    public static Cluster empty() {
        return new Cluster(
                Revision.NONE,
                Sorted.empty(),
                Sorted.empty(),
                Sorted.empty(),
                Sorted.empty(),
                Sorted.empty(),
                Sorted.empty(),
                Sorted.empty(),
                SchedulerConfigSpec.UNSAID,
                Sorted.empty());
    }

    /// Every job, in the order of names.
    public List<Job> jobs() {
        return byJob.stream().flatMap(some -> some.job().stream()).toList();
    }

    /// The job of that name.
    public Optional<Job> job(ResourceName name) {
        return of(name).job();
    }

    /// The version of a job's present life.
    public Optional<KeptVersion> version(Job job, int version) {
        return job.metadata()
                .uid()
                .flatMap(uid -> versionsOf(job.name()).get(JobVersion.nameOf(uid, version)));
    }

    /// What the job means now, defaults applied; empty while its version is not kept.
    public Optional<JobSpec> spec(Job job) {
        return version(job, job.status().version()).map(KeptVersion::effective);
    }

    /// Every allocation of the job's name, of earlier lives too.
    public Allocations allocationsOf(ResourceName job) {
        return of(job).allocations();
    }

    /// Every kept version of the job's name.
    public Sorted<String, KeptVersion> versionsOf(ResourceName job) {
        return of(job).versions();
    }

    /// Every kept evaluation of the job's name.
    public Sorted<String, Evaluation> evaluationsOf(ResourceName job) {
        return of(job).evaluations();
    }

    /// Every kept deployment of the job's name.
    public Sorted<String, Deployment> deploymentsOf(ResourceName job) {
        return of(job).deployments();
    }

    /// Who holds room on the node.
    public Residents residentsOf(String node) {
        return residents.get(node).orElse(Residents.nobody());
    }

    /// Whether a node that is heard takes nothing new for now: it is closed, drained or held.
    public boolean closed(String name, Instant now) {
        return nodes.get(name)
                .filter(node -> node.status().phase() == NodePhase.READY)
                .filter(node -> !node.ready() || heldBy(Kind.NODE, node.name(), now).isPresent())
                .isPresent();
    }

    /// What nobody holds on the node, in `cpu`, `memoryMib` and `diskMib`; the rest is the node's.
    public NodeResources free(Node node) {
        NodeResources all = node.status().resources();
        Residents held = residentsOf(node.metadata().name());
        return new NodeResources(
                all.cpu() - held.cpu(),
                all.cores(),
                all.memoryMib() - held.memoryMib(),
                all.diskMib() - held.diskMib(),
                all.dynamicPortMin(),
                all.dynamicPortMax(),
                all.reservedPorts(),
                all.devices());
    }

    /// The name of the job that a resource belongs to; empty for kinds that belong to none.
    public static Optional<ResourceName> jobOf(Resource resource) {
        Optional<String> job =
                switch (resource) {
                    case Job j -> Optional.of(j.metadata().name());
                    case JobVersion v -> Optional.of(v.spec().jobName());
                    case Allocation a -> Optional.of(a.spec().jobName());
                    case Evaluation e -> Optional.of(e.spec().jobName());
                    case Deployment d -> Optional.of(d.spec().jobName());
                    case Node _, Variable _, Namespace _, GitSource _, Hold _, SchedulerConfig _ ->
                            Optional.empty();
                };
        return job.map(name -> new ResourceName(resource.metadata().namespace(), name));
    }

    /// The jobs that a job launched, by time or by dispatch, in its present life.
    public Stream<Job> launchedBy(Job parent) {
        String namespace = parent.metadata().namespace();
        String beginning = parent.metadata().name() + "/";
        return byJob.from(new ResourceName(namespace, beginning))
                .flatMap(some -> some.job().stream())
                .takeWhile(job -> job.metadata().namespace().equals(namespace))
                .takeWhile(job -> job.metadata().name().startsWith(beginning))
                .filter(job -> job.launchedBy(parent));
    }

    /// Who holds an object now; the first by name when there are several.
    public Optional<Hold> heldBy(Kind kind, ResourceName name, Instant now) {
        return holds.stream()
                .filter(hold -> hold.spec().kind() == kind && hold.target().equals(name))
                .filter(hold -> hold.spec().at(now))
                .findFirst();
    }

    private Belongings of(ResourceName job) {
        return byJob.get(job).orElse(Belongings.nothing());
    }
}
