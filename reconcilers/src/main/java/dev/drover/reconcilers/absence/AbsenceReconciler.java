package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that writes the status of allocations for nodes that cannot.
public final class AbsenceReconciler implements Reconciler {
    /// Statuses per turn, each with its task events: a transaction stays below its limits.
    private static final int ACTIONS_MAX = 500;

    @Override
    public Kind primary() {
        return Kind.NODE;
    }

    /// A silent node, and what is placed on one in the moment it falls silent.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        Optional<String> node = Optional.empty();
        if (change.newest() instanceof Node some) {
            node = Optional.of(some.metadata().name());
        } else if (change.newest() instanceof Allocation some && some.occupies()) {
            node = Optional.of(some.spec().node());
        }
        return node.filter(name -> silent(name, cluster)).stream().map(ResourceName::cluster);
    }

    private static boolean silent(String node, Cluster cluster) {
        return cluster.nodes()
                .get(node)
                .map(some -> some.status().phase())
                .filter(phase -> phase == NodePhase.DOWN || phase == NodePhase.DISCONNECTED)
                .isPresent();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Node> node = cluster.nodes().get(name.name());
        if (node.isEmpty()) {
            return Decision.nothing("there is no such node");
        }
        List<AbsenceStep> steps = Absence.next(AbsenceView.of(node.get(), cluster));
        if (steps.isEmpty()) {
            return Decision.nothing("nothing has to be said for the node");
        }
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Unchanged(node.get()));
        steps.stream().limit(ACTIONS_MAX).map(step -> action(step, now)).forEach(actions::add);
        return new Decision(
                actions,
                steps.size() + " allocations of a silent node",
                steps.size() > ACTIONS_MAX ? Optional.of(now) : Optional.empty());
    }

    private static Action action(AbsenceStep step, Instant now) {
        return switch (step) {
            case AbsenceStep.Lost(Allocation allocation, String because) ->
                    said(allocation, AllocationPhase.LOST, because, Optional.of(now));
            case AbsenceStep.Unknown(Allocation allocation, String because) ->
                    said(allocation, AllocationPhase.UNKNOWN, because, Optional.empty());
        };
    }

    private static Action said(
            Allocation allocation, AllocationPhase phase, String because, Optional<Instant> end) {
        AllocationStatus before = allocation.status();
        return new Action.Replace(
                allocation.withStatus(
                        new AllocationStatus(
                                phase,
                                because,
                                before.tasks(),
                                Optional.empty(),
                                before.reported(),
                                end)));
    }
}
