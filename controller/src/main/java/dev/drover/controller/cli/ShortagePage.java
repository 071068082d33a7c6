package dev.drover.controller.cli;

import dev.drover.manifests.model.Shortage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `why` shows of groups that have no place: the reasons together, those of each node, and
/// what would help.
final class ShortagePage {
    /// Nodes in a table unless all are asked for.
    private static final int NODES_SHOWN = 10;

    private final Out out;
    private final boolean all;

    ShortagePage(Out out, boolean all) {
        this.out = out;
        this.all = all;
    }

    void show(List<Shortage> groups) {
        groups.forEach(this::show);
    }

    private void show(Shortage shortage) {
        Wording.unplaced(new TreeMap<>(Map.of(shortage.group(), shortage.together())))
                .forEach(out::line);
        if (!shortage.helps().isEmpty()) {
            out.line("  What would help (each was tried):");
            shortage.helps().forEach(help -> out.line("    - " + help));
        }
        int shown = all ? shortage.nodes().size() : Math.min(NODES_SHOWN, shortage.nodes().size());
        if (shown == 0) {
            return;
        }
        out.table(
                new Table(
                        List.of("  Node", "Why not", "Held By"),
                        shortage.nodes().subList(0, shown).stream()
                                .map(node ->
                                        List.of(
                                                "  " + node.node(),
                                                node.reason(),
                                                String.join(", ", node.heldBy())))
                                .toList()));
        if (shown < shortage.nodes().size()) {
            out.line(
                    "  … and %d nodes more: -verbose shows them"
                            .formatted(shortage.nodes().size() - shown));
        }
    }
}
