package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Ranking;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerAlgorithm;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    /// room for nobody. Found by filling clusters with eight lists of jobs, and measured on others:
    /// `make bench WHAT=scheduler`.
    private static final double BALANCE = 300;

    /// One by the distance from the worst to the best: ten to the power of a share is from 1 to 10,
    /// for two resources.
    private static final double PER_WIDTH = 1 / 18.0;

    /// Nodes in a ranking: what a person can look through.
    private static final int RANKED_MAX = 100;

    private static final double PERMILLE = 1_000;

    /// Steps from 0 to 1 of the table of powers. Between two a straight line is wrong by less than
    /// one part in a million.
    private static final int STEPS = 1_024;

    /// Ten to the power of each step, and of one more, so that every share is between two. A table,
    /// for each placement asks twice, and the same must come out on every machine, which [Math#pow]
    /// does not promise.
    private static final double[] POWERS = powers();

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

    /// How good every node is for one more copy of each group of a job, worked out anew on whatever
    /// view is given. Of these nodes a placement compares a sample. Empty when there is no such
    /// job, or it is stopped.
    public static List<Ranking> rankings(ResourceName name, Cluster cluster, Instant now) {
        Optional<Why.Present> present = Why.Present.of(name, cluster);
        if (present.isEmpty()) {
            return List.of();
        }
        JobSpec spec = present.get().spec();
        Room room = Room.of(cluster, now);
        return spec.groups().stream()
                .map(group -> ranking(spec, group, room, present.get().copies()))
                .toList();
    }

    private record Fitting(int node, double total) {}

    private static Ranking ranking(
            JobSpec spec, TaskGroup group, Room room, List<Allocation> copies) {
        Ask ask = Ask.of(spec, group);
        Search search = new Search(ask, room, new Siblings(room, group.name(), copies, ask));
        List<Fitting> fitting = new ArrayList<>();
        for (int node : room.terrain().byName()) {
            if (search.suited().get(node) && Scheduler.now(search, node).isEmpty()) {
                fitting.add(new Fitting(node, search.comparison().total(node, -1)));
            }
        }
        fitting.sort(Comparator.comparingDouble(Fitting::total).reversed()); // keeps their order
        return new Ranking(
                group.name(),
                fitting.size(),
                fitting.stream().limit(RANKED_MAX).map(some -> ranked(search, some)).toList());
    }

    private static Ranking.Ranked ranked(Search search, Fitting some) {
        List<Ranking.Part> parts = new ArrayList<>();
        of(search.comparison(), some.node, -1)
                .parts()
                .forEach((name, value) -> parts.add(new Ranking.Part(name, permille(value))));
        return new Ranking.Ranked(search.room().name(some.node), permille(some.total), parts);
    }

    private static int permille(double value) {
        return (int) Math.round(value * PERMILLE);
    }

    /// The mean of the parts.
    public double total() {
        return parts.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double[] powers() {
        double[] powers = new double[STEPS + 2];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = StrictMath.pow(10, (double) i / STEPS);
        }
        return powers;
    }

    /// Ten to the power of a share of what there is, from 1 to 10. What is owed counts as nothing:
    /// no copy fits there.
    static double power(int some, int all) {
        if (some <= 0 || all <= 0) {
            return 1;
        }
        double steps = Math.min(1, (double) some / all) * STEPS;
        int step = (int) steps;
        return POWERS[step] + (steps - step) * (POWERS[step + 1] - POWERS[step]);
    }

    /// What is asked for, of a node of one size.
    ///
    /// @param cpuFactor ten to the power of what is asked for, less than 1
    /// @param perCpu the share of the node that one MHz is
    private record Size(
            int cpuAsked, double cpuFactor, double memoryFactor, double perCpu, double perMib) {
        static Size of(Ask.Demand demand, NodeResources all) {
            int cpu = demand.cpuOn(all);
            return new Size(
                    cpu,
                    1 / power(cpu, all.cpu()),
                    1 / power(demand.memoryMib(), all.memoryMib()),
                    1.0 / Math.max(1, all.cpu()),
                    1.0 / Math.max(1, all.memoryMib()));
        }
    }

    /// A group's copies to be placed, as the nodes that could take one are compared.
    static final class Comparison {
        private final Ask ask;
        private final Room room;
        private final Room.Free free;
        private final int[] kinds;
        private final Siblings siblings;
        private final double[] drawn;
        private final int memoryMib;
        private final int diskMib;
        private final boolean spreads;
        private final boolean likesDevices;
        private final boolean spreadsOut;

        /// Whether nodes differ by more than how well the copy fits, wherever the others are.
        private final boolean onlyFits;

        private final @Nullable Size[] sizes;

        Comparison(Ask ask, Room room, Siblings siblings) {
            this.ask = ask;
            this.room = room;
            this.free = room.free();
            this.kinds = room.terrain().kinds();
            this.siblings = siblings;
            this.drawn =
                    ask.affinities().isEmpty()
                            ? new double[0]
                            : room.terrain().drawn(ask.affinities());
            this.memoryMib = ask.demand().memoryMib();
            this.diskMib = ask.demand().diskMib();
            this.spreads =
                    room.scheduling().algorithmIn(ask.where().pool()) == SchedulerAlgorithm.SPREAD;
            this.likesDevices =
                    ask.demand().devices().stream()
                            .anyMatch(some -> !some.request().affinities().isEmpty());
            this.spreadsOut = !ask.spreads().isEmpty();
            this.onlyFits = !likesDevices && drawn.length == 0 && !spreadsOut;
            this.sizes = new Size[room.terrain().sizes().size()];
        }

        /// The same total as [Score#total], without its parts: asked for every candidate. On most
        /// of them nothing but the fit has something to say.
        double total(int node, int avoid) {
            double fit = fit(node);
            int there = siblings.ofGroupOn(node);
            return onlyFits && there == 0 && node != avoid ? fit : mean(fit, there, node, avoid);
        }

        private double mean(double fit, int there, int node, int avoid) {
            double sum = fit;
            int count = 1;
            if (likesDevices) {
                double devices = devices(node, avoid);
                if (!Double.isNaN(devices)) {
                    sum += devices;
                    count++;
                }
            }
            if (there > 0) {
                sum -= (there + 1.0) / Math.max(1, ask.count());
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
            if (spreadsOut) {
                sum += siblings.spread(node);
                count++;
            }
            return count == 1 ? sum : sum / count;
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
        ///
        /// @param node that has room for the copy, so that `left` is from 2 to 20
        private double fit(int node) {
            Size size = size(kinds[node]);
            double left =
                    free.cpuPower[node] * size.cpuFactor
                            + free.memoryPower[node] * size.memoryFactor;
            if (spreads) {
                return (left - 2) * PER_WIDTH;
            }
            // The square of how much further the copy would fill its cpu than its memory.
            double lopsided =
                    (free.cpu[node] - size.cpuAsked) * size.perCpu
                            - (free.memoryMib[node] - memoryMib) * size.perMib;
            return (20 - left - BALANCE * lopsided * lopsided) * PER_WIDTH;
        }

        /// Whether the node has enough of everything that can be added up: [Scheduler#now] as yes
        /// or no, for nodes that are full are many, and their reasons would be made for nothing.
        boolean hasRoom(int node) {
            return memoryMib <= free.memoryMib[node]
                    && size(kinds[node]).cpuAsked <= free.cpu[node]
                    && diskMib <= free.diskMib[node]
                    && free.places[node] > 0;
        }

        private Size size(int kind) {
            Size known = sizes[kind];
            if (known == null) {
                known = Size.of(ask.demand(), room.terrain().sizes().get(kind));
                sizes[kind] = known;
            }
            return known;
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

        /// Of a group with spreads it counts on every node, where it comes to 0 too: a part that is
        /// left out there makes the mean of the others weigh more, and the node that is to get its
        /// last copy the worse one.
        private double spread(int node, int avoid) {
            return spreadsOut ? siblings.spread(node) : SILENT;
        }
    }
}
