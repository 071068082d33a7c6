package dev.drover.manifests.shape;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values without a schema. HCL's blocks in them are lists, since they may be repeated: `mount { …
/// }` twice is a list of two, a label is a key above its block's fields.
final class Opaques {

    private final Binder binder;

    Opaques(Binder binder) {
        this.binder = binder;
    }

    Value of(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Text(_, String text) -> new Value.Text(text);
            case Tree.Num(_, var number) -> new Value.Num(number);
            case Tree.Flag(_, boolean flag) -> new Value.Bool(flag);
            case Tree.Nothing _ -> new Value.Nothing();
            case Tree.Listing(_, List<Tree> items) ->
                    new Value.Items(items.stream().map(item -> of(item, path)).toList());
            case Tree.Block block -> new Value.Fields(fields(block, path));
        };
    }

    Map<String, Value> fields(Tree.Block block, Path path) {
        Map<String, Value> values = new HashMap<>();
        Map<String, List<Value>> repeated = new HashMap<>();
        for (Tree.Field field : block.fields()) {
            Path here = path.field(field.name());
            binder.note(here, field);
            if (field.form() == Tree.Form.BLOCK && field.value() instanceof Tree.Block inner) {
                repeated.computeIfAbsent(field.name(), _ -> new ArrayList<>())
                        .add(labelled(inner, 0, here));
            } else {
                values.put(field.name(), of(field.value(), here));
            }
        }
        repeated.forEach((name, items) -> values.put(name, new Value.Items(items)));
        return values;
    }

    private Value labelled(Tree.Block block, int label, Path path) {
        if (label == block.labels().size()) {
            return new Value.Fields(fields(block, path));
        }
        Value inner = labelled(block, label + 1, path);
        return new Value.Fields(
                Map.of(block.labels().get(label).text(), new Value.Items(List.of(inner))));
    }
}
