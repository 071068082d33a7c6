package dev.drover.controller.cli;

import dev.drover.manifests.model.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// What `why -scores` shows: how good nodes are for one more copy of each group, in parts.
final class RankingPage {
    /// Nodes in a table unless all are asked for.
    private static final int NODES_SHOWN = 10;

    private static final double PERMILLE = 1_000;

    private final Out out;
    private final boolean all;

    RankingPage(Out out, boolean all) {
        this.out = out;
        this.all = all;
    }

    void show(List<Ranking> groups) {
        groups.forEach(this::show);
    }

    private void show(Ranking ranking) {
        out.blank();
        if (ranking.nodes().isEmpty()) {
            out.line("Task Group \"%s\": no node would take one more".formatted(ranking.group()));
            return;
        }
        out.line(
                "Task Group \"%s\": one more would be taken by %s; a score is the mean of its parts"
                        .formatted(ranking.group(), Wording.count(ranking.fit(), "node")));
        List<Ranking.Ranked> shown =
                all ? ranking.nodes() : ranking.nodes().stream().limit(NODES_SHOWN).toList();
        SortedSet<String> parts = new TreeSet<>();
        shown.forEach(node -> node.parts().forEach(part -> parts.add(part.name())));
        List<String> head = new ArrayList<>(List.of("  Node", "Score"));
        head.addAll(parts);
        out.table(new Table(head, shown.stream().map(node -> row(node, parts)).toList()));
        if (shown.size() < ranking.fit()) {
            out.line("  … and %d nodes more".formatted(ranking.fit() - shown.size()));
        }
    }

    private static List<String> row(Ranking.Ranked node, SortedSet<String> parts) {
        List<String> row = new ArrayList<>(List.of("  " + node.node(), number(node.permille())));
        for (String name : parts) {
            row.add(
                    node.parts().stream()
                            .filter(part -> part.name().equals(name))
                            .findFirst()
                            .map(part -> number(part.permille()))
                            .orElse(""));
        }
        return row;
    }

    private static String number(int permille) {
        return String.format(Locale.ROOT, "%.3f", permille / PERMILLE);
    }
}
