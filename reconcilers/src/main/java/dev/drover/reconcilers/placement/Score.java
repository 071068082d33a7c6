package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /// One question about a node that takes the copy.
    private interface Question {
        OptionalDouble ask(Candidate candidate);
    }

    private record Part(String name, Question question) {}

    /// A node that could take a copy.
    ///
    /// @param avoid whether the slot's last copy failed there
    record Candidate(Ask ask, Room room, Siblings siblings, int node, boolean avoid) {}

    private static final List<Part> PARTS =
            List.of(
                    new Part("binpack", Score::fit),
                    new Part("job-anti-affinity", Score::antiAffinity),
                    new Part("node-reschedule-penalty", Score::penalty),
                    new Part("node-affinity", Score::affinity),
                    new Part("allocation-spread", Score::spread));

    /// The score in parts.
    static Score of(Candidate candidate) {
        Map<String, Double> parts = new TreeMap<>();
        for (Part part : PARTS) {
            part.question.ask(candidate).ifPresent(value -> parts.put(part.name, value));
        }
        return new Score(parts);
    }

    /// The mean of the parts.
    public double total() {
        return parts.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// The same total without the parts: asked for every candidate of every copy.
    static double total(Candidate candidate) {
        double sum = 0;
        int count = 0;
        for (Part part : PARTS) {
            OptionalDouble value = part.question.ask(candidate);
            if (value.isPresent()) {
                sum += value.getAsDouble();
                count++;
            }
        }
        return sum / count;
    }

    /// 1 when the copy fills the node, 0 when the node is as good as empty.
    private static OptionalDouble fit(Candidate c) {
        NodeResources all = c.room.node(c.node).status().resources();
        double cpuLeft = share(c.room.cpu(c.node) - c.ask.demand().cpuOn(all), all.cpu());
        double memoryLeft =
                share(c.room.memoryMib(c.node) - c.ask.demand().memoryMib(), all.memoryMib());
        double left = Math.pow(10, cpuLeft) + Math.pow(10, memoryLeft);
        return OptionalDouble.of(Math.clamp(20 - left, 0, 18) / 18);
    }

    private static double share(int left, int all) {
        return all == 0 ? 0 : (double) left / all;
    }

    private static OptionalDouble antiAffinity(Candidate c) {
        int there = c.siblings.ofGroupOn(c.node);
        return there == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(-(there + 1.0) / Math.max(1, c.ask.count()));
    }

    private static OptionalDouble penalty(Candidate c) {
        return c.avoid ? OptionalDouble.of(-1) : OptionalDouble.empty();
    }

    private static OptionalDouble affinity(Candidate c) {
        if (c.ask.affinities().isEmpty()) {
            return OptionalDouble.empty();
        }
        Node node = c.room.node(c.node);
        double matched = 0;
        double all = 0;
        for (Affinity affinity : c.ask.affinities()) {
            int weight = affinity.weight().orElse(50);
            all += Math.abs(weight);
            Optional<String> left = affinity.attribute().flatMap(a -> Properties.of(node, a));
            Optional<String> right = affinity.value().flatMap(v -> Properties.of(node, v));
            if (Operators.hold(affinity.operator().orElse("="), left, right)) {
                matched += weight;
            }
        }
        return OptionalDouble.of(all == 0 ? 0 : matched / all);
    }

    private static OptionalDouble spread(Candidate c) {
        double weights = c.ask.spreads().stream().mapToInt(s -> s.weight().orElse(50)).sum();
        double sum = 0;
        for (Spread spread : c.ask.spreads()) {
            String property = spread.attribute().orElse("");
            Optional<String> value = Properties.of(c.room.node(c.node), property);
            double boost = value.map(v -> boost(c, spread, property, v)).orElse(-1.0);
            sum += boost * spread.weight().orElse(50) / weights;
        }
        return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private static double boost(Candidate c, Spread spread, String property, String value) {
        int here = c.siblings.ofGroupWith(property, value);
        return spread.targets().isEmpty()
                ? evenly(here, c.siblings.ofGroupBy(property))
                : towards(spread.targets(), value, here, c.ask.count());
    }

    /// Best where there are fewest: from -1 to 1 by the distance to the fewest.
    private static double evenly(int here, List<Integer> counts) {
        if (counts.isEmpty()) {
            return 0;
        }
        int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
        int fewest = counts.stream().mapToInt(Integer::intValue).min().orElse(0);
        if (here < fewest) {
            return 1;
        }
        if (here > fewest) {
            return (double) (fewest - here) / fewest;
        }
        return most == fewest ? -1 : (double) (most - fewest) / fewest;
    }

    /// Better the further its value is below its share; the targets' rest is for all other values.
    private static double towards(List<SpreadTarget> targets, String value, int here, int count) {
        int named = targets.stream().mapToInt(t -> t.percent().orElse(0)).sum();
        int percent =
                targets.stream()
                        .filter(target -> target.value().equals(value))
                        .findFirst()
                        .map(target -> target.percent().orElse(0))
                        .orElse(100 - named);
        double desired = percent / 100.0 * count;
        return desired <= 0 ? -1 : (desired - (here + 1)) / desired;
    }
}
