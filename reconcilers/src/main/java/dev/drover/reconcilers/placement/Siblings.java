package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the other copies of a job are, while one of its groups is placed.
///
/// Whoever must be kept apart counts as long as it holds room. A spread counts what is to stay: a
/// copy that stops is about to leave its place to another one.
final class Siblings {
    private static final int[] NOT_COUNTED = {};

    private final Room room;
    private final int[] jobByNode;
    private final int[] groupByNode;
    private final Map<String, Tally> limits = new LinkedHashMap<>();
    private final Spreading[] spreads;
    private final int spreadValues;
    private final boolean countsJob;

    /// @param ask whose spreads and limits look at the values of properties
    Siblings(Room room, String group, Iterable<Allocation> copies, Ask ask) {
        this.room = room;
        for (Ask.Limit limit : ask.apart().properties()) {
            limits.computeIfAbsent(limit.property(), this::tally);
        }
        this.countsJob = ask.apart().hostsOfJob();
        this.jobByNode = countsJob ? new int[room.size()] : NOT_COUNTED;
        this.groupByNode = new int[room.size()];
        List<Spreading> spreading = new ArrayList<>();
        double weights = ask.spreads().stream().mapToDouble(Siblings::weight).sum();
        for (Spread spread : ask.spreads()) {
            Tally tally = tally(spread.attribute().orElse(""));
            spreading.add(new Spreading(spread, weight(spread) / weights, tally, ask.count()));
        }
        this.spreads = spreading.toArray(new Spreading[0]);
        this.spreadValues = spreading.stream().mapToInt(Spreading::values).max().orElse(0);
        for (Allocation copy : copies) {
            if (copy.occupies()) {
                boolean ofGroup = copy.spec().group().equals(group);
                room.number(copy.spec().node())
                        .ifPresent(node -> count(node, ofGroup, copy.live()));
            }
        }
    }

    private static int weight(Spread spread) {
        return spread.weight().orElse(50);
    }

    private Tally tally(String property) {
        return new Tally(room.terrain().column(property));
    }

    /// One more copy of the group.
    void add(int node) {
        count(node, true, true);
    }

    private void count(int node, boolean ofGroup, boolean stays) {
        if (countsJob) {
            jobByNode[node]++;
        }
        if (ofGroup) {
            groupByNode[node]++;
        }
        for (Tally limit : limits.values()) {
            limit.add(node, ofGroup);
        }
        if (ofGroup && stays) {
            for (Spreading spread : spreads) {
                spread.add(node);
            }
        }
    }

    /// Counted only where somebody keeps apart from the whole job.
    int ofJobOn(int node) {
        return jobByNode[node];
    }

    int ofGroupOn(int node) {
        return groupByNode[node];
    }

    /// The copies on nodes with one value of a property.
    record Alike(String value, int ofJob, int ofGroup) {}

    /// The copies on nodes with the same value as this one; empty when it has none.
    Optional<Alike> alike(String property, int node) {
        return Optional.ofNullable(limits.get(property)).flatMap(tally -> tally.alike(node));
    }

    /// How many values the spread with the most of them has; 0 without spreads.
    int spreadValues() {
        return spreadValues;
    }

    /// How much better or worse the node would make the spread, the weighted mean of what each
    /// spread says.
    double spread(int node) {
        if (spreads.length == 0) {
            return 0; // as most groups
        }
        double sum = 0;
        for (Spreading spread : spreads) {
            sum += spread.boost(node) * spread.share();
        }
        return sum;
    }

    /// One spread of a group while its copies are placed.
    private static final class Spreading {
        private final Tally tally;

        /// Of the weights of all spreads.
        private final double share;

        /// How many copies each value is to have; empty for an even spread.
        private final double[] desired;

        /// What one more copy on a node with each value would make of it, as far as somebody has
        /// asked since the last copy.
        private final double[] boosts;

        /// @param count how many copies the group wants
        Spreading(Spread spread, double share, Tally tally, int count) {
            this.tally = tally;
            this.share = share;
            this.desired = spread.targets().isEmpty() ? new double[0] : desired(spread, count);
            this.boosts = new double[tally.column().size()];
            Arrays.fill(boosts, Double.NaN);
        }

        /// The targets' rest is for all other values.
        private double[] desired(Spread spread, int count) {
            int named = spread.targets().stream().mapToInt(t -> t.percent().orElse(0)).sum();
            double[] copies = new double[tally.column().size()];
            Arrays.fill(copies, (100 - named) / 100.0 * count);
            for (SpreadTarget target : spread.targets().reversed()) {
                int value = tally.column().number(target.value());
                if (value >= 0) {
                    copies[value] = target.percent().orElse(0) / 100.0 * count;
                }
            }
            return copies;
        }

        /// How many values nodes have.
        int values() {
            return tally.column().size();
        }

        double share() {
            return share;
        }

        /// How much better or worse one more copy on the node makes it; a node without the property
        /// is the worst.
        double boost(int node) {
            int value = tally.column().on(node);
            if (value < 0) {
                return -1;
            }
            double known = boosts[value];
            if (Double.isNaN(known)) {
                known = desired.length == 0 ? evenly(value) : towards(value);
                boosts[value] = known;
            }
            return known;
        }

        /// One more copy of the group.
        void add(int node) {
            tally.add(node, true);
            Arrays.fill(boosts, Double.NaN);
        }

        /// Best where there are fewest: from -1 to 1 by the distance to the fewest.
        private double evenly(int value) {
            if (tally.isEmpty()) {
                return 0;
            }
            int here = tally.ofGroup(value);
            int fewest = tally.fewest();
            if (here < fewest) {
                return 1;
            }
            if (here > fewest) {
                return (double) (fewest - here) / fewest;
            }
            return tally.most() == fewest ? -1 : (double) (tally.most() - fewest) / fewest;
        }

        /// Better the further its value is below its share.
        private double towards(int value) {
            double copies = desired[value];
            return copies <= 0 ? -1 : (copies - (tally.ofGroup(value) + 1)) / copies;
        }
    }
}
