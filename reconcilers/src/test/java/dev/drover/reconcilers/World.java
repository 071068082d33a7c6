package dev.drover.reconcilers;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.hold.Holds;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A cluster in a test: writes go straight into the view, each with a revision of its own.
public final class World {
    private Cluster cluster = Cluster.empty();
    private Instant now = Sketch.NOON;
    private Decision last = Decision.nothing("");

    /// What the loops see.
    public Cluster cluster() {
        return cluster;
    }

    /// What time it is.
    public Instant now() {
        return now;
    }

    /// Time passes.
    public void pass(Duration some) {
        now = now.plus(some);
    }

    /// Writes a resource.
    public World put(Resource resource) {
        Revision revision = cluster.revision().next();
        Resource written = resource.withMetadata(resource.metadata().at(revision.toString()));
        cluster = ClusterFeed.apply(cluster, List.of(ClusterChange.added(written)), revision);
        return this;
    }

    /// Removes a resource.
    public World remove(Resource resource) {
        cluster =
                ClusterFeed.apply(
                        cluster,
                        List.of(ClusterChange.removed(resource)),
                        cluster.revision().next());
        return this;
    }

    /// How copies are placed from now on.
    public World scheduling(SchedulerConfigSpec spec) {
        return put(new SchedulerConfig(Metadata.named("", SchedulerConfig.NAME), spec));
    }

    /// Admits a version of a job: the counts of its last status are kept.
    public World admit(Sketch sketch, int version) {
        put(sketch.version(version));
        return put(admitted(sketch, version));
    }

    /// The job as it would be admitted.
    public Job admitted(Sketch sketch, int version) {
        Job job = sketch.job(version);
        return cluster.job(job.name()).map(before -> keeping(job, before)).orElse(job);
    }

    private static Job keeping(Job job, Job before) {
        return job.withStatus(
                new JobStatus(
                        job.status().version(),
                        before.status().evaluation(),
                        before.status().observedGeneration(),
                        before.status().phase(),
                        before.status().groups(),
                        before.status().conditions(),
                        before.status().launched()));
    }

    /// A ready node with 4,000 MHz, 8,192 MiB and the dynamic ports 20000 to 20099.
    public static Node node(String name) {
        return node(name, 4_000, 8_192);
    }

    /// A ready node of that size.
    public static Node node(String name, int cpu, int memoryMib) {
        NodeStatus status =
                new NodeStatus(
                        NodePhase.READY,
                        "it reports",
                        "dc1",
                        "default",
                        "",
                        "10.0.0.1",
                        "boot",
                        new NodeResources(
                                cpu,
                                4,
                                memoryMib,
                                Math.max(100_000, memoryMib),
                                20_000,
                                20_099,
                                List.of(22)),
                        Map.of("kernel.name", "linux", "rack", name.substring(0, 1)),
                        Map.of(),
                        Map.of("raw_exec", new DriverState(true, "", Map.of())),
                        Map.of(),
                        0,
                        Optional.of(Sketch.NOON));
        return new Node(
                Metadata.named("", name).born("uid-of-" + name, Sketch.NOON),
                NodeSpec.open(),
                status);
    }

    /// The same node in other networks too.
    public static Node inNetworks(Node node, Map<String, String> networks) {
        NodeStatus status = node.status();
        return node.withStatus(
                new NodeStatus(
                        status.phase(),
                        status.because(),
                        status.datacenter(),
                        status.pool(),
                        status.nodeClass(),
                        status.address(),
                        status.bootId(),
                        status.resources(),
                        status.attributes(),
                        status.meta(),
                        status.drivers(),
                        status.hostVolumes(),
                        networks,
                        status.reported(),
                        status.since()));
    }

    /// The same node with devices of one model, `acme/gpu/one`.
    public static Node withDevices(Node node, String... ids) {
        NodeResources all = node.status().resources();
        NodeDevice devices =
                new NodeDevice("acme", "gpu", "one", Map.of("memory", "16 GiB"), List.of(ids));
        return node.withStatus(
                node.status()
                        .with(
                                new NodeResources(
                                        all.cpu(),
                                        all.cores(),
                                        all.memoryMib(),
                                        all.diskMib(),
                                        all.dynamicPortMin(),
                                        all.dynamicPortMax(),
                                        all.reservedPorts(),
                                        List.of(devices))));
    }

    /// One turn of the placer for the job; what it decides is written.
    public Decision place(String job) {
        ResourceName name = new ResourceName("default", job);
        return write(Placer.decide(cluster, Wakes.jobs(List.of(name)), now).getFirst().decision());
    }

    /// Turns of the placer for everybody until nothing is left to decide.
    public void placeAll() {
        Wakes wakes = Wakes.all(cluster);
        while (!wakes.isEmpty()) {
            List<Placer.Turn> turns = Placer.decide(cluster, wakes, now);
            wakes = Placer.rest(wakes, turns, _ -> false);
            turns.forEach(turn -> write(turn.decision()));
        }
    }

    /// What a turn of the placer decided is written.
    public Decision write(Placer.Turn turn) {
        return write(turn.decision());
    }

    /// One turn of a loop, which heeds holds.
    public Decision turn(Reconciler loop, ResourceName name) {
        Decision decision = loop.decide(name, cluster, now);
        return write(Holds.respected(decision, loop.primary(), name, cluster, now));
    }

    private Decision write(Decision decision) {
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Create(Resource made) -> put(made);
                case Action.Replace(Resource changed) -> put(changed);
                case Action.Delete(Resource gone) -> remove(gone);
                case Action.Unchanged _ -> {}
            }
        }
        last = decision;
        return decision;
    }

    /// What was decided last.
    public Decision last() {
        return last;
    }

    /// The job as it is.
    public Job job(String name) {
        return cluster.job(new ResourceName("default", name)).orElseThrow();
    }

    /// The copies of a job, by slot and attempt.
    public List<Allocation> copies(String job) {
        return cluster.allocationsOf(new ResourceName("default", job)).stream()
                .sorted(
                        Comparator.comparingInt((Allocation a) -> a.spec().index())
                                .thenComparingInt(a -> a.spec().attempt()))
                .toList();
    }

    /// The copies that are wanted and not over.
    public List<Allocation> live(String job) {
        return copies(job).stream().filter(Allocation::live).toList();
    }

    /// The evaluation that the last turn recorded, with all that it lists.
    public Optional<Evaluation> evaluation() {
        return last.actions().stream()
                .map(Action::resource)
                .filter(r -> r.kind() == Kind.EVALUATION)
                .map(Evaluation.class::cast)
                .findFirst();
    }

    /// What the last evaluation says of the only group.
    public Unplaced unplaced() {
        return evaluation().orElseThrow().status().unplaced().values().iterator().next();
    }

    /// The counts of the job's only group.
    public GroupSummary group(String job) {
        return job(job).status().groups().values().iterator().next();
    }

    /// A copy's node says what became of it.
    public World report(Allocation copy, AllocationPhase phase) {
        return report(copy, phase, copy.status().healthy());
    }

    /// A copy's node says what became of it, and whether it is healthy.
    public World report(Allocation copy, AllocationPhase phase, Optional<Boolean> healthy) {
        AllocationStatus before = copy.status();
        Allocation current =
                cluster.allocationsOf(
                                new ResourceName(
                                        copy.metadata().namespace(), copy.spec().jobName()))
                        .get(copy.id())
                        .orElseThrow();
        return put(
                current.withStatus(
                        new AllocationStatus(
                                phase,
                                phase == AllocationPhase.FAILED ? "exit code 1" : "as reported",
                                before.tasks(),
                                healthy,
                                before.reported() + 1,
                                phase.terminal() ? Optional.of(now) : Optional.empty())));
    }

    /// A copy's node says that its task has not begun, and what it waits for.
    public World waits(Allocation copy, String what) {
        TaskState task = TaskState.pending(List.of(new TaskEvent(now, TaskEvent.WAITING, what)));
        AllocationStatus before = copy.status();
        return put(
                copy.withStatus(
                        new AllocationStatus(
                                before.phase(),
                                before.because(),
                                Map.of("t", task),
                                before.healthy(),
                                before.reported() + 1,
                                before.finished())));
    }

    /// Every live copy runs and is healthy; every stopping one is over.
    public World settle(String job) {
        for (Allocation copy : copies(job)) {
            if (copy.status().phase().terminal()) {
                continue;
            }
            if (copy.live()) {
                report(copy, AllocationPhase.RUNNING, Optional.of(true));
            } else {
                report(copy, AllocationPhase.COMPLETE);
            }
        }
        return this;
    }

    /// Changes a node.
    public World node(String name, UnaryOperator<Node> change) {
        return put(change.apply(cluster.nodes().get(name).orElseThrow()));
    }
}
