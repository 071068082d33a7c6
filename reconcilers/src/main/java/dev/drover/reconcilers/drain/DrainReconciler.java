package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that empties drained nodes: it says who leaves, and the placer finds new places.
public final class DrainReconciler implements Reconciler {
    /// Copies that leave in one turn, each with its whole status.
    private static final int ACTIONS_MAX = 500;

    @Override
    public Kind primary() {
        return Kind.NODE;
    }

    /// A drained node, and whatever happens to a copy whose group is on one.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        if (change.newest() instanceof Node node) {
            return node.spec().drain().stream().map(_ -> node.name());
        }
        if (change.newest() instanceof Allocation copy) {
            return cluster.draining().stream()
                    .filter(node -> shares(node, copy, cluster))
                    .map(Node::name);
        }
        return Stream.empty();
    }

    private static boolean shares(Node node, Allocation copy, Cluster cluster) {
        String name = node.metadata().name();
        return copy.spec().node().equals(name)
                || cluster.residentsOf(name).allocations().stream()
                        .anyMatch(held -> held.spec().jobUid().equals(copy.spec().jobUid()));
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Node> node = cluster.nodes().get(name.name());
        Optional<DrainView> view = node.flatMap(some -> DrainView.of(some, cluster));
        if (node.isEmpty() || view.isEmpty()) {
            return Decision.nothing("nobody drains it");
        }
        return switch (Drain.next(view.get(), now)) {
            case DrainStep.Leave(List<Allocation> copies, String because, var deadline) ->
                    leaving(
                            copies.stream().filter(copy -> free(copy, cluster, now)).toList(),
                            copies.size(),
                            because,
                            deadline,
                            now);
            case DrainStep.Wait(String because, var deadline) ->
                    new Decision(List.of(), because, deadline);
            case DrainStep.Done() -> Decision.of(List.of(empty(node.get())), "the node is empty");
        };
    }

    /// Whether nobody holds its job.
    private static boolean free(Allocation copy, Cluster cluster, Instant now) {
        return Cluster.jobOf(copy).flatMap(job -> cluster.heldBy(Kind.JOB, job, now)).isEmpty();
    }

    private static Decision leaving(
            List<Allocation> copies,
            int all,
            String because,
            Optional<Instant> deadline,
            Instant now) {
        if (copies.isEmpty()) {
            return new Decision(
                    List.of(), all + " allocations stay: their jobs are held", deadline);
        }
        return new Decision(
                leave(copies, because),
                copies.size() + " allocations leave: " + because,
                copies.size() > ACTIONS_MAX ? Optional.of(now) : deadline);
    }

    private static List<Action> leave(List<Allocation> copies, String because) {
        List<Action> actions = new ArrayList<>();
        copies.stream()
                .limit(ACTIONS_MAX)
                .map(copy -> copy.withSpec(copy.spec().stopped(DesiredState.STOP, because)))
                .map(Action.Replace::new)
                .forEach(actions::add);
        return actions;
    }

    /// Drained, and closed until somebody opens it.
    private static Action empty(Node node) {
        return new Action.Replace(node.withSpec(new NodeSpec(false, Optional.empty())));
    }
}
