package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Granted;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Chooses a node for a copy: of a sample of those that may take it the one with the best score.
/// Pure: the same ask, room and seed choose the same node.
final class Scheduler {
    /// How many nodes that fit are compared. Sixteen at random pack a cluster as full as all of
    /// them would: the best of all always is the same few nodes, which end without memory or
    /// without cpu.
    private static final int SAMPLE = 16;

    /// The sample where copies are drawn to some nodes: enough to meet each of some twenty values.
    private static final int SAMPLE_WITH_PREFERENCES = 100;

    /// One question to a node about this very copy.
    private interface Check {
        Optional<Refusal> refuse(Ask ask, Room room, Siblings siblings, int node);
    }

    /// What only this moment can answer, cheapest first.
    private static final List<Check> NOW =
            List.of(
                    (ask, room, _, node) -> room(ask, room, node),
                    (ask, _, siblings, node) -> distinctHosts(ask, siblings, node),
                    Scheduler::distinctProperties,
                    (ask, room, _, node) -> Ports.refuse(ask, room, node));

    private Scheduler() {}

    /// Whether one of these nodes takes a copy.
    static boolean fits(Ask ask, Room room, Siblings siblings, BitSet nodes) {
        BitSet suited = (BitSet) room.suited(ask.where()).clone();
        suited.and(nodes);
        return suited.stream().anyMatch(node -> now(ask, room, siblings, node).isEmpty());
    }

    /// Finds a place and takes it, or says why there is none.
    ///
    /// @param avoid the node where the slot's last copy failed: taken when nothing else is as good
    /// @param seed where the sample begins; one for each copy
    static Placement place(
            Ask ask, Room room, Siblings siblings, Optional<String> avoid, long seed) {
        int best = best(ask, room, siblings, avoid.flatMap(room::number).orElse(-1), seed);
        return best < 0
                ? new Placement.Blocked(refusals(ask, room, siblings))
                : take(ask, room, siblings, best, seed);
    }

    /// Takes a place on this very node, if it may.
    static Placement placeOn(Ask ask, Room room, Siblings siblings, int node, long seed) {
        Optional<Refusal> refusal = refusal(ask, room, siblings, node);
        if (refusal.isEmpty()) {
            return take(ask, room, siblings, node, seed);
        }
        SortedMap<String, Refusal> because = new TreeMap<>();
        because.put(room.node(node).metadata().name(), refusal.get());
        return new Placement.Blocked(because);
    }

    private static int best(Ask ask, Room room, Siblings siblings, int avoid, long seed) {
        BitSet suited = room.suited(ask.where());
        boolean prefers = !ask.affinities().isEmpty() || !ask.spreads().isEmpty();
        int sample = prefers ? SAMPLE_WITH_PREFERENCES : SAMPLE;
        int size = room.size();
        int start = size == 0 ? 0 : (int) Math.floorMod(seed, (long) size);
        int best = -1;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < size && sample > 0; k++) {
            int node = start + k < size ? start + k : start + k - size;
            if (!suited.get(node) || now(ask, room, siblings, node).isPresent()) {
                continue;
            }
            sample--;
            double score =
                    Score.total(new Score.Candidate(ask, room, siblings, node, node == avoid));
            if (score > bestScore) {
                bestScore = score;
                best = node;
            }
        }
        return best;
    }

    private static Placement take(Ask ask, Room room, Siblings siblings, int node, long seed) {
        Granted granted =
                new Granted(
                        ask.demand().cpuOn(room.node(node).status().resources()),
                        ask.demand().memoryMib(),
                        ask.demand().diskMib(),
                        Ports.grant(ask, room, node, seed));
        room.take(node, granted);
        siblings.add(node);
        return new Placement.Placed(room.node(node).metadata().name(), granted);
    }

    /// Why each node does not take the copy.
    static SortedMap<String, Refusal> refusals(Ask ask, Room room, Siblings siblings) {
        SortedMap<String, Refusal> because = new TreeMap<>();
        for (int node = 0; node < room.size(); node++) {
            String name = room.node(node).metadata().name();
            refusal(ask, room, siblings, node).ifPresent(refusal -> because.put(name, refusal));
        }
        return because;
    }

    /// Why this node does not take the copy; empty when it does.
    static Optional<Refusal> refusal(Ask ask, Room room, Siblings siblings, int node) {
        return Filter.first(Filter.READY, ask.where(), room.node(node))
                .or(() -> Filter.first(Filter.SUITED, ask.where(), room.node(node)))
                .or(() -> now(ask, room, siblings, node));
    }

    /// What only this moment can answer: room, other copies, ports.
    static Optional<Refusal> now(Ask ask, Room room, Siblings siblings, int node) {
        for (Check check : NOW) {
            Optional<Refusal> refusal = check.refuse(ask, room, siblings, node);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> room(Ask ask, Room room, int node) {
        int cpu = ask.demand().cpuOn(room.node(node).status().resources());
        if (cpu > room.cpu(node)) {
            return Optional.of(new Refusal.Exhausted("cpu", "MHz", cpu, room.cpu(node)));
        }
        if (ask.demand().memoryMib() > room.memoryMib(node)) {
            return Optional.of(
                    new Refusal.Exhausted(
                            "memory", "MiB", ask.demand().memoryMib(), room.memoryMib(node)));
        }
        if (ask.demand().diskMib() > room.diskMib(node)) {
            return Optional.of(
                    new Refusal.Exhausted(
                            "disk", "MiB", ask.demand().diskMib(), room.diskMib(node)));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> distinctHosts(Ask ask, Siblings siblings, int node) {
        if (ask.apart().hostsOfJob() && siblings.ofJobOn(node) > 0) {
            return Optional.of(new Refusal.Shared("another allocation of the job"));
        }
        if (ask.apart().hosts() && siblings.ofGroupOn(node) > 0) {
            return Optional.of(new Refusal.Shared("another allocation of the group"));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> distinctProperties(
            Ask ask, Room room, Siblings siblings, int node) {
        for (Ask.Limit limit : ask.apart().properties()) {
            Optional<String> value = Properties.of(room.node(node), limit.property());
            if (value.isEmpty()) {
                return Optional.of(
                        new Refusal.Unmet("distinct_property " + limit.property(), value));
            }
            int used =
                    limit.ofJob()
                            ? siblings.ofJobWith(limit.property(), value.get())
                            : siblings.ofGroupWith(limit.property(), value.get());
            if (used >= limit.allowed()) {
                return Optional.of(
                        new Refusal.PropertyUsed(
                                limit.property(), value.get(), used, limit.allowed()));
            }
        }
        return Optional.empty();
    }
}
