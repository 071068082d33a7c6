package dev.drover.manifests.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Differences as a table for a review: the way to each field, before, after, and what it does to
/// allocations that run.
public final class DiffMarkdown {
    private final StringBuilder text = new StringBuilder();

    private final boolean effects;

    private DiffMarkdown(boolean effects) {
        this.effects = effects;
    }

    /// The table; empty when nothing differs.
    public static String of(List<Diff> differences) {
        return new DiffMarkdown(true).table(differences);
    }

    /// The same for what no allocation comes from: without effects.
    public static String plain(List<Diff> differences) {
        return new DiffMarkdown(false).table(differences);
    }

    private String table(List<Diff> differences) {
        if (!differences.isEmpty()) {
            text.append("| | field | before | after |").append(effects ? " what runs |" : "");
            text.append("\n|---|---|---|---|").append(effects ? "---|\n" : "\n");
            rows(differences, List.of());
        }
        return text.toString();
    }

    private void rows(List<Diff> differences, List<String> around) {
        for (Diff difference : differences) {
            List<String> way = new ArrayList<>(around);
            way.add(difference.name());
            switch (difference) {
                case Diff.Field field -> row(field, way);
                case Diff.Part part when part.inside().isEmpty() ->
                        cells(part.kind().sign(), way, "", "", part.effect());
                case Diff.Part part -> rows(part.inside(), way);
            }
        }
    }

    private void row(Diff.Field field, List<String> way) {
        cells(
                field.kind().sign(),
                way,
                value(field.before()),
                value(field.after()),
                field.effect());
    }

    private void cells(String sign, List<String> way, String before, String after, Effect effect) {
        text.append("| ")
                .append(sign)
                .append(" | ")
                .append(escaped(String.join(" › ", way)))
                .append(" | ")
                .append(before)
                .append(" | ")
                .append(after)
                .append(effects ? " | " + effect.words() : "")
                .append(" |\n");
    }

    /// As code, so that nothing in it is taken for markup.
    private static String value(Optional<Diff.Said> value) {
        return value.map(Diff.Said::text)
                .map(text -> {
                    String fence = text.contains("`") ? "``" : "`";
                    String space = text.startsWith("`") || text.endsWith("`") ? " " : "";
                    return fence + space + text.replace("|", "\\|") + space + fence;
                })
                .orElse("");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }
}
