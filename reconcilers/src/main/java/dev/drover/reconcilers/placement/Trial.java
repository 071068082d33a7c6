package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.TaskGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Tries what would give one more copy of a group a place, on what is free now.
final class Trial {
    /// Changes that are shown: the best of each kind, so that people have a choice.
    private static final int HELPS_MAX = 4;

    private final Ask ask;
    private final Room room;
    private final Siblings siblings;

    /// @param copies of the job, those included that were placed in `room` just now
    Trial(JobSpec job, TaskGroup group, Room room, List<Allocation> copies) {
        this.ask = Ask.of(job, group);
        this.room = room;
        this.siblings = new Siblings(room, group.name(), copies, ask);
    }

    Room room() {
        return room;
    }

    /// Why each node does not take one more.
    SortedMap<String, Refusal> refusals() {
        return Scheduler.refusals(new Search(ask, room, siblings));
    }

    /// A change and how much it asks of people.
    ///
    /// @param cost 0 for nothing, 1 for a copy's whole demand, more for what hurts others
    private record Tried(Help help, double cost) {}

    /// The smallest changes that help, best first, at most one of each kind.
    List<Help> helps(SortedMap<String, Refusal> refusals) {
        List<Tried> helps = new ArrayList<>();
        best(refusals, this::askLess).ifPresent(helps::add);
        best(refusals, this::openNode).ifPresent(helps::add);
        best(refusals, this::dropConstraint).ifPresent(helps::add);
        best(refusals, this::stopOther).ifPresent(helps::add);
        if (helps.isEmpty()) {
            Ask.Demand demand = ask.demand();
            helps.add(
                    new Tried(
                            new Help.AddNode(demand.cpu(), demand.memoryMib(), demand.diskMib()),
                            10));
        }
        return helps.stream()
                .sorted(Comparator.comparingDouble(Tried::cost))
                .limit(HELPS_MAX)
                .map(Tried::help)
                .toList();
    }

    private interface Attempt {
        Optional<Tried> on(int node, Refusal refusal);
    }

    private Optional<Tried> best(SortedMap<String, Refusal> refusals, Attempt attempt) {
        Optional<Tried> best = Optional.empty();
        for (Map.Entry<String, Refusal> entry : refusals.entrySet()) {
            Optional<Tried> tried =
                    room.number(entry.getKey()).flatMap(n -> attempt.on(n, entry.getValue()));
            if (tried.isPresent() && (best.isEmpty() || tried.get().cost < best.get().cost)) {
                best = tried;
            }
        }
        return best;
    }

    /// Less of the one resource that is short; as much of it as the node has.
    private Optional<Tried> askLess(int node, Refusal refusal) {
        if (!(refusal instanceof Refusal.Exhausted lack) || lack.free() <= 0) {
            return Optional.empty();
        }
        int to = (int) lack.free();
        Ask.Demand all = ask.demand();
        Ask.Demand less =
                switch (lack.resource()) {
                    case "cpu" ->
                            new Ask.Demand(to, 0, all.memoryMib(), all.diskMib(), all.ports());
                    case "memory" ->
                            new Ask.Demand(all.cpu(), all.cores(), to, all.diskMib(), all.ports());
                    case "disk" ->
                            new Ask.Demand(
                                    all.cpu(), all.cores(), all.memoryMib(), to, all.ports());
                    default -> all;
                };
        double cost = 1 - (double) to / lack.asked();
        Help help = new Help.AskLess(lack.resource(), lack.unit(), lack.asked(), to, name(node));
        return tried(with(less), node, help, cost);
    }

    private Optional<Tried> openNode(int node, Refusal refusal) {
        boolean helps =
                refusal instanceof Refusal.Ineligible
                        && Filter.first(Filter.SUITED, ask.where(), room.node(node)).isEmpty()
                        && Scheduler.now(new Search(ask, room, siblings), node).isEmpty();
        return helps
                ? Optional.of(new Tried(new Help.OpenNode(name(node)), 0.1))
                : Optional.empty();
    }

    private Optional<Tried> dropConstraint(int node, Refusal refusal) {
        if (!(refusal instanceof Refusal.Unmet unmet)) {
            return Optional.empty();
        }
        Where where = ask.where();
        List<Constraint> rest =
                where.constraints().stream()
                        .filter(c -> !Filter.text(c).equals(unmet.constraint()))
                        .toList();
        Where looser =
                new Where(
                        where.pool(), where.datacenters(), where.drivers(), where.volumes(), rest);
        Ask asked =
                new Ask(
                        looser,
                        ask.demand(),
                        ask.apart(),
                        ask.affinities(),
                        ask.spreads(),
                        ask.count());
        return tried(asked, node, new Help.DropConstraint(unmet.constraint(), name(node)), 0.9);
    }

    /// The smallest resident whose end alone is enough.
    private Optional<Tried> stopOther(int node, Refusal refusal) {
        boolean byOthers =
                refusal instanceof Refusal.Exhausted || refusal instanceof Refusal.PortTaken;
        if (!byOthers) {
            return Optional.empty();
        }
        Optional<Tried> best = Optional.empty();
        for (Allocation other : room.residents(node)) {
            Granted held = other.spec().granted();
            double cost = 1 + size(held, room.node(node).status().resources());
            if (best.isPresent() && best.get().cost <= cost) {
                continue;
            }
            room.giveBack(node, held);
            Help help = new Help.StopOther(other.title(), name(node));
            Optional<Tried> tried = tried(ask, node, help, cost);
            room.take(node, held);
            if (tried.isPresent()) {
                best = tried;
            }
        }
        return best;
    }

    private static double size(Granted held, NodeResources all) {
        return (double) held.cpu() / Math.max(1, all.cpu())
                + (double) held.memoryMib() / Math.max(1, all.memoryMib());
    }

    private Optional<Tried> tried(Ask asked, int node, Help help, double cost) {
        return Scheduler.refusal(new Search(asked, room, siblings), node).isEmpty()
                ? Optional.of(new Tried(help, cost))
                : Optional.empty();
    }

    private Ask with(Ask.Demand demand) {
        return new Ask(
                ask.where(), demand, ask.apart(), ask.affinities(), ask.spreads(), ask.count());
    }

    private String name(int node) {
        return room.node(node).metadata().name();
    }
}
