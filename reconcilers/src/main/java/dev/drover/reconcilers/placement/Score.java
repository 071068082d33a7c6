package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.SchedulerAlgorithm;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How good a node is for a copy, in parts that people can read: the mean of those that have
/// something to say. The names and scales are Nomad's.
///
/// @param parts by name, each about from -1 to 1
public record Score(Map<String, Double> parts) {
    /// Takes a copy in the order of the names.
    public Score {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /// What a node that is full in one resource and empty in the other loses: what is left there is
    /// room for nobody. Found by filling clusters: `make bench WHAT=scheduler`.
    private static final double BALANCE = 200;

    /// What a part answers that has nothing to say.
    private static final double SILENT = Double.NaN;

    /// One question about a node that takes the copy.
    private interface Question {
        double ask(Comparison comparison, int node, int avoid);
    }

    private record Part(String name, Question question) {}

    private static final List<Part> PARTS =
            List.of(
                    new Part("binpack", Comparison::packs),
                    new Part("spread", Comparison::spreads),
                    new Part("devices", Comparison::devices),
                    new Part("job-anti-affinity", Comparison::antiAffinity),
                    new Part("node-reschedule-penalty", Comparison::penalty),
                    new Part("node-affinity", Comparison::affinity),
                    new Part("allocation-spread", Comparison::spread));

    /// The score in parts.
    ///
    /// @param avoid the node where the slot's last copy failed; below 0 for none
    static Score of(Comparison comparison, int node, int avoid) {
        Map<String, Double> parts = new TreeMap<>();
        for (Part part : PARTS) {
            double value = part.question.ask(comparison, node, avoid);
            if (!Double.isNaN(value)) {
                parts.put(part.name, value);
            }
        }
        return new Score(parts);
    }

    /// The mean of the parts.
    public double total() {
        return parts.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// A group's copies to be placed, as the nodes that could take one are compared.
    static final class Comparison {
        private final Ask ask;
        private final Room room;
        private final Siblings siblings;
        private final double[] drawn;
        private final boolean spreads;
        private final boolean likesDevices;
        private final double[] cpuFactors;
        private final double[] memoryFactors;

        Comparison(Ask ask, Room room, Siblings siblings) {
            this.ask = ask;
            this.room = room;
            this.siblings = siblings;
            this.drawn =
                    ask.affinities().isEmpty()
                            ? new double[0]
                            : room.terrain().drawn(ask.affinities());
            this.spreads =
                    room.scheduling().algorithmIn(ask.where().pool()) == SchedulerAlgorithm.SPREAD;
            this.likesDevices =
                    ask.demand().devices().stream()
                            .anyMatch(some -> !some.request().affinities().isEmpty());
            List<NodeResources> sizes = room.terrain().sizes();
            this.cpuFactors = new double[sizes.size()];
            this.memoryFactors = new double[sizes.size()];
        }

        /// The same total as [Score#total], without its parts: asked for every candidate.
        double total(int node, int avoid) {
            double sum = fit(node);
            int count = 1;
            if (likesDevices) {
                double devices = devices(node, avoid);
                if (!Double.isNaN(devices)) {
                    sum += devices;
                    count++;
                }
            }
            double anti = antiAffinity(node, avoid);
            if (!Double.isNaN(anti)) {
                sum += anti;
                count++;
            }
            if (node == avoid) {
                sum += penalty(node, avoid);
                count++;
            }
            if (drawn.length > 0) {
                sum += affinity(node, avoid);
                count++;
            }
            double spread = spread(node, avoid);
            if (!Double.isNaN(spread)) {
                sum += spread;
                count++;
            }
            return sum / count;
        }

        private double packs(int node, int avoid) {
            return spreads ? SILENT : fit(node);
        }

        private double spreads(int node, int avoid) {
            return spreads ? fit(node) : SILENT;
        }

        private double devices(int node, int avoid) {
            return likesDevices ? Devices.liked(ask, room, node) : SILENT;
        }

        /// 1 when the copy fills the node, 0 when the node is as good as empty. Ten to the power of
        /// what would be left is a product of what is free, which the room keeps, and of what is
        /// asked for, the same on all nodes of a size. The other way round where copies are to
        /// spread.
        private double fit(int node) {
            int kind = room.terrain().kind(node);
            if (cpuFactors[kind] == 0) {
                NodeResources all = room.all(node);
                cpuFactors[kind] = Room.power(-ask.demand().cpuOn(all), all.cpu());
                memoryFactors[kind] = Room.power(-ask.demand().memoryMib(), all.memoryMib());
            }
            double left =
                    room.cpuPower(node) * cpuFactors[kind]
                            + room.memoryPower(node) * memoryFactors[kind];
            if (spreads) {
                return Math.clamp(left - 2, 0, 18) / 18;
            }
            return (Math.clamp(20 - left, 0, 18) - BALANCE * lopsided(node)) / 18;
        }

        /// The square of how much further the copy would fill the node's cpu than its memory, or
        /// the other way round.
        private double lopsided(int node) {
            NodeResources all = room.all(node);
            double cpuLeft = room.cpu(node) - ask.demand().cpuOn(all);
            double memoryLeft = room.memoryMib(node) - ask.demand().memoryMib();
            double difference =
                    cpuLeft / Math.max(1, all.cpu()) - memoryLeft / Math.max(1, all.memoryMib());
            return difference * difference;
        }

        private double antiAffinity(int node, int avoid) {
            int there = siblings.ofGroupOn(node);
            return there == 0 ? SILENT : -(there + 1.0) / Math.max(1, ask.count());
        }

        private double penalty(int node, int avoid) {
            return node == avoid ? -1 : SILENT;
        }

        private double affinity(int node, int avoid) {
            return drawn.length == 0 ? SILENT : drawn[node];
        }

        private double spread(int node, int avoid) {
            double sum = siblings.spread(node);
            return sum == 0 ? SILENT : sum;
        }
    }
}
