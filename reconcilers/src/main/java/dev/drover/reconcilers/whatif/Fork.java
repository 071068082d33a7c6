package dev.drover.reconcilers.whatif;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A view that goes its own way from here on: what is written to it is written nowhere else.
final class Fork {
    /// Batches until nothing is left to place. Each places something, or it is the last; a cluster
    /// of a million copies takes some thousand.
    private static final int BATCHES_MAX = 10_000;

    private static final Reconciler DEPLOYMENTS = new DeploymentReconciler();

    private final NavigableSet<ResourceName> deploying = new TreeSet<>();
    private final NavigableSet<ResourceName> deployments = new TreeSet<>();
    private final List<Allocation> created = new ArrayList<>();
    private final Map<String, Event> events = new HashMap<>();
    private final List<Allocation> moving = new ArrayList<>();
    private int step;
    private boolean late;
    private Instant now;
    private Cluster cluster;
    private Wakes wakes = Wakes.none();

    Fork(Cluster cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
    }

    Cluster cluster() {
        return cluster;
    }

    Instant now() {
        return now;
    }

    /// Something that was decided about a copy for the first time: to make it, or to stop it.
    ///
    /// @param order among all of them
    /// @param step in which it was; those of one step are decided at once
    /// @param late whether only time brought it
    record Event(int order, int step, boolean late) {}

    /// The first event of a copy by its id; empty when nothing was decided about it.
    Optional<Event> event(String copy) {
        return Optional.ofNullable(events.get(copy));
    }

    /// Everybody has done what was decided before.
    void step() {
        step++;
    }

    /// Time passes.
    void at(Instant time) {
        now = time;
        late = true;
    }

    /// The copies that decisions made, in their order.
    List<Allocation> created() {
        return List.copyOf(created);
    }

    /// The jobs whose deployments something happened to.
    NavigableSet<ResourceName> deployments() {
        return Collections.unmodifiableNavigableSet(deployments);
    }

    /// Writes what was not there.
    void add(Resource made) {
        write(List.of(ClusterChange.added(made)));
    }

    /// Writes over what was there.
    void replace(Resource before, Resource after) {
        write(List.of(ClusterChange.changed(before, after)));
    }

    /// The placer is to look at a job.
    void wake(ResourceName job) {
        wakes = wakes.and(Wakes.jobs(List.of(job)));
    }

    /// A copy does at once what is wanted of it: it runs and is healthy, or it is over.
    void obey(Allocation copy) {
        AllocationStatus seen = copy.status();
        boolean runs = copy.live();
        AllocationStatus status =
                new AllocationStatus(
                        runs ? AllocationPhase.RUNNING : AllocationPhase.COMPLETE,
                        "what if",
                        seen.tasks(),
                        runs ? Optional.of(true) : Optional.empty(),
                        seen.reported(),
                        runs ? Optional.empty() : Optional.of(now));
        replace(copy, copy.withStatus(status));
    }

    /// Of the jobs on a node every copy that runs turns out to be healthy in time, unless its node
    /// has said otherwise.
    void prove(String node) {
        Set<ResourceName> jobs = new TreeSet<>();
        cluster.residentsOf(node).allocations().forEach(a -> Cluster.jobOf(a).ifPresent(jobs::add));
        for (ResourceName job : jobs) {
            cluster.allocationsOf(job).stream()
                    .filter(copy -> copy.live() && copy.status().healthy().isEmpty())
                    .filter(copy -> copy.status().phase() == AllocationPhase.RUNNING)
                    .forEach(this::obey);
        }
    }

    /// Carries a decision out.
    void apply(Decision decision) {
        List<ClusterChange> changes = new ArrayList<>();
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Create(Resource made) -> {
                    if (made instanceof Allocation copy) {
                        created.add(copy);
                        moving.add(copy);
                        happens(copy);
                    }
                    changes.add(ClusterChange.added(made));
                }
                case Action.Replace(Resource changed) -> {
                    if (changed instanceof Allocation copy) {
                        moving.add(copy);
                        if (!copy.live()) {
                            happens(copy);
                        }
                    }
                    changes.add(new ClusterChange(before(changed), Optional.of(changed)));
                }
                case Action.Delete(Resource gone) -> changes.add(ClusterChange.removed(gone));
                case Action.Unchanged _ -> {}
            }
        }
        write(changes);
    }

    private void happens(Allocation copy) {
        events.putIfAbsent(copy.id(), new Event(events.size(), step, late));
    }

    private Optional<Resource> before(Resource resource) {
        return switch (resource.kind()) {
            case JOB -> cluster.job(resource.name()).map(job -> job);
            case NODE -> cluster.nodes().get(resource.metadata().name()).map(node -> node);
            case ALLOCATION ->
                    Cluster.jobOf(resource)
                            .flatMap(job ->
                                    cluster.allocationsOf(job).get(resource.metadata().name()))
                            .map(copy -> copy);
            case DEPLOYMENT ->
                    Cluster.jobOf(resource)
                            .flatMap(job ->
                                    cluster.deploymentsOf(job).get(resource.metadata().name()))
                            .map(deployment -> deployment);
            case JOB_VERSION ->
                    Cluster.jobOf(resource)
                            .flatMap(job -> cluster.versionsOf(job).get(resource.metadata().name()))
                            .map(KeptVersion::version);
            case EVALUATION, VARIABLE, GIT_SOURCE, NAMESPACE, HOLD, SCHEDULER_CONFIG ->
                    Optional.empty();
        };
    }

    /// Writes as one revision.
    void write(List<ClusterChange> changes) {
        var revision = cluster.revision().next();
        List<ClusterChange> stamped =
                changes.stream()
                        .map(c ->
                                new ClusterChange(
                                        c.before(), c.after().map(r -> at(r, revision.toString()))))
                        .toList();
        cluster = ClusterFeed.apply(cluster, stamped, revision);
        wakes = wakes.and(Wakes.of(stamped, cluster));
        stamped.forEach(change -> DEPLOYMENTS.concerns(change, cluster).forEach(deploying::add));
    }

    /// The loop of deployments looks at every job that something has happened to since the last
    /// time. Answers whether it had something to write.
    boolean deployed() {
        List<ResourceName> jobs = List.copyOf(deploying);
        deploying.clear();
        deployments.addAll(jobs);
        boolean changed = false;
        for (ResourceName job : jobs) {
            Decision decision = DEPLOYMENTS.decide(job, cluster, now);
            apply(decision);
            changed |= !decision.actions().isEmpty();
        }
        return changed;
    }

    private static Resource at(Resource resource, String revision) {
        return resource.withMetadata(resource.metadata().at(revision));
    }

    /// Every copy that was decided about since the last time obeys. Answers whether any had
    /// something to do.
    boolean obeyed() {
        List<Allocation> told = List.copyOf(moving);
        moving.clear();
        boolean changed = false;
        for (Allocation some : told) {
            if (before(some).orElse(some) instanceof Allocation copy && lags(copy)) {
                obey(copy);
                changed = true;
            }
        }
        return changed;
    }

    private static boolean lags(Allocation copy) {
        return copy.occupies()
                && !(copy.live() && copy.status().phase() == AllocationPhase.RUNNING);
    }

    /// Lets the placer decide until it has nothing to do.
    void place() {
        for (int batch = 0; batch < BATCHES_MAX && !wakes.isEmpty(); batch++) {
            List<Placer.Turn> turns = Placer.decide(cluster, wakes, now);
            wakes = Placer.rest(wakes, turns, _ -> false);
            turns.forEach(turn -> apply(turn.decision()));
        }
    }
}
