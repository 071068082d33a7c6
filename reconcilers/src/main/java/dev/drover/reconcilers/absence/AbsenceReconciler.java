package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.Sorted;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    /// A node that falls silent or is heard again, and what is placed on one in the moment it falls
    /// silent.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        if (change.newest() instanceof Node node) {
            boolean was = change.before().filter(AbsenceReconciler::silent).isPresent();
            return was || silent(node) ? Stream.of(node.name()) : Stream.empty();
        }
        if (change.newest() instanceof Allocation copy && copy.occupies()) {
            Sorted<String, Node> nodes = unknown(copy) ? cluster.nodes() : cluster.silent();
            return nodes.get(copy.spec().node()).stream().map(Node::name);
        }
        return Stream.empty();
    }

    private static boolean unknown(Allocation copy) {
        return copy.status().phase() == AllocationPhase.UNKNOWN;
    }

    private static boolean silent(Resource node) {
        return node instanceof Node some && some.status().phase().silent();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Node> node = cluster.nodes().get(name.name());
        if (node.isEmpty()) {
            return Decision.nothing("there is no such node");
        }
        List<AbsenceStep> steps = Absence.next(AbsenceView.of(node.get(), cluster), now);
        List<Action> said = steps.stream().flatMap(step -> action(step, now).stream()).toList();
        Optional<Instant> next =
                said.size() > ACTIONS_MAX
                        ? Optional.of(now)
                        : steps.stream()
                                .flatMap(step -> step.next().stream())
                                .min(Comparator.naturalOrder());
        Optional<Action> row = row(node.get(), steps);
        if (said.isEmpty() && row.isEmpty()) {
            return new Decision(List.of(), "nothing new has to be said for the node", next);
        }
        List<Action> actions = new ArrayList<>();
        actions.add(row.orElseGet(() -> new Action.Unchanged(node.get())));
        said.stream().limit(ACTIONS_MAX).forEach(actions::add);
        return new Decision(actions, said.size() + " allocations of a silent node", next);
    }

    /// A silent node is disconnected as long as something of it may come back.
    private static Optional<Action> row(Node node, List<AbsenceStep> steps) {
        if (!silent(node)) {
            return Optional.empty();
        }
        boolean returns = steps.stream().anyMatch(step -> step.next().isPresent());
        NodePhase phase = returns ? NodePhase.DISCONNECTED : NodePhase.DOWN;
        NodeStatus status = node.status();
        return status.phase() == phase
                ? Optional.empty()
                : Optional.of(
                        new Action.Replace(
                                node.withStatus(
                                        status.in(phase, status.because(), Instant.EPOCH)
                                                .since(status.since()))));
    }

    /// Empty when that is what is said already.
    private static Optional<Action> action(AbsenceStep step, Instant now) {
        return switch (step) {
            case AbsenceStep.Lost(Allocation allocation, String because) ->
                    written(allocation, allocation.lost(because, now));
            case AbsenceStep.Unknown(Allocation allocation, String because, _) ->
                    written(allocation, said(allocation, AllocationPhase.UNKNOWN, because));
            case AbsenceStep.Back(Allocation allocation, String because) ->
                    written(allocation, said(allocation, asBefore(allocation), because));
            case AbsenceStep.Wait _ -> Optional.empty();
        };
    }

    /// What its node said last of its tasks.
    private static AllocationPhase asBefore(Allocation allocation) {
        return allocation.status().tasks().values().stream()
                        .anyMatch(task -> task.phase() == TaskPhase.RUNNING)
                ? AllocationPhase.RUNNING
                : AllocationPhase.PENDING;
    }

    private static Allocation said(Allocation allocation, AllocationPhase phase, String because) {
        AllocationStatus before = allocation.status();
        return allocation.withStatus(
                new AllocationStatus(
                        phase,
                        because,
                        before.tasks(),
                        before.healthy(),
                        before.reported(),
                        Optional.empty()));
    }

    private static Optional<Action> written(Allocation before, Allocation after) {
        return after.equals(before) ? Optional.empty() : Optional.of(new Action.Replace(after));
    }
}
