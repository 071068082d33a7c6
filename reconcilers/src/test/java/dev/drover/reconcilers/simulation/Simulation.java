package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
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
import dev.drover.store.Revision;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// One story told by a seed: people, nodes, faults and loops take turns in an order that the seed
/// chooses. The same seed tells the same story.
final class Simulation {
    /// After the faults: an hour each. Until the longest delay is over, and a dead job is swept.
    private static final int CALM_ROUNDS = 48;

    private static final int TURNS_IN_A_ROUND = 60;

    /// Until the copies of a job have left one after the other.
    private static final Duration MAINTENANCE = Duration.ofMinutes(6);

    /// What a node does between two reports when nothing disturbs it.
    private static final int WORKS = 8;

    /// Until each node of a rack has had its turn, what it held runs elsewhere, and is healthy.
    private static final int OUTAGE_MINUTES = 5;

    private final SplittableRandom random;
    private final Trace trace = new Trace();
    private final Tables tables;
    private final Truth truth;
    private final People people;
    private final Holders holders;
    private final Invariants invariants = new Invariants();
    private final Machines machines;
    private final Map<String, Reconciler> loops = new LinkedHashMap<>();
    private final Map<String, Set<ResourceName>> dirty = new HashMap<>();
    private final Map<String, Map<ResourceName, Instant>> alarms = new HashMap<>();
    private Wakes toPlace = Wakes.none();
    private final List<ClusterChange> unseen = new ArrayList<>();
    private Committing commits;
    private Optional<Committing> replaced = Optional.empty();
    private Cluster view = Cluster.empty();
    private Revision placed = Revision.NONE;
    private Instant now = Sketch.NOON;
    private boolean calm;

    Simulation(long seed) {
        random = new SplittableRandom(seed);
        MemoryStore store = new MemoryStore("simulation", () -> now);
        tables = new Tables(store);
        truth = new Truth(tables);
        people = new People(tables, random);
        holders = new Holders(tables, random);
        machines = new Machines(tables, random);
        commits = new Committing(tables, "leader");
        loops.put("restart", new RestartReconciler());
        loops.put("deployment", new DeploymentReconciler());
        loops.put("absence", new AbsenceReconciler());
        loops.put("drain", new DrainReconciler());
        loops.put("periodic", new PeriodicReconciler());
        loops.put("sweep", new SweepReconciler(Ages.USUAL));
        for (String loop : loops.keySet()) {
            alarms.put(loop, new TreeMap<>());
        }
        people.configure();
        after("the cluster begins");
        see();
    }

    /// What happened.
    Trace trace() {
        return trace;
    }

    /// Steps with faults, then calm until rest; throws what did not hold.
    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            after(step());
        }
        rest();
    }

    private String step() {
        now = now.plusSeconds(random.nextInt(4));
        ring();
        return switch (random.nextInt(41)) {
            case 0, 1, 2, 3, 4 -> people.act(truth.cluster(), now);
            case 5, 6, 7, 8, 9, 10 -> place();
            case 11, 12, 13, 14, 15, 16 -> loop();
            case 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28 ->
                    machines.visit(machines.any(), truth.cluster(), now);
            case 29, 30, 31, 32, 33 -> see();
            case 34 -> machines.fault(machines.any(), now);
            case 35 -> later();
            case 36 -> machines.eligibility(machines.any(), now);
            case 40 -> holders.act(truth.cluster(), now);
            case 37 -> random.nextInt(3) == 0 ? restart() : see();
            default -> machines.notice(now);
        };
    }

    private void after(String what) {
        List<ClusterChange> changes = truth.catchUp();
        if (!calm || !changes.isEmpty()) {
            trace.add(now, what, changes);
        }
        unseen.addAll(changes);
        if (!changes.isEmpty()) {
            invariants.check(truth.cluster(), changes);
        }
    }

    // ---- the loops

    /// The view catches up; whoever is concerned becomes dirty.
    private String see() {
        view = truth.cluster();
        List<ClusterChange> changes = List.copyOf(unseen);
        unseen.clear();
        toPlace = toPlace.and(Wakes.of(changes, view));
        loops.forEach((name, loop) ->
                changes.forEach(change -> {
                    loop.concerns(change, view).forEach(n -> dirty(name).add(n));
                    if (change.newest() instanceof Hold hold
                            && hold.spec().kind() == loop.primary()) {
                        dirty(name).add(hold.target());
                    }
                }));
        return "view at " + view.revision();
    }

    private Set<ResourceName> dirty(String loop) {
        return dirty.computeIfAbsent(loop, _ -> new TreeSet<>());
    }

    private String place() {
        if (view.revision().before(placed)) {
            return "placer waits until its view has what it wrote";
        }
        List<Placer.Turn> all = Placer.decide(view, toPlace, now);
        all.forEach(turn -> Invariants.respectsHolds(turn, view, now));
        List<Placer.Turn> turns =
                all.stream().filter(turn -> !turn.decision().actions().isEmpty()).toList();
        between(turns.stream().map(Placer.Turn::job).toList(), victims(turns));
        List<Commit> answers = commits.all(turns.stream().map(Placer.Turn::decision).toList());
        StringBuilder line = new StringBuilder("placer");
        Set<ResourceName> lost = new TreeSet<>();
        for (int i = 0; i < turns.size(); i++) {
            Placer.Turn turn = turns.get(i);
            line.append("; %s: %s".formatted(turn.job(), turn.decision().because()));
            if (answers.get(i) instanceof Commit.Done done) {
                placed = done.revision();
            } else {
                line.append(" (lost a race)");
                lost.add(turn.job());
            }
        }
        toPlace = Placer.rest(toPlace, all, lost::contains);
        return line.toString();
    }

    /// The jobs whose copies are told to leave for others.
    private static List<ResourceName> victims(List<Placer.Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.decision().actions().stream())
                .filter(action ->
                        action.resource() instanceof Allocation copy
                                && copy.spec().desired() == DesiredState.EVICT)
                .flatMap(action -> Cluster.jobOf(action.resource()).stream())
                .distinct()
                .toList();
    }

    /// Somebody writes between decisions about jobs and their transactions: as often as not what
    /// makes a victim none.
    private void between(List<ResourceName> jobs, List<ResourceName> victims) {
        if (calm || jobs.isEmpty() || random.nextBoolean()) {
            return;
        }
        if (!victims.isEmpty() && random.nextBoolean()) {
            after(people.urge(victims.getFirst(), truth.cluster(), now));
            return;
        }
        after(
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> machines.eligibility(machines.any(), now);
                    case 3 -> machines.visit(machines.any(), truth.cluster(), now);
                    case 4 -> machines.illness(copies(jobs), now);
                    default -> people.meddle(jobs, truth.cluster(), now);
                });
    }

    private List<Allocation> copies(List<ResourceName> jobs) {
        return jobs.stream().flatMap(job -> truth.cluster().allocationsOf(job).stream()).toList();
    }

    private String loop() {
        List<String> busy = loops.keySet().stream().filter(loop -> !dirty(loop).isEmpty()).toList();
        return busy.isEmpty()
                ? "no loop has anything to do"
                : loop(busy.get(random.nextInt(busy.size())));
    }

    private String loop(String loop) {
        ResourceName name = dirty(loop).iterator().next();
        dirty(loop).remove(name);
        Decision decision =
                Holds.respected(
                        reconciler(loop).decide(name, view, now),
                        reconciler(loop).primary(),
                        name,
                        view,
                        now);
        decision.lookAgain()
                .ifPresent(when ->
                        alarms.computeIfAbsent(loop, _ -> new TreeMap<>())
                                .merge(name, when, Simulation::earlier));
        String line = "%s %s: %s".formatted(loop, name, decision.because());
        if (!decision.actions().isEmpty()
                && !(commits.all(List.of(decision)).getFirst() instanceof Commit.Done)) {
            dirty(loop).add(name);
            return line + " (lost a race)";
        }
        return line;
    }

    private Reconciler reconciler(String loop) {
        return Optional.ofNullable(loops.get(loop)).orElseThrow();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void ring() {
        toPlace = toPlace.and(holders.over(view, now));
        alarms.forEach((loop, byName) ->
                byName.entrySet()
                        .removeIf(alarm -> {
                            boolean due = !now.isBefore(alarm.getValue());
                            if (due) {
                                dirty(loop).add(alarm.getKey());
                            }
                            return due;
                        }));
    }

    /// The server restarts: everything it had in memory is gone. The old one may try once more.
    private String restart() {
        replaced = Optional.of(commits);
        commits = new Committing(tables, "leader");
        List<Placer.Turn> late = Placer.decide(view, toPlace, now);
        for (Placer.Turn turn : late) {
            if (!turn.decision().actions().isEmpty()
                    && replaced.get().all(List.of(turn.decision())).getFirst()
                            instanceof Commit.Done) {
                throw new AssertionError("a replaced server wrote: " + turn);
            }
        }
        dirty.values().forEach(Set::clear);
        alarms.values().forEach(Map::clear);
        unseen.clear();
        Cluster all = new Truth(tables).cluster();
        view = truth.cluster();
        if (!same(all, view)) {
            throw new AssertionError("the view read anew is another than the one carried on");
        }
        toPlace = Wakes.all(view);
        toPlace.jobs().forEach(this::everybody);
        view.nodes().forEach(node -> dirty("absence").add(node.name()));
        view.nodes().forEach(node -> dirty("drain").add(node.name()));
        return "the server restarts";
    }

    private void everybody(ResourceName job) {
        dirty("restart").add(job);
        dirty("deployment").add(job);
        dirty("sweep").add(job);
        dirty("periodic").add(job);
    }

    private static boolean same(Cluster one, Cluster other) {
        return list(one.jobs()).equals(list(other.jobs()))
                && list(one.nodes()).equals(list(other.nodes()))
                && list(one.waiting()).equals(list(other.waiting()))
                && residents(one).equals(residents(other));
    }

    private static <V> List<V> list(Iterable<V> values) {
        List<V> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    private static String residents(Cluster cluster) {
        StringBuilder text = new StringBuilder();
        cluster.residents()
                .forEach(r -> text.append(r.cpu()).append(' ').append(list(r.allocations())));
        return text.toString();
    }

    private String later() {
        now = now.plusSeconds(60L * random.nextInt(20));
        return "time passes";
    }

    // ---- the end

    /// No more faults: everything must come to rest, and rest must be what is wanted.
    private void rest() {
        if (random.nextBoolean()) {
            outage();
        }
        calm = true;
        boolean oneIsGone = random.nextInt(3) == 0;
        machines.end(oneIsGone);
        if (oneIsGone) {
            now = now.plus(Machines.GRACE.multipliedBy(2));
        }
        machines.open(truth.cluster(), random.nextInt(3) == 0);
        holders.release(truth.cluster());
        people.stopClocks(truth.cluster(), now);
        after("the faults stop: " + machines.notice(now));
        machines.forgetSilent();
        settle(random.nextBoolean());
        Invariants.rest(truth.cluster(), machines.running(), now);
        if (random.nextBoolean()) {
            maintenance();
            settle(false);
            Invariants.rest(truth.cluster(), machines.running(), now);
        }
    }

    /// Hour by hour until nothing moves.
    ///
    /// @param failing whether everything fails in the first of them
    private void settle(boolean failing) {
        int quiet = 0;
        for (int round = 0; round < CALM_ROUNDS && quiet < 6; round++) {
            now = now.plus(Duration.ofHours(1));
            if (round == 0 && failing) {
                machines.restart(now); // the last fault
            }
            quiet = round() ? quiet + 1 : 0;
        }
        if (quiet < 6) {
            throw new AssertionError("no rest after " + CALM_ROUNDS + " hours");
        }
    }

    /// A rack is emptied in peace, while its jobs run: by and by, each node doing one thing at a
    /// time. Somebody may hold a job until the deadline is over. Then the rack is open again.
    private void maintenance() {
        after(random.nextBoolean() ? holders.keep(truth.cluster()) : "nobody holds anything");
        after(machines.empty(machines.any(), now.plus(MAINTENANCE)));
        for (Instant end = now.plus(MAINTENANCE); !now.isAfter(end); ) {
            now = now.plusSeconds(10);
            everybodyOnce(1);
        }
        holders.release(truth.cluster());
        after("nobody holds anything any more");
        settle(false);
        Invariants.rest(truth.cluster(), machines.running(), now);
        machines.open(truth.cluster(), false);
        after("the rack is open again");
    }

    /// A rack falls silent just before the faults stop, for long enough that everybody acts on it:
    /// whatever may come back does. What ran there does so all the while, so nothing but its return
    /// is told.
    private void outage() {
        machines.calm();
        String what = machines.rack(machines.any(), true);
        now = now.plus(Machines.GRACE.multipliedBy(2));
        after(what + ": " + machines.notice(now));
        for (int minute = 0; minute < OUTAGE_MINUTES; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            everybodyOnce(WORKS);
        }
    }

    /// Turns for everybody until nothing moves. Answers whether nothing did from the first.
    private boolean round() {
        boolean moved = false;
        for (int turn = 0; turn < TURNS_IN_A_ROUND; turn++) {
            var before = truth.cluster().revision();
            everybodyOnce(WORKS);
            boolean idle = toPlace.isEmpty() && dirty.values().stream().allMatch(Set::isEmpty);
            if (idle && truth.cluster().revision().equals(before)) {
                return !moved;
            }
            moved |= !truth.cluster().revision().equals(before);
        }
        throw new AssertionError("no end of moves within an hour");
    }

    private void everybodyOnce(int works) {
        people.agree(truth.cluster()).forEach(this::after);
        ring();
        after(see());
        after(place());
        for (String loop : loops.keySet()) {
            for (int i = dirty(loop).size(); i > 0; i--) {
                after(loop(loop));
            }
        }
        machines.each(node -> {
            after(machines.told(node, truth.cluster()));
            for (int i = 0; i < works; i++) {
                machines.work(node, truth.cluster(), now);
            }
            after(machines.report(node, now));
        });
    }
}
