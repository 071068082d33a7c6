package dev.drover.manifests.model;

import java.util.List;

/// One reason that refused nodes, or the whole job.
///
/// @param reason in a sentence: which constraint with both values, which resource asked and free, …
/// @param count how many nodes it refused; 0 when it is no node's
/// @param nodes the first of them by name, at most `NODES_MAX`
public record RefusalSummary(String reason, int count, List<String> nodes) {
    /// Named nodes per reason: enough to look at one, little enough to store.
    public static final int NODES_MAX = 50;

    public RefusalSummary {
        nodes = List.copyOf(nodes);
    }
}
