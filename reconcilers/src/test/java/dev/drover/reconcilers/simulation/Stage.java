package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.hold.Holds;
import dev.drover.reconcilers.loop.Committing;
import dev.drover.reconcilers.periodic.PeriodicReconciler;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.reconcilers.restart.RestartReconciler;
import dev.drover.reconcilers.sweep.Ages;
import dev.drover.reconcilers.sweep.SweepReconciler;
import dev.drover.store.Commit;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The loops and the placer over a store in memory, for a story that a person wrote: after each of
/// its steps everybody has turns until nobody has anything to do, and what was written is told.
final class Stage {
    /// Rounds of turns after one step of a story: more than any update of ten copies takes.
    private static final int ROUNDS_MAX = 100;

    private final Tables tables;
    private final Truth truth;
    private final Committing commits;
    private final Map<String, Reconciler> loops = new LinkedHashMap<>();
    private final Map<String, Set<ResourceName>> dirty = new TreeMap<>();
    private final Map<String, Map<ResourceName, Instant>> alarms = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private Wakes wakes = Wakes.none();
    private Instant now = Sketch.NOON;

    Stage() {
        MemoryStore store = new MemoryStore("stage", () -> now);
        tables = new Tables(store);
        truth = new Truth(tables);
        commits = new Committing(tables, "leader");
        loops.put("restart", new RestartReconciler());
        loops.put("deployment", new DeploymentReconciler());
        loops.put("absence", new AbsenceReconciler());
        loops.put("drain", new DrainReconciler());
        loops.put("periodic", new PeriodicReconciler());
        loops.put("sweep", new SweepReconciler(Ages.USUAL));
        loops.keySet()
                .forEach(name -> {
                    alarms.put(name, new TreeMap<>());
                });
    }

    Cluster cluster() {
        return truth.cluster();
    }

    Instant now() {
        return now;
    }

    /// What was told since the last time somebody asked.
    List<String> told() {
        List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    void write(Resource resource) {
        boolean known = resource.metadata().resourceVersion().isPresent();
        Step step = known ? new Step.Replace(resource) : new Step.Create(resource);
        Commit commit = tables.commit(Write.of(step));
        if (!(commit instanceof Commit.Done)) {
            throw new IllegalStateException("not written: " + resource + ": " + commit);
        }
        see();
    }

    /// Somebody ends a hold.
    void remove(ResourceName hold) {
        cluster()
                .holds()
                .get(hold)
                .ifPresent(there -> tables.commit(Write.of(new Step.Delete(there))));
        see();
    }

    /// Time passes; whoever wanted to look again then does, in the order of the times.
    void pass(Duration some) {
        Instant until = now.plus(some);
        for (Optional<Instant> next = next();
                next.isPresent() && !next.get().isAfter(until);
                next = next()) {
            now = next.get().isAfter(now) ? next.get() : now;
            ring();
            settle();
        }
        now = until;
        settle();
    }

    private Optional<Instant> next() {
        return alarms.values().stream()
                .flatMap(byName -> byName.values().stream())
                .min(Instant::compareTo);
    }

    private void ring() {
        alarms.forEach((loop, byName) ->
                byName.entrySet()
                        .removeIf(alarm ->
                                !alarm.getValue().isAfter(now) && dirty(loop).add(alarm.getKey())));
        alarms.values().forEach(byName -> byName.values().removeIf(when -> !when.isAfter(now)));
    }

    /// Turns for everybody until nobody has anything to do.
    void settle() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            see();
            place();
            loops.forEach(this::turns);
            see();
            if (wakes.isEmpty() && dirty.values().stream().allMatch(Set::isEmpty)) {
                return;
            }
        }
        throw new IllegalStateException("no end of turns: " + told);
    }

    private void see() {
        List<ClusterChange> changes = truth.catchUp();
        Cluster view = truth.cluster();
        wakes = wakes.and(Wakes.of(changes, view));
        loops.forEach((name, loop) ->
                changes.forEach(change -> {
                    loop.concerns(change, view).forEach(dirty(name)::add);
                    if (change.newest() instanceof Hold hold
                            && hold.spec().kind() == loop.primary()) {
                        dirty(name).add(hold.target());
                    }
                }));
    }

    private Set<ResourceName> dirty(String loop) {
        return dirty.computeIfAbsent(loop, _ -> new TreeSet<>());
    }

    private void place() {
        List<Placer.Turn> turns = Placer.decide(cluster(), wakes, now);
        wakes = Placer.rest(wakes, turns, _ -> false);
        turns.forEach(turn -> write("placer", turn.decision()));
    }

    private void turns(String name, Reconciler loop) {
        for (ResourceName one : List.copyOf(dirty(name))) {
            see();
            dirty(name).remove(one);
            Decision decision =
                    Holds.respected(
                            loop.decide(one, cluster(), now), loop.primary(), one, cluster(), now);
            Map<ResourceName, Instant> later = alarms.computeIfAbsent(name, _ -> new TreeMap<>());
            later.remove(one);
            decision.lookAgain().ifPresent(when -> later.put(one, when));
            write(name, decision);
        }
    }

    private void write(String loop, Decision decision) {
        if (decision.actions().isEmpty()) {
            return;
        }
        Cluster before = cluster();
        if (!(commits.all(List.of(decision)).getFirst() instanceof Commit.Done)) {
            throw new IllegalStateException("a decision lost a race: " + decision);
        }
        decision.actions().stream()
                .flatMap(action -> line(action, before).stream())
                .forEach(line -> told.add("%-10s %s".formatted(loop, line)));
        see();
    }

    // ---- what is told of a write

    private static Optional<String> line(Action action, Cluster before) {
        return switch (action) {
            case Action.Unchanged _ -> Optional.empty();
            case Action.Delete(Resource gone) -> Optional.of("x " + swept(gone) + "  is swept");
            case Action.Create(Job child) ->
                    Optional.of(
                            "job %s is launched at %s"
                                    .formatted(
                                            child.metadata().name(),
                                            child.metadata().creationTimestamp().orElseThrow()));
            case Action.Create(Resource made) -> written(made, before);
            case Action.Replace(Resource changed) -> written(changed, before);
        };
    }

    private static String swept(Resource gone) {
        return switch (gone) {
            case Allocation copy -> title(copy);
            case JobVersion version -> "version " + version.spec().version();
            case Deployment some -> "the deployment of version " + some.spec().jobVersion();
            case Evaluation _ -> "an evaluation";
            default -> gone.kind().name().toLowerCase(Locale.ROOT) + ' ' + gone.metadata().name();
        };
    }

    private static Optional<String> written(Resource resource, Cluster before) {
        return switch (resource) {
            case Allocation copy -> copy(copy, before);
            case Deployment deployment ->
                    Optional.of(
                            "deployment of version %d is %s: %s"
                                    .formatted(
                                            deployment.spec().jobVersion(),
                                            word(deployment.status().phase()),
                                            deployment.status().because()));
            case JobVersion version when version.spec().stable() ->
                    Optional.of("version %d is stable".formatted(version.spec().version()));
            case JobVersion version ->
                    Optional.of(
                            "version %d by %s"
                                    .formatted(
                                            version.spec().version(),
                                            version.spec().author().orElse("somebody")));
            case Node node ->
                    Optional.of(
                            "node %s is %s%s"
                                    .formatted(
                                            node.metadata().name(),
                                            word(node.status().phase()),
                                            node.spec().eligible() ? "" : " and closed"));
            case Job job -> job(job, before);
            default -> Optional.empty();
        };
    }

    private static Optional<String> copy(Allocation copy, Cluster before) {
        Optional<Allocation> was =
                Cluster.jobOf(copy).flatMap(job -> before.allocationsOf(job).get(copy.id()));
        String title = title(copy);
        if (was.isEmpty()) {
            return Optional.of("+ " + title + (copy.spec().canary() ? " as a canary" : ""));
        }
        boolean lost = copy.status().phase() == AllocationPhase.LOST;
        if (copy.spec().desired() != was.get().spec().desired() && !lost) {
            String verb = copy.status().phase().terminal() ? "  is given up: " : "  stops: ";
            boolean run = copy.spec().desired() == DesiredState.RUN;
            return Optional.of((run ? "+ " : "- ") + title + verb + copy.spec().desiredBecause());
        }
        if (was.get().spec().canary() && !copy.spec().canary()) {
            return Optional.of("^ " + title + "  is promoted");
        }
        if (copy.status().phase() != was.get().status().phase()) {
            return Optional.of(
                    "~ %s  is %s: %s"
                            .formatted(
                                    title, word(copy.status().phase()), copy.status().because()));
        }
        return copy.spec().equals(was.get().spec())
                ? Optional.of("~ " + title + "  is as it was: " + copy.status().because())
                : Optional.of("= " + title + "  goes on under the new version");
    }

    static String title(Allocation copy) {
        String group = copy.spec().group();
        return "%s%s[%d].%d of version %d on %s"
                .formatted(
                        copy.spec().jobName(),
                        group.equals("main") ? "" : "." + group,
                        copy.spec().index(),
                        copy.spec().attempt(),
                        copy.spec().jobVersion(),
                        copy.spec().node());
    }

    /// Only what its owner would want to know: why it is not ready.
    private static Optional<String> job(Job job, Cluster before) {
        return job.status().conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .filter(c ->
                        before.job(job.name()).stream()
                                .flatMap(old -> old.status().conditions().stream())
                                .noneMatch(o ->
                                        o.type().equals("Ready")
                                                && o.message().equals(c.message())))
                .map(c ->
                        "job %s is %s: %s"
                                .formatted(
                                        job.metadata().name(),
                                        c.status().equals("True") ? "ready" : "not ready",
                                        c.message()))
                .findFirst();
    }

    static String word(Enum<?> some) {
        return some.name().toLowerCase(Locale.ROOT);
    }
}
