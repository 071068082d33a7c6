package dev.drover.manifests.model;

import java.util.List;

/// Why copies of a group have no place, and what would give one more a place.
///
/// @param wanted how many copies the group wants
/// @param together the reasons in groups, and how many copies are without a place
/// @param nodes every node's own reason, by name
/// @param helps the smallest changes that would help, best first, each in a sentence; each was
///   tried
public record Shortage(
        String group, int wanted, Unplaced together, List<NodeReason> nodes, List<String> helps) {
    public Shortage {
        nodes = List.copyOf(nodes);
        helps = List.copyOf(helps);
    }

    /// One node's reason.
    ///
    /// @param heldBy who holds most of what is short, most first
    public record NodeReason(String node, String reason, List<String> heldBy) {
        public NodeReason {
            heldBy = List.copyOf(heldBy);
        }
    }
}
