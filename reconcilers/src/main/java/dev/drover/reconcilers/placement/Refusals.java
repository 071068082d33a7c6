package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.RefusalSummary;
import dev.drover.manifests.model.Unplaced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Refusals of many nodes in a few lines.
final class Refusals {
    private Refusals() {}

    /// The refusals by reason, the one of most nodes first.
    static Unplaced grouped(int copies, SortedMap<String, Refusal> byNode) {
        SortedMap<String, List<Map.Entry<String, Refusal>>> byReason = new TreeMap<>();
        for (Map.Entry<String, Refusal> entry : byNode.entrySet()) {
            byReason.computeIfAbsent(entry.getValue().reason(), _ -> new ArrayList<>()).add(entry);
        }
        List<RefusalSummary> summaries = new ArrayList<>();
        byReason.values().forEach(nodes -> summaries.add(summary(nodes)));
        summaries.sort(
                Comparator.comparingInt(RefusalSummary::count)
                        .reversed()
                        .thenComparing(RefusalSummary::reason));
        return new Unplaced(copies, byNode.size(), summaries);
    }

    /// @param nodes who refuse, in the order of their names
    private static RefusalSummary summary(List<Map.Entry<String, Refusal>> nodes) {
        return new RefusalSummary(
                text(nodes),
                nodes.size(),
                nodes.stream().limit(RefusalSummary.NODES_MAX).map(Map.Entry::getKey).toList());
    }

    /// For a resource the node that comes nearest: how little would help.
    private static String text(List<Map.Entry<String, Refusal>> nodes) {
        Refusal first = nodes.getFirst().getValue();
        long mostFree = Long.MIN_VALUE;
        String roomiest = "";
        for (Map.Entry<String, Refusal> entry : nodes) {
            if (entry.getValue() instanceof Refusal.Exhausted some && some.free() > mostFree) {
                mostFree = some.free();
                roomiest = entry.getKey();
            }
        }
        return first instanceof Refusal.Exhausted(String resource, String unit, long asked, long _)
                ? "%s exhausted: %s asked, at most %s free (on %s)"
                        .formatted(
                                resource,
                                Refusal.amount(asked, unit),
                                Refusal.amount(mostFree, unit),
                                roomiest)
                : first.text();
    }

    /// Of a job that wants all its copies at once: those wait too that would have a place.
    static Unplaced allAtOnce(Unplaced some, int waiting) {
        if (waiting == 0) {
            return some;
        }
        int all = some.count() + waiting;
        List<RefusalSummary> refusals = new ArrayList<>();
        refusals.add(
                ofTheJob(
                        "all_at_once: %d of %d would have a place, and none starts before all do"
                                .formatted(waiting, all)));
        refusals.addAll(some.refusals());
        return new Unplaced(all, some.nodesEvaluated(), refusals);
    }

    /// A reason that is no node's.
    static RefusalSummary ofTheJob(String reason) {
        return new RefusalSummary(reason, 0, List.of());
    }

    /// All reasons in one line.
    static String line(Unplaced unplaced) {
        if (unplaced.refusals().isEmpty()) {
            return "no node has registered yet";
        }
        List<String> parts = new ArrayList<>();
        for (RefusalSummary refusal : unplaced.refusals()) {
            parts.add(refusal.reason() + on(refusal.count()));
        }
        return String.join("; ", parts);
    }

    private static String on(int nodes) {
        return switch (nodes) {
            case 0 -> "";
            case 1 -> " on 1 node";
            default -> " on " + nodes + " nodes";
        };
    }
}
