package dev.drover.manifests.diff;

import java.util.List;

/// Differences as text: a sign, the name, before and after, and beside it what it does to
/// allocations that run.
public final class DiffText {
    private final StringBuilder text = new StringBuilder();

    private final boolean effects;

    private DiffText(boolean effects) {
        this.effects = effects;
    }

    /// One line per difference, two blanks a level; empty when nothing differs.
    public static String of(List<Diff> differences) {
        return text(differences, true);
    }

    /// The same for what no allocation comes from: without effects.
    public static String plain(List<Diff> differences) {
        return text(differences, false);
    }

    private static String text(List<Diff> differences, boolean effects) {
        DiffText writer = new DiffText(effects);
        differences.forEach(difference -> writer.write(difference, 0));
        return writer.text.toString();
    }

    private void write(Diff difference, int level) {
        text.append("  ".repeat(level));
        switch (difference) {
            case Diff.Field(String name, var before, var after, Effect effect) -> {
                text.append(difference.kind().sign()).append(' ').append(name).append(": ");
                before.map(Diff.Said::text).ifPresent(text::append);
                text.append(before.isPresent() && after.isPresent() ? " → " : "");
                after.map(Diff.Said::text).ifPresent(text::append);
                text.append(words(effect)).append('\n');
            }
            case Diff.Part(String name, Diff.Kind kind, Effect effect, List<Diff> inside) -> {
                String alone = inside.isEmpty() ? words(effect) : "";
                text.append(kind.sign()).append(' ').append(name).append(alone).append('\n');
                inside.forEach(each -> write(each, level + 1));
            }
        }
    }

    private String words(Effect effect) {
        return effects ? "  (" + effect.words() + ")" : "";
    }
}
