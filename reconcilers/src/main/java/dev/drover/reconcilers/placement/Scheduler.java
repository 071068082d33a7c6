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
    /// How many nodes that fit are compared. Eight at random pack a cluster fuller than sixteen or
    /// all of them would: the best of many always is one of the same few nodes, which end without
    /// memory or without cpu.
    private static final int SAMPLE = 8;

    /// The sample where copies are drawn to some nodes, which may be few.
    private static final int SAMPLE_WITH_PREFERENCES = 100;

    /// Of a spread for each of its values: a sample misses one of four values in a placement of
    /// some thousand, and the next copy makes up for it.
    private static final int SAMPLE_FOR_VALUE = 8;

    /// Where a copy goes, or why nowhere.
    sealed interface Placement {
        /// It has a place.
        ///
        /// @param node its number
        record Placed(int node, Granted granted) implements Placement {}

        /// It has none now.
        ///
        /// @param because why not, for every node of the cluster by name
        record Blocked(SortedMap<String, Refusal> because) implements Placement {}
    }

    /// One question to a node about this very copy.
    private interface Check {
        Optional<Refusal> refuse(Search search, int node);
    }

    /// What only this moment can answer, cheapest first.
    private static final List<Check> NOW =
            List.of(
                    (search, node) -> room(search.ask(), search.room(), node),
                    (search, node) -> distinctHosts(search.ask(), search.siblings(), node),
                    (search, node) -> distinctProperties(search.ask(), search.siblings(), node),
                    (search, node) -> Ports.refuse(search.ask(), search.room(), node),
                    (search, node) -> Devices.refuse(search.ask(), search.room(), node));

    private Scheduler() {}

    /// Whether one of these nodes takes a copy.
    static boolean fits(Search search, BitSet nodes) {
        return nodes.stream().anyMatch(node -> now(search, node).isEmpty());
    }

    /// Finds a place and takes it, or says why there is none.
    ///
    /// @param avoid the node where the slot's last copy failed: taken when nothing else is as good
    /// @param seed where the sample begins; one for each copy
    static Placement place(Search search, Optional<String> avoid, long seed) {
        int best = best(search, avoid.flatMap(search.room()::number).orElse(-1), seed);
        return best < 0 ? new Placement.Blocked(refusals(search)) : take(search, best, seed);
    }

    /// Takes a place on this very node, if it may.
    static Placement placeOn(Search search, int node, long seed) {
        Optional<Refusal> refusal = refusal(search, node);
        if (refusal.isEmpty()) {
            return take(search, node, seed);
        }
        SortedMap<String, Refusal> because = new TreeMap<>();
        because.put(search.room().name(node), refusal.get());
        return new Placement.Blocked(because);
    }

    /// The best of a sample: of the nodes from a place on that `seed` names, around to where it
    /// began. The loop that a cluster's placements spend most of their time in.
    private static int best(Search search, int avoid, long seed) {
        int size = search.room().size();
        if (size == 0) {
            return -1;
        }
        long[] suited = search.suitedWords();
        Score.Comparison comparison = search.comparison();
        boolean plain = search.isPlain();
        int left = sample(search);
        int start = (int) Math.floorMod(seed, (long) size);
        long fromStart = -1L << start; // of its word: shifts count to 64
        int best = -1;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= suited.length && left > 0; i++) {
            int word = (start / Long.SIZE + i) % suited.length;
            long bits = suited[word];
            if (i == 0) {
                bits &= fromStart;
            } else if (i == suited.length) {
                bits &= ~fromStart;
            }
            for (; bits != 0 && left > 0; bits &= bits - 1) {
                int node = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (comparison.hasRoom(node) && (plain || now(search, node).isEmpty())) {
                    left--;
                    double score = comparison.total(node, avoid);
                    if (score > bestScore) {
                        bestScore = score;
                        best = node;
                    }
                }
            }
        }
        return best;
    }

    private static int sample(Search search) {
        if (!search.ask().affinities().isEmpty()) {
            return SAMPLE_WITH_PREFERENCES;
        }
        int forValues = SAMPLE_FOR_VALUE * search.siblings().spreadValues();
        return Math.clamp(forValues, SAMPLE, SAMPLE_WITH_PREFERENCES);
    }

    private static Placement take(Search search, int node, long seed) {
        Room room = search.room();
        Granted granted = search.granted(node, seed);
        room.take(node, granted);
        search.siblings().add(node);
        return new Placement.Placed(node, granted);
    }

    /// What a copy gets on a node that has it.
    static Granted granted(Search search, int node, long seed) {
        Ask ask = search.ask();
        Ask.Demand demand = ask.demand();
        Room room = search.room();
        boolean more =
                demand.memoryMaxMib() > demand.memoryMib()
                        && room.scheduling().oversubscribes(room.node(node).status().pool());
        return new Granted(
                demand.cpuOn(room.all(node)),
                demand.memoryMib(),
                demand.diskMib(),
                Ports.grant(ask, room, node, seed),
                more ? Optional.of(demand.memoryMaxMib()) : Optional.empty(),
                Devices.cores(ask, room, node),
                Devices.grant(ask, room, node));
    }

    /// Why each node does not take the copy.
    static SortedMap<String, Refusal> refusals(Search search) {
        SortedMap<String, Refusal> because = new TreeMap<>();
        BitSet suited = search.suited();
        for (int node : search.room().terrain().byName()) {
            String name = search.room().name(node);
            (suited.get(node) ? now(search, node) : refusal(search, node))
                    .ifPresent(refusal -> because.put(name, refusal));
        }
        return because;
    }

    /// Why this node does not take the copy; empty when it does.
    static Optional<Refusal> refusal(Search search, int node) {
        Where where = search.ask().where();
        return Filter.first(Filter.READY, where, search.room().node(node))
                .or(() -> search.room().heldBy(node).map(Refusal.Held::new))
                .or(() -> beingFreed(search.room(), node))
                .or(() -> Filter.first(Filter.SUITED, where, search.room().node(node)))
                .or(() -> now(search, node));
    }

    private static Optional<Refusal> beingFreed(Room room, int node) {
        return room.isBeingFreed(node) ? Optional.of(new Refusal.BeingFreed("")) : Optional.empty();
    }

    /// What only this moment can answer: room, other copies, ports.
    static Optional<Refusal> now(Search search, int node) {
        for (Check check : NOW) {
            Optional<Refusal> refusal = check.refuse(search, node);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> room(Ask ask, Room room, int node) {
        int cpu = ask.demand().cpuOn(room.all(node));
        if (cpu > room.cpu(node)) {
            return Devices.tooFewCores(ask, room, node) // in the words of who asks for cores
                    .or(() -> Optional.of(shortOfCpu(cpu, room.cpu(node))));
        }
        if (ask.demand().memoryMib() > room.memoryMib(node)) {
            return Optional.of(
                    new Refusal.Exhausted(
                            "memory", "MiB", ask.demand().memoryMib(), room.memoryMib(node)));
        }
        if (room.places(node) <= 0) {
            return Optional.of(
                    new Refusal.Full(
                            room.scheduling().allocationsMaxIn(room.node(node).status().pool())));
        }
        if (ask.demand().diskMib() > room.diskMib(node)) {
            return Optional.of(
                    new Refusal.Exhausted(
                            "disk", "MiB", ask.demand().diskMib(), room.diskMib(node)));
        }
        return Optional.empty();
    }

    private static Refusal shortOfCpu(int asked, int free) {
        return new Refusal.Exhausted("cpu", "MHz", asked, free);
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

    private static Optional<Refusal> distinctProperties(Ask ask, Siblings siblings, int node) {
        for (Ask.Limit limit : ask.apart().properties()) {
            Optional<Siblings.Alike> alike = siblings.alike(limit.property(), node);
            if (alike.isEmpty()) {
                return Optional.of(
                        new Refusal.Unmet(
                                "distinct_property " + limit.property(), Optional.empty()));
            }
            int used = limit.ofJob() ? alike.get().ofJob() : alike.get().ofGroup();
            if (used >= limit.allowed()) {
                return Optional.of(
                        new Refusal.PropertyUsed(
                                limit.property(), alike.get().value(), used, limit.allowed()));
            }
        }
        return Optional.empty();
    }
}
