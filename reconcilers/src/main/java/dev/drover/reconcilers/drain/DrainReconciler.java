package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.Resource;
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

/// The loop that empties drained nodes: it says who leaves, and the placer finds new places.
public final class DrainReconciler implements Reconciler {
    /// Copies that leave in one turn, each with its whole status.
    private static final int ACTIONS_MAX = 500;

    @Override
    public Kind primary() {
        return Kind.NODE;
    }

    /// A drained node, whatever happens to a copy whose job is on one, and the end of a hold on
    /// such a job, or of another node's drain or of a hold on it.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        if (change.newest() instanceof Node node) {
            boolean ended = change.before().filter(DrainReconciler::drained).isPresent();
            boolean drained = change.after().filter(DrainReconciler::drained).isPresent();
            return ended && !drained
                    ? cluster.draining().stream().map(Node::name)
                    : Stream.of(node.name()).filter(_ -> drained);
        }
        if (change.newest() instanceof Allocation copy) {
            return cluster.draining().stream()
                    .filter(node -> shares(node, copy, cluster))
                    .map(Node::name);
        }
        if (change.newest() instanceof Hold hold) {
            return cluster.draining().stream()
                    .filter(node -> hold.spec().kind() == Kind.NODE || isOn(node, hold, cluster))
                    .map(Node::name);
        }
        return Stream.empty();
    }

    private static boolean drained(Resource node) {
        return node instanceof Node some && some.spec().drain().isPresent();
    }

    private static boolean shares(Node node, Allocation copy, Cluster cluster) {
        String name = node.metadata().name();
        return copy.spec().node().equals(name)
                || cluster.residentsOf(name).allocations().stream()
                        .anyMatch(held -> held.spec().jobUid().equals(copy.spec().jobUid()));
    }

    private static boolean isOn(Node node, Hold hold, Cluster cluster) {
        return cluster.residentsOf(node.metadata().name()).allocations().stream()
                .anyMatch(copy -> Cluster.jobOf(copy).equals(Optional.of(hold.target())));
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Node> node = cluster.nodes().get(name.name());
        Optional<DrainView> view = node.flatMap(some -> DrainView.of(some, cluster, now));
        if (node.isEmpty() || view.isEmpty()) {
            return Decision.nothing("nobody drains it");
        }
        return switch (Drain.next(view.get(), now)) {
            case DrainStep.Leave leave -> leaving(leave, cluster, now);
            case DrainStep.Wait(String because, var deadline) ->
                    new Decision(List.of(), because, deadline);
            case DrainStep.Done() -> Decision.of(List.of(empty(node.get())), "the node is empty");
        };
    }

    /// Those leave whose job nobody holds; the others are looked at again when it is held no more.
    private static Decision leaving(DrainStep.Leave step, Cluster cluster, Instant now) {
        List<Allocation> copies = new ArrayList<>();
        List<Instant> times = new ArrayList<>(step.deadline().stream().toList());
        for (Allocation copy : step.allocations()) {
            Optional<Hold> hold =
                    Cluster.jobOf(copy).flatMap(job -> cluster.heldBy(Kind.JOB, job, now));
            if (hold.isEmpty()) {
                copies.add(copy);
            }
            hold.flatMap(some -> some.spec().until()).ifPresent(times::add);
        }
        Optional<Instant> again = times.stream().min(Comparator.naturalOrder());
        if (copies.isEmpty()) {
            return new Decision(
                    List.of(),
                    step.allocations().size() + " allocations stay: their jobs are held",
                    again);
        }
        List<Action> actions = new ArrayList<>(leave(copies, step.because()));
        step.seen().forEach(seen -> actions.add(new Action.Unchanged(seen)));
        return new Decision(
                actions,
                copies.size() + " allocations leave: " + step.because(),
                copies.size() > ACTIONS_MAX ? Optional.of(now) : again);
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
