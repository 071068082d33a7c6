package dev.drover.controller.cli;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.RefusalSummary;
import dev.drover.manifests.model.Unplaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Records in words, the same in every command.
final class Wording {
    /// Named nodes in one line of a reason: enough to look at one.
    private static final int NODES_SHOWN = 3;

    private Wording() {}

    /// An enum's constant as Nomad writes it.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// How a process ended.
    static String ended(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> "exit code " + code;
            case Exit.Signal(int number) -> "signal " + number;
            case Exit.OutOfMemory() -> "killed for its memory";
            case Exit.Unseen(String because) -> "nobody saw it end: " + because;
        };
    }

    /// What has no place, and why: a line for each group and one for each reason.
    static List<String> unplaced(Map<String, Unplaced> groups) {
        var lines = new ArrayList<String>();
        groups.forEach((group, unplaced) -> {
            lines.add(
                    "Task Group \""
                            + group
                            + "\" (failed to place "
                            + count(unplaced.count(), "allocation")
                            + "):");
            if (unplaced.refusals().isEmpty()) {
                lines.add("  * " + count(unplaced.nodesEvaluated(), "node") + " looked at");
            }
            unplaced.refusals().forEach(refusal -> lines.add("  * " + reason(refusal)));
        });
        return lines;
    }

    /// A reason, and how many nodes have it, the first ones by name.
    static String reason(RefusalSummary refusal) {
        if (refusal.count() == 0) {
            return refusal.reason();
        }
        List<String> shown = refusal.nodes().stream().limit(NODES_SHOWN).toList();
        String names = shown.isEmpty() ? "" : ": " + String.join(", ", shown);
        String more = refusal.count() > shown.size() && !shown.isEmpty() ? ", …" : "";
        return refusal.reason() + " (" + count(refusal.count(), "node") + names + more + ")";
    }

    /// `1 node`, `2 nodes`.
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
