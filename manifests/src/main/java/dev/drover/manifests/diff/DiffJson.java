package dev.drover.manifests.diff;

import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Differences for programs: a list of `{"name", "change", "inside"}` and, for single fields,
/// `{"name", "change", "before", "after", "effect"}`.
public final class DiffJson {
    private DiffJson() {}

    /// The list.
    public static Tree of(List<Diff> differences) {
        return Made.list(differences.stream().map(DiffJson::one).toList());
    }

    private static Tree one(Diff difference) {
        return switch (difference) {
            case Diff.Part(String name, Diff.Kind kind, List<Diff> inside) ->
                    Made.block(
                            Made.field("name", name),
                            Made.field("change", word(kind)),
                            Made.field("inside", of(inside)));
            case Diff.Field(
                            String name,
                            Optional<String> before,
                            Optional<String> after,
                            Effect effect) -> {
                List<Tree.Field> fields = new ArrayList<>();
                fields.add(Made.field("name", name));
                fields.add(Made.field("change", word(((Diff.Field) difference).kind())));
                before.ifPresent(text -> fields.add(Made.field("before", text)));
                after.ifPresent(text -> fields.add(Made.field("after", text)));
                fields.add(Made.field("effect", word(effect)));
                yield Made.block(fields);
            }
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
