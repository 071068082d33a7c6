package dev.drover.manifests.shape;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records to trees, the other way of [Binder]: what is absent or empty is left out, everything
/// else that the dialect has has the name that it gives it.
public final class Unbinder {

    private final Dialect dialect;

    public Unbinder(Dialect dialect) {
        this.dialect = dialect;
    }

    /// A resource with its `apiVersion` and `kind` in front.
    public static Tree.Block resource(Resource resource) {
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(field("apiVersion", text(Kind.API_VERSION)));
        fields.add(field("kind", text(resource.kind().text())));
        fields.addAll(new Unbinder(Dialect.DROVER).tree((Record) resource).fields());
        return new Tree.Block(Position.START, List.of(), fields);
    }

    /// A record's fields in the order of its components.
    public Tree.Block tree(Record record) {
        Optional<String> labelled =
                dialect == Dialect.HCL ? FieldNames.label(record.getClass()) : Optional.empty();
        List<Tree.Label> labels = new ArrayList<>();
        List<Tree.Field> fields = new ArrayList<>();
        for (Component component : RecordShape.of(record.getClass()).components()) {
            Object value = component.read(record);
            if (labelled.equals(Optional.of(component.name()))) {
                labels.add(new Tree.Label(Position.START, value.toString()));
            } else if (component.isIn(dialect) && !leftOut(record, value)) {
                add(component, value, fields);
            }
        }
        return new Tree.Block(Position.START, labels, fields);
    }

    /// One of the records of a sealed interface, with the field `type` in front.
    public Tree.Block variant(Record record) {
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(field(Variants.TYPE, text(Words.of(record.getClass()))));
        fields.addAll(tree(record).fields());
        return new Tree.Block(Position.START, List.of(), fields);
    }

    /// Nothing says what absence does. The zeros of metadata are left out as well: they are what
    /// the server has not set yet.
    private static boolean leftOut(Record owner, Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> collection -> collection.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case String text -> text.isEmpty();
            case Long number -> number == 0 && owner instanceof Metadata;
            default -> false;
        };
    }

    private void add(Component component, Object value, List<Tree.Field> into) {
        String name = component.name(dialect);
        Object present = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
        Shape slot = present(component.shape());
        if (dialect == Dialect.HCL && slot instanceof Shape.Items(Shape.Struct _)) {
            for (Object item : (List<?>) present) {
                into.add(
                        new Tree.Field(Position.START, name, Tree.Form.BLOCK, tree((Record) item)));
            }
            return;
        }
        Tree tree = value(slot, present);
        into.add(new Tree.Field(Position.START, name, form(component, slot, tree), tree));
    }

    /// Maps are blocks in HCL, unless they are arguments always or a key is no name there.
    private Tree.Form form(Component component, Shape slot, Tree tree) {
        if (dialect != Dialect.HCL) {
            return Tree.Form.ARGUMENT;
        }
        return switch (slot) {
            case Shape.Struct _, Shape.Union _ -> Tree.Form.BLOCK;
            case Shape.Fields _ -> form(component.hcl().mapForm(), (Tree.Block) tree);
            case Shape.Scalar _, Shape.Maybe _, Shape.Items _ -> Tree.Form.ARGUMENT;
        };
    }

    private static Tree.Form form(HclSchema.MapForm form, Tree.Block map) {
        boolean named = map.fields().stream().allMatch(field -> HclSchema.isName(field.name()));
        return switch (form) {
            case ARGUMENT -> Tree.Form.ARGUMENT;
            case BLOCK -> named ? Tree.Form.BLOCK : Tree.Form.COMPUTED;
            case EITHER -> named ? Tree.Form.BLOCK : Tree.Form.ARGUMENT;
        };
    }

    private Tree value(Shape slot, Object value) {
        return switch (slot) {
            case Shape.Text _ -> text(value.toString());
            case Shape.Int _ -> number(BigDecimal.valueOf((Integer) value));
            case Shape.Wide _ -> number(BigDecimal.valueOf((Long) value));
            case Shape.Decimal _ -> number((BigDecimal) value);
            case Shape.Flag _ -> new Tree.Flag(Position.START, (Boolean) value);
            case Shape.Span _ -> duration((Duration) value);
            case Shape.Moment _ -> text(((Instant) value).toString());
            case Shape.Choice _ -> text(Words.of((Enum<?>) value));
            case Shape.Maybe(Shape inner) -> value(inner, ((Optional<?>) value).orElseThrow());
            case Shape.Items(Shape item) ->
                    new Tree.Listing(
                            Position.START,
                            ((List<?>) value).stream().map(each -> value(item, each)).toList());
            case Shape.Fields(Shape item) ->
                    new Tree.Block(Position.START, List.of(), entries(item, (Map<?, ?>) value));
            case Shape.Struct _ -> tree((Record) value);
            case Shape.Union(var type) when type == Value.class -> opaque((Value) value);
            case Shape.Union _ -> variant((Record) value);
        };
    }

    private List<Tree.Field> entries(Shape item, Map<?, ?> map) {
        List<Tree.Field> fields = new ArrayList<>();
        map.forEach((name, value) -> fields.add(field(name.toString(), value(item, value))));
        return fields;
    }

    private static Shape present(Shape slot) {
        return slot instanceof Shape.Maybe(Shape inner) ? inner : slot;
    }

    private Tree duration(Duration duration) {
        return dialect == Dialect.NOMAD
                ? number(BigDecimal.valueOf(duration.toNanos()))
                : text(Durations.text(duration));
    }

    /// A value without a schema as a tree.
    public static Tree opaque(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text(text);
            case Value.Num(BigDecimal number) -> number(number);
            case Value.Bool(boolean flag) -> new Tree.Flag(Position.START, flag);
            case Value.Nothing _ -> new Tree.Nothing(Position.START);
            case Value.Items(List<Value> items) ->
                    new Tree.Listing(Position.START, items.stream().map(Unbinder::opaque).toList());
            case Value.Fields(Map<String, Value> fields) ->
                    new Tree.Block(
                            Position.START,
                            List.of(),
                            fields.entrySet().stream()
                                    .map(entry -> field(entry.getKey(), opaque(entry.getValue())))
                                    .toList());
        };
    }

    private static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    private static Tree text(String text) {
        return new Tree.Text(Position.START, text);
    }

    private static Tree number(BigDecimal number) {
        return new Tree.Num(Position.START, number);
    }
}
