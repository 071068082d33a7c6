package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where the other copies of a job are that hold room, while one of its groups is placed.
final class Siblings {
    private static final int[] NONE = new int[2];

    private final Room room;
    private final List<String> properties;
    private final Map<Integer, int[]> byNode = new HashMap<>();
    private final Map<String, Map<String, int[]>> byProperty = new HashMap<>();

    /// @param properties whose values are counted
    Siblings(Room room, String group, Iterable<Allocation> copies, List<String> properties) {
        this.room = room;
        this.properties = List.copyOf(properties);
        for (Allocation copy : copies) {
            if (copy.occupies()) {
                room.number(copy.spec().node())
                        .ifPresent(number -> count(number, copy.spec().group().equals(group)));
            }
        }
    }

    /// Those whose values the group's spreads and limits look at.
    static List<String> properties(Ask ask) {
        return Stream.concat(
                        ask.spreads().stream().flatMap(s -> s.attribute().stream()),
                        ask.apart().properties().stream().map(Ask.Limit::property))
                .distinct()
                .toList();
    }

    /// One more copy of the group.
    void add(int node) {
        count(node, true);
    }

    private void count(int node, boolean ofGroup) {
        increment(byNode.computeIfAbsent(node, _ -> new int[2]), ofGroup);
        for (String property : properties) {
            Properties.of(room.node(node), property)
                    .ifPresent(value ->
                            increment(
                                    byProperty
                                            .computeIfAbsent(property, _ -> new HashMap<>())
                                            .computeIfAbsent(value, _ -> new int[2]),
                                    ofGroup));
        }
    }

    private static void increment(int[] counts, boolean ofGroup) {
        counts[0]++;
        if (ofGroup) {
            counts[1]++;
        }
    }

    int ofJobOn(int node) {
        return byNode.getOrDefault(node, NONE)[0];
    }

    int ofGroupOn(int node) {
        return byNode.getOrDefault(node, NONE)[1];
    }

    int ofJobWith(String property, String value) {
        return byProperty.getOrDefault(property, Map.of()).getOrDefault(value, NONE)[0];
    }

    int ofGroupWith(String property, String value) {
        return byProperty.getOrDefault(property, Map.of()).getOrDefault(value, NONE)[1];
    }

    /// How many copies of the group there are for each value that has any.
    List<Integer> ofGroupBy(String property) {
        return byProperty.getOrDefault(property, Map.of()).values().stream()
                .map(counts -> counts[1])
                .filter(some -> some > 0)
                .toList();
    }
}
