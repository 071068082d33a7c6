package dev.drover.manifests.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Differences as a table for a review: the way to each field, before, after, and what it does to
/// allocations that run.
public final class DiffMarkdown {
    private final StringBuilder text = new StringBuilder();

    private DiffMarkdown() {}

    /// The table; empty when nothing differs.
    public static String of(List<Diff> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        DiffMarkdown writer = new DiffMarkdown();
        writer.text.append("| | field | before | after | what runs |\n|---|---|---|---|---|\n");
        writer.rows(differences, List.of());
        return writer.text.toString();
    }

    private void rows(List<Diff> differences, List<String> around) {
        for (Diff difference : differences) {
            List<String> way = new ArrayList<>(around);
            way.add(difference.name());
            switch (difference) {
                case Diff.Field field -> row(field, way);
                case Diff.Part(_, Diff.Kind kind, List<Diff> inside) when inside.isEmpty() ->
                        cells(kind.sign(), way, "", "", "");
                case Diff.Part(_, _, List<Diff> inside) -> rows(inside, way);
            }
        }
    }

    private void row(Diff.Field field, List<String> way) {
        cells(
                field.kind().sign(),
                way,
                value(field.before()),
                value(field.after()),
                field.effect().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private void cells(String sign, List<String> way, String before, String after, String effect) {
        text.append("| ")
                .append(sign)
                .append(" | ")
                .append(escaped(String.join(" › ", way)))
                .append(" | ")
                .append(before)
                .append(" | ")
                .append(after)
                .append(" | ")
                .append(effect)
                .append(" |\n");
    }

    /// As code, so that nothing in it is taken for markup.
    private static String value(Optional<String> value) {
        return value.map(
                        text -> {
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
