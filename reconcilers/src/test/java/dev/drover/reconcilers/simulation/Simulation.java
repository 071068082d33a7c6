package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
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
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
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
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// After the faults: an hour each. Until the longest delay is over, and a dead job is swept.
    private static final int CALM_ROUNDS = 48;

    private static final int TURNS_IN_A_ROUND = 60;

    private final SplittableRandom random;
    private final Trace trace = new Trace();
    private final Tables tables;
    private final Truth truth;
    private final People people;
    private final Holders holders;
    private final Invariants invariants = new Invariants();
    private final List<SimulatedNode> nodes = new ArrayList<>();
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
        for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
            nodes.add(new SimulatedNode(name));
            write(new Step.Create(World.withDevices(World.node(name, 2_000, 4_000), "g0", "g1")));
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
            case 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28 -> visit(any());
            case 29, 30, 31, 32, 33 -> see();
            case 34 -> fault(any());
            case 35 -> later();
            case 36 -> eligibility(any());
            case 40 -> holders.act(truth.cluster(), now);
            case 37 -> random.nextInt(3) == 0 ? restart() : see();
            default -> notice();
        };
    }

    /// What a node does in a moment: it need not hear and be heard in the same one.
    private String visit(SimulatedNode node) {
        List<String> lines = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            lines.add(told(node));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            lines.add(work(node));
        }
        if (random.nextInt(4) > 0) {
            lines.add(report(node));
        }
        return String.join(", ", lines);
    }

    private SimulatedNode any() {
        return nodes.get(random.nextInt(nodes.size()));
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
        between();
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
        toPlace = Placer.rest(toPlace, all.stream().map(Placer.Turn::job).toList(), lost::contains);
        return line.toString();
    }

    /// Somebody writes between a decision and its transaction.
    private void between() {
        if (!calm && random.nextInt(4) == 0) {
            boolean closes = random.nextInt(3) == 0;
            after(closes ? eligibility(any()) : people.meddle(truth.cluster(), now));
        }
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

    // ---- nodes, and what the controller does for them

    private String told(SimulatedNode node) {
        if (node.silent()) {
            return node.name() + " hears nothing";
        }
        node.told(assigned(node));
        return node.name() + " is told what to run";
    }

    private List<Allocation> assigned(SimulatedNode node) {
        List<Allocation> assigned = new ArrayList<>();
        for (var copies : truth.cluster().belongings().allocations()) {
            copies.stream().filter(a -> a.spec().node().equals(node.name())).forEach(assigned::add);
        }
        return assigned;
    }

    private String work(SimulatedNode node) {
        node.work(random, copy -> Behaviour.of(copy, truth.cluster()), calm, now);
        return node.name() + " works";
    }

    private String report(SimulatedNode node) {
        if (node.silent()) {
            return node.name() + " is not heard";
        }
        node.heard(now);
        List<SimulatedNode.Report> reports = node.untaken();
        if (!calm && random.nextInt(5) == 0) {
            return node.name() + " reports, and it is lost";
        }
        reports.forEach(this::take);
        if (!calm && random.nextInt(5) == 0) {
            reports.forEach(this::take);
            return node.name() + " reports twice, and the answer is lost";
        }
        reports.stream().mapToLong(SimulatedNode.Report::sequence).max().ifPresent(node::taken);
        return node.name() + " reports " + reports.size();
    }

    /// Older than what is known, or of something that is over: nobody needs it any more.
    private void take(SimulatedNode.Report report) {
        tables.allocations()
                .get(report.namespace(), report.id())
                .filter(known -> known.occupies())
                .filter(known -> known.status().reported() < report.sequence())
                .ifPresent(known -> write(new Step.Replace(known.withStatus(report.status()))));
    }

    private String fault(SimulatedNode node) {
        if (random.nextBoolean()) {
            node.restart(now);
            return node.name() + " restarts with nothing running";
        }
        node.silent(!node.silent());
        return node.name() + (node.silent() ? " falls silent" : " can be heard again");
    }

    /// The controller finds out who is silent, and who is back.
    private String notice() {
        for (SimulatedNode node : nodes) {
            Node known = tables.nodes().get("", node.name()).orElseThrow();
            boolean down = known.status().phase() != NodePhase.READY;
            boolean late = node.silent() && now.isAfter(node.heard().plus(GRACE));
            if (late && !down) {
                phase(known, NodePhase.DOWN, "it was not heard for 30 s");
            } else if (!node.silent() && down) {
                node.heard(now);
                phase(known, NodePhase.READY, "it is heard");
            }
        }
        return "the controller looks who is there";
    }

    private void phase(Node node, NodePhase phase, String because) {
        write(new Step.Replace(node.withStatus(node.status().in(phase, because, now))));
    }

    private String eligibility(SimulatedNode node) {
        Node known = tables.nodes().get("", node.name()).orElseThrow();
        if (random.nextInt(3) == 0 && known.spec().drain().isEmpty()) {
            DrainSpec drain =
                    new DrainSpec(
                            Optional.of(now.plusSeconds(random.nextInt(600))),
                            random.nextBoolean());
            write(new Step.Replace(known.withSpec(new NodeSpec(true, Optional.of(drain)))));
            return node.name() + " is drained until " + drain.deadline().orElseThrow();
        }
        boolean eligible = !known.ready();
        write(new Step.Replace(known.withSpec(new NodeSpec(eligible, Optional.empty()))));
        return node.name() + " is " + (eligible ? "open" : "closed");
    }

    private String later() {
        now = now.plusSeconds(60L * random.nextInt(20));
        return "time passes";
    }

    private void write(Step... steps) {
        tables.commit(Write.of(steps));
    }

    // ---- the end

    /// No more faults: everything must come to rest, and rest must be what is wanted.
    private void rest() {
        calm = true;
        nodes.forEach(node -> node.silent(false));
        boolean oneIsGone = random.nextInt(3) == 0;
        if (oneIsGone) {
            nodes.getLast().silent(true);
            now = now.plus(GRACE.multipliedBy(2));
        }
        boolean drainsGoOn = random.nextInt(3) == 0;
        for (Node known : truth.cluster().nodes()) {
            if (known.spec().drain().isEmpty() || !drainsGoOn) {
                write(new Step.Replace(known.withSpec(NodeSpec.open())));
            }
        }
        holders.release(truth.cluster());
        people.stopClocks(truth.cluster(), now);
        after("the faults stop: " + notice());
        if (oneIsGone) {
            nodes.removeLast(); // what runs there is nobody's any more
        }
        int quiet = 0;
        for (int round = 0; round < CALM_ROUNDS && quiet < 6; round++) {
            now = now.plus(Duration.ofHours(1));
            if (round == 0 && random.nextBoolean()) {
                nodes.forEach(node -> node.restart(now)); // the last fault: everything fails
            }
            quiet = round() ? quiet + 1 : 0;
        }
        if (quiet < 6) {
            throw new AssertionError("no rest after " + CALM_ROUNDS + " hours");
        }
        Map<String, List<String>> running = new TreeMap<>();
        nodes.forEach(node -> running.put(node.name(), node.running()));
        Invariants.rest(truth.cluster(), running, now);
    }

    /// Turns for everybody until nothing moves. Answers whether nothing did from the first.
    private boolean round() {
        boolean moved = false;
        for (int turn = 0; turn < TURNS_IN_A_ROUND; turn++) {
            var before = truth.cluster().revision();
            everybodyOnce();
            boolean idle = toPlace.isEmpty() && dirty.values().stream().allMatch(Set::isEmpty);
            if (idle && truth.cluster().revision().equals(before)) {
                return !moved;
            }
            moved |= !truth.cluster().revision().equals(before);
        }
        throw new AssertionError("no end of moves within an hour");
    }

    private void everybodyOnce() {
        people.agree(truth.cluster()).forEach(this::after);
        ring();
        after(see());
        after(place());
        for (String loop : loops.keySet()) {
            for (int i = dirty(loop).size(); i > 0; i--) {
                after(loop(loop));
            }
        }
        for (SimulatedNode node : nodes) {
            after(told(node));
            for (int i = 0; i < 8; i++) {
                work(node);
            }
            after(report(node));
        }
    }
}
