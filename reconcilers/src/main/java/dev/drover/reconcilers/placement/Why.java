package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.deployment.Deployments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// Why copies of a group have no place: for every node, together, and what would help. Worked out
/// anew by the scheduler on whatever view it is given, of now or of some other time.
///
/// @param wanted how many copies the group wants
/// @param together the reasons in groups, and how many copies are without a place
/// @param nodes every node's own reason, by name
/// @param helps the smallest changes that would give one more copy a place, best first; each was
///   tried
public record Why(
        String group, int wanted, Unplaced together, List<NodeReason> nodes, List<Help> helps) {
    /// One node's reason.
    ///
    /// @param heldBy who holds most of what is short, `job.group[index] amount`, most first; empty
    ///   on nodes that lack more than a thousand others do, and on those that are too small
    public record NodeReason(String node, String reason, List<String> heldBy) {
        /// Takes a copy of the list.
        public NodeReason {
            heldBy = List.copyOf(heldBy);
        }
    }

    /// A job that is to run, as a view has it.
    ///
    /// @param copies those of its present life
    record Present(Job job, JobSpec spec, List<Allocation> copies) {
        Present {
            copies = List.copyOf(copies);
        }

        /// Empty when there is no such job, or it is stopped.
        static Optional<Present> of(ResourceName name, Cluster cluster) {
            return cluster.job(name)
                    .filter(job -> !job.stopped())
                    .flatMap(job ->
                            cluster.spec(job)
                                    .map(spec -> new Present(job, spec, copies(job, cluster))));
        }

        private static List<Allocation> copies(Job job, Cluster cluster) {
            return cluster.allocationsOf(job.name()).stream()
                    .filter(a -> job.metadata().uid().equals(Optional.of(a.spec().jobUid())))
                    .toList();
        }
    }

    /// Takes copies of the lists.
    public Why {
        nodes = List.copyOf(nodes);
        helps = List.copyOf(helps);
    }

    /// An answer for every group of the job that is not fully placed on this view. Empty when there
    /// is no such job or nothing of it is missing.
    public static List<Why> of(ResourceName name, Cluster cluster, Instant now) {
        Optional<Present> present = Present.of(name, cluster);
        if (present.isEmpty()) {
            return List.of();
        }
        Job job = present.get().job();
        JobSpec spec = present.get().spec();
        Room room = Room.of(cluster, now);
        var context = new GroupPlacer.TurnContext("", now, Deployments.of(job, cluster));
        GroupPlacer placer = new GroupPlacer(cluster, room, job, spec, context);
        List<Allocation> copies = new ArrayList<>(present.get().copies());
        boolean together = spec.allAtOnce().orElse(false);
        List<Why> answers = new ArrayList<>();
        for (TaskGroup group : spec.groups()) {
            GroupTurn turn = placer.decide(group, copies, Integer.MAX_VALUE);
            copies.addAll(turn.placing().placed());
            int waiting = together ? turn.placing().placed().size() : 0;
            turn.placing()
                    .unplaced()
                    .map(Unplaced::count)
                    .map(count -> why(turn, count, waiting, new Trial(spec, group, room, copies)))
                    .ifPresent(answers::add);
        }
        return answers;
    }

    /// @param waiting those that would have a place, and wait for the others
    private static Why why(GroupTurn turn, int count, int waiting, Trial trial) {
        List<NodeReason> nodes = new ArrayList<>();
        for (Trial.Refused node : trial.refused()) {
            nodes.add(
                    new NodeReason(
                            node.name(),
                            node.refusal().text(),
                            trial.isNear(node) ? heldBy(trial, node) : List.of()));
        }
        return new Why(
                turn.name(),
                turn.desired(),
                Refusals.allAtOnce(Refusals.grouped(count, trial.refusals()), waiting),
                nodes,
                trial.helps());
    }

    private static List<String> heldBy(Trial trial, Trial.Refused node) {
        if (node.refusal() instanceof Refusal.NoDevice lack) {
            return trial.deviceHolders(node.number(), lack.device());
        }
        if (!(node.refusal() instanceof Refusal.Exhausted lack)) {
            return List.of();
        }
        ToIntFunction<Granted> amount = Trial.amount(lack.resource());
        return trial.holders(node.number(), lack.resource()).stream()
                .map(holder ->
                        holder.full().title()
                                + ' '
                                + Refusal.amount(
                                        amount.applyAsInt(holder.granted()),
                                        lack.unit().isEmpty() ? lack.resource() : lack.unit()))
                .toList();
    }

    /// The answer as lines for a terminal.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                "group %s: %d of %d have no place, %d nodes were asked\n"
                        .formatted(group, together.count(), wanted, together.nodesEvaluated()));
        for (NodeReason node : nodes) {
            text.append("  %s: %s".formatted(node.node(), node.reason()));
            if (!node.heldBy().isEmpty()) {
                text.append("; held by ").append(String.join(", ", node.heldBy()));
            }
            text.append('\n');
        }
        helps.forEach(help -> text.append("  would help: ").append(help.text()).append('\n'));
        return text.toString();
    }
}
