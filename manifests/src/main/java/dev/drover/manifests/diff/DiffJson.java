package dev.drover.manifests.diff;

import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Differences for programs: a list of `{"name", "change", "effect", "inside"}` and, for single
/// fields, `{"name", "change", "effect", "before", "after"}` with the values as manifests have
/// them; `"hidden": true` where a secret is not shown.
public final class DiffJson {
    private final boolean effects;

    private DiffJson(boolean effects) {
        this.effects = effects;
    }

    /// The list.
    public static Tree of(List<Diff> differences) {
        return new DiffJson(true).list(differences);
    }

    /// The same for what no allocation comes from: without effects.
    public static Tree plain(List<Diff> differences) {
        return new DiffJson(false).list(differences);
    }

    private Tree list(List<Diff> differences) {
        return Made.list(differences.stream().map(this::one).toList());
    }

    private Tree one(Diff difference) {
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(Made.field("name", difference.name()));
        fields.add(Made.field("change", word(difference.kind())));
        if (effects) {
            fields.add(Made.field("effect", word(difference.strongest())));
        }
        switch (difference) {
            case Diff.Part part -> fields.add(Made.field("inside", list(part.inside())));
            case Diff.Field field -> {
                field.before().ifPresent(said -> fields.add(Made.field("before", said.value())));
                field.after().ifPresent(said -> fields.add(Made.field("after", said.value())));
                if (field.hidden()) {
                    fields.add(Made.field("hidden", Made.flag(true)));
                }
            }
        }
        return Made.block(fields);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
