package dev.drover.manifests.shape;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values without a schema. HCL's blocks in them may be repeated: `mount { … }` twice is a list of
/// two, a label is a key above its block's fields. An object and a list of that object alone mean
/// the same, as drivers cannot tell a block from either: whichever is written, it is read as the
/// object.
final class Opaques {

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Binder binder;
    private final boolean asNomad;
    private final boolean listed;

    /// @param asNomad a list of one object stays one, and does not become that object
    /// @param listed an object that is written out behind a name of a block is a list of one, as
    ///   Nomad has it; objects inside of it are not, nor are those that an expression gives
    Opaques(Binder binder, boolean asNomad, boolean listed) {
        this.binder = binder;
        this.asNomad = asNomad;
        this.listed = listed;
    }

    Value of(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Text(_, String text) -> new Value.Text(text);
            case Tree.Num(_, var number) -> new Value.Num(listed ? asNomad(number) : number);
            case Tree.Flag(_, boolean flag) -> new Value.Bool(flag);
            case Tree.Nothing _ -> new Value.Nothing();
            case Tree.Listing(_, List<Tree> items) ->
                    new Value.Items(items.stream().map(item -> of(item, path)).toList());
            case Tree.Block block -> new Value.Fields(object(block, path));
        };
    }

    /// Whole numbers of 64 bits, others with a point of as many: more digits are lost in Nomad,
    /// which cannot write down at all what is larger still.
    private static BigDecimal asNomad(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        double near = number.doubleValue();
        return (whole && number.abs().compareTo(LONG_MAX) <= 0) || Double.isInfinite(near)
                ? number
                : BigDecimal.valueOf(near);
    }

    private Map<String, Value> object(Tree.Block block, Path path) {
        return listed ? plain(block, path) : fields(block, path);
    }

    private Map<String, Value> plain(Tree.Block block, Path path) {
        Map<String, Value> values = new HashMap<>();
        for (Tree.Field field : block.fields()) {
            Path here = path.field(field.name());
            binder.note(here, field);
            values.put(field.name(), of(field.value(), here));
        }
        return values;
    }

    private Value argument(Tree.Field field, Path path) {
        Value value = of(field.value(), path);
        boolean single =
                listed && field.form() == Tree.Form.ARGUMENT && value instanceof Value.Fields;
        return single ? new Value.Items(List.of(value)) : value;
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
                values.put(field.name(), single(argument(field, here)));
            }
        }
        repeated.forEach((name, items) -> values.put(name, single(new Value.Items(items))));
        return values;
    }

    private Value single(Value value) {
        return !asNomad
                        && value instanceof Value.Items(List<Value> items)
                        && items.size() == 1
                        && items.getFirst() instanceof Value.Fields only
                ? only
                : value;
    }

    private Value labelled(Tree.Block block, int label, Path path) {
        if (label == block.labels().size()) {
            return new Value.Fields(fields(block, path));
        }
        Value inner = labelled(block, label + 1, path);
        return new Value.Fields(
                Map.of(
                        block.labels().get(label).text(),
                        listed ? new Value.Items(List.of(inner)) : inner));
    }
}
