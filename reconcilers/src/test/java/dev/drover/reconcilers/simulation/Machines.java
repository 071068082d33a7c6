package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The nodes of a story, and what the controller does for them.
final class Machines {
    /// How long a node may be silent.
    static final Duration GRACE = Duration.ofSeconds(30);

    private final Tables tables;
    private final SplittableRandom random;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private boolean calm;

    Machines(Tables tables, SplittableRandom random) {
        this.tables = tables;
        this.random = random;
        for (String name : List.of("a1", "a2", "a3", "b1", "b2")) {
            nodes.add(new SimulatedNode(name));
            write(new Step.Create(World.withDevices(World.node(name, 2_000, 4_000), "g0", "g1")));
        }
    }

    /// One of them.
    SimulatedNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    void each(Consumer<SimulatedNode> what) {
        nodes.forEach(what);
    }

    /// What a node does in a moment: it need not hear and be heard in the same one.
    String visit(SimulatedNode node, Cluster cluster, Instant now) {
        List<String> lines = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            lines.add(told(node, cluster));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            lines.add(work(node, cluster, now));
        }
        if (random.nextInt(4) > 0) {
            lines.add(report(node, now));
        }
        return String.join(", ", lines);
    }

    String told(SimulatedNode node, Cluster cluster) {
        if (node.silent()) {
            return node.name() + " hears nothing";
        }
        node.told(assigned(node, cluster));
        return node.name() + " is told what to run";
    }

    private static List<Allocation> assigned(SimulatedNode node, Cluster cluster) {
        List<Allocation> assigned = new ArrayList<>();
        for (var ofJob : cluster.byJob()) {
            ofJob.allocations().stream()
                    .filter(a -> a.spec().node().equals(node.name()))
                    .forEach(assigned::add);
        }
        return assigned;
    }

    String work(SimulatedNode node, Cluster cluster, Instant now) {
        node.work(random, copy -> Behaviour.of(copy, cluster), calm, now);
        return node.name() + " works";
    }

    String report(SimulatedNode node, Instant now) {
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

    /// A copy that came after another one falls ill, and its node says so.
    String illness(List<Allocation> copies, Instant now) {
        List<Allocation> followers =
                copies.stream()
                        .filter(Allocation::live)
                        .filter(copy -> copy.spec().previous().isPresent())
                        .filter(copy -> copy.status().healthy().orElse(false))
                        .toList();
        if (followers.isEmpty()) {
            return "nobody falls ill";
        }
        Allocation copy = followers.get(random.nextInt(followers.size()));
        SimulatedNode node =
                nodes.stream()
                        .filter(some -> some.name().equals(copy.spec().node()))
                        .findFirst()
                        .orElseThrow();
        node.fallsIll(copy.id());
        return Stage.title(copy) + " falls ill, " + report(node, now);
    }

    String fault(SimulatedNode node, Instant now) {
        if (random.nextBoolean()) {
            node.restart(now);
            return node.name() + " restarts with nothing running";
        }
        boolean silent = !node.silent();
        if (random.nextInt(4) > 0) {
            node.silent(silent);
            return node.name() + (silent ? " falls silent" : " can be heard again");
        }
        return rack(node, silent);
    }

    /// All nodes of that one's rack fall silent, or can be heard again.
    String rack(SimulatedNode node, boolean silent) {
        String rack = rackOf(node);
        nodes.stream().filter(n -> n.name().startsWith(rack)).forEach(n -> n.silent(silent));
        return "rack " + rack + (silent ? " falls silent" : " can be heard again");
    }

    /// The controller finds out who is silent, and who is back.
    String notice(Instant now) {
        for (SimulatedNode node : nodes) {
            Node known = tables.nodes().get("", node.name()).orElseThrow();
            boolean down = known.status().phase() != NodePhase.READY;
            boolean late = node.silent() && now.isAfter(node.heard().plus(GRACE));
            if (late && !down) {
                phase(known, NodePhase.DOWN, "it was not heard for 30 s", now);
            } else if (!node.silent() && down) {
                node.heard(now);
                phase(known, NodePhase.READY, "it is heard", now);
            }
        }
        return "the controller looks who is there";
    }

    private void phase(Node node, NodePhase phase, String because, Instant now) {
        write(new Step.Replace(node.withStatus(node.status().in(phase, because, now))));
    }

    /// Somebody opens or closes a node, drains it, or drains its rack.
    String eligibility(SimulatedNode node, Instant now) {
        Node known = tables.nodes().get("", node.name()).orElseThrow();
        if (random.nextInt(3) == 0 && known.spec().drain().isEmpty()) {
            DrainSpec drain =
                    new DrainSpec(
                            Optional.of(now.plusSeconds(random.nextInt(600))),
                            random.nextBoolean());
            String which = random.nextBoolean() ? rackOf(node) : node.name();
            nodes.stream().filter(n -> n.name().startsWith(which)).forEach(n -> drain(n, drain));
            return which + " is drained until " + drain.deadline().orElseThrow();
        }
        boolean eligible = !known.ready();
        write(new Step.Replace(known.withSpec(new NodeSpec(eligible, Optional.empty()))));
        return node.name() + " is " + (eligible ? "open" : "closed");
    }

    /// The rack of that one is drained.
    String empty(SimulatedNode node, Instant deadline) {
        DrainSpec drain = new DrainSpec(Optional.of(deadline), true);
        nodes.stream().filter(n -> n.name().startsWith(rackOf(node))).forEach(n -> drain(n, drain));
        return "rack " + rackOf(node) + " is drained until " + deadline;
    }

    private void drain(SimulatedNode node, DrainSpec drain) {
        Node known = tables.nodes().get("", node.name()).orElseThrow();
        write(new Step.Replace(known.withSpec(new NodeSpec(true, Optional.of(drain)))));
    }

    private static String rackOf(SimulatedNode node) {
        return node.name().substring(0, 1);
    }

    private void write(Step... steps) {
        tables.commit(Write.of(steps));
    }

    // ---- the end

    /// Tasks do what is expected of them, and nothing is lost on the way.
    void calm() {
        calm = true;
    }

    /// No more faults: everybody is heard, but for one perhaps that is gone for good.
    void end(boolean oneIsGone) {
        calm();
        nodes.forEach(node -> node.silent(false));
        nodes.getLast().silent(oneIsGone);
    }

    /// Every node takes copies again, but those whose drain goes on.
    void open(Cluster cluster, boolean drainsGoOn) {
        for (Node known : cluster.nodes()) {
            if (known.spec().drain().isEmpty() || !drainsGoOn) {
                write(new Step.Replace(known.withSpec(NodeSpec.open())));
            }
        }
    }

    /// What runs where nobody hears is nobody's any more.
    void forgetSilent() {
        nodes.removeIf(SimulatedNode::silent);
    }

    /// Every machine restarts at once.
    void restart(Instant now) {
        nodes.forEach(node -> node.restart(now));
    }

    /// What runs, by node.
    Map<String, List<String>> running() {
        Map<String, List<String>> running = new TreeMap<>();
        nodes.forEach(node -> running.put(node.name(), node.running()));
        return running;
    }
}
