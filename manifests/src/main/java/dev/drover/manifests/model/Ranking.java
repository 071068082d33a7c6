package dev.drover.manifests.model;

import java.util.List;

/// How good nodes are for one more copy of a group.
///
/// @param fit how many nodes would take it
/// @param nodes the best of them, best first
public record Ranking(String group, int fit, List<Ranked> nodes) {
    public Ranking {
        nodes = List.copyOf(nodes);
    }

    /// A node that would take it.
    ///
    /// @param permille its score, the mean of its parts, in thousandths
    /// @param parts by name, those that have something to say
    public record Ranked(String node, int permille, List<Part> parts) {
        public Ranked {
            parts = List.copyOf(parts);
        }
    }

    /// A part of a score.
    ///
    /// @param name as `binpack`
    /// @param permille in thousandths
    public record Part(String name, int permille) {}
}
