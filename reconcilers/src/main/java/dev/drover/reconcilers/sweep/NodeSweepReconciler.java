package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that removes nodes which are down for long and hold nothing, with the holds on them;
/// and of the others those holds that are over for long.
public final class NodeSweepReconciler implements Reconciler {
    private final Ages ages;

    /// @param ages how long a node is missed, and a hold kept
    public NodeSweepReconciler(Ages ages) {
        this.ages = ages;
    }

    @Override
    public Kind primary() {
        return Kind.NODE;
    }

    /// Nodes that are down. What still holds room there wakes its node when it is over.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        if (change.newest() instanceof Node node) {
            return Stream.of(node.name());
        }
        return change.newest() instanceof Allocation copy && !copy.occupies()
                ? cluster.nodes().get(copy.spec().node()).filter(NodeSweepReconciler::down).stream()
                        .map(Node::name)
                : Stream.empty();
    }

    private static boolean down(Node node) {
        return node.status().phase() == NodePhase.DOWN;
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        List<Hold> holds =
                cluster.holds().stream()
                        .filter(hold -> hold.spec().kind() == Kind.NODE)
                        .filter(hold -> hold.target().equals(name))
                        .toList();
        Decision decision = ofNode(name, holds, cluster, now);
        return decision.actions().isEmpty() ? ofHolds(holds, decision, now) : decision;
    }

    /// Those that are over, or when the next one is.
    private Decision ofHolds(List<Hold> holds, Decision ofNode, Instant now) {
        List<Action> actions = new ArrayList<>();
        List<Instant> times = new ArrayList<>(ofNode.lookAgain().stream().toList());
        for (Hold hold : holds) {
            Optional<Instant> end = hold.spec().until().map(until -> until.plus(ages.history()));
            if (end.filter(when -> !now.isBefore(when)).isPresent()) {
                actions.add(new Action.Delete(hold));
            } else {
                times.addAll(end.stream().toList());
            }
        }
        return new Decision(
                actions,
                actions.isEmpty() ? ofNode.because() : "holds on it are over",
                times.stream().min(Comparator.naturalOrder()));
    }

    private Decision ofNode(ResourceName name, List<Hold> holds, Cluster cluster, Instant now) {
        Optional<Node> node = cluster.nodes().get(name.name()).filter(NodeSweepReconciler::down);
        if (node.isEmpty()) {
            return Decision.nothing("it is there, or gone already");
        }
        if (!cluster.residentsOf(name.name()).allocations().isEmpty()) {
            return Decision.nothing("what it holds is not known to be over");
        }
        if (!node.get().metadata().finalizers().isEmpty()) {
            return Decision.nothing(
                    "others have yet to clean up: "
                            + String.join(", ", node.get().metadata().finalizers()));
        }
        Optional<Instant> end = node.get().status().since().map(since -> since.plus(ages.node()));
        if (end.isEmpty()) {
            return Decision.nothing("nobody knows since when it is down");
        }
        if (now.isBefore(end.get())) {
            return Decision.wait(end.get(), "it is missed until " + end.get());
        }
        List<Action> actions = new ArrayList<>();
        holds.stream().map(Action.Delete::new).forEach(actions::add);
        actions.add(new Action.Delete(node.get()));
        return Decision.of(actions, "it is down for long, and holds nothing");
    }
}
