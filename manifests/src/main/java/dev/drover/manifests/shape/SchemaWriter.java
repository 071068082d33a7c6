package dev.drover.manifests.shape;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The model as OpenAPI 3 schemas: from the same shapes that bind manifests, with what the records'
/// comments say as descriptions. A record is written once, under its name; others refer to it.
public final class SchemaWriter {
    private static final String PREFIX = "dev.drover.v1.";

    private final FieldDocs docs;
    private final Map<String, Tree> schemas = new TreeMap<>();

    private SchemaWriter(FieldDocs docs) {
        this.docs = docs;
    }

    /// The schemas of all kinds and of everything inside of them, by name.
    public static Tree.Block kinds(FieldDocs docs) {
        SchemaWriter writer = new SchemaWriter(docs);
        for (Kind kind : Kind.values()) {
            writer.kind(kind);
        }
        return Made.block(
                writer.schemas.entrySet().stream()
                        .map(entry -> Made.field(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /// A reference to the schema of a kind.
    public static Tree.Field reference(Kind kind) {
        return reference(Kinds.type(kind));
    }

    /// How Kubernetes' clients recognise a kind: `{"group", "version", "kind"}`.
    public static Tree.Block recognised(Kind kind) {
        String[] groupAndVersion = Kind.API_VERSION.split("/");
        return Made.block(
                Made.field("group", groupAndVersion[0]),
                Made.field("version", groupAndVersion[1]),
                Made.field("kind", kind.text()));
    }

    private static Tree.Field reference(Class<?> type) {
        return Made.field("$ref", "#/components/schemas/" + PREFIX + name(type));
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private void kind(Kind kind) {
        Class<? extends Record> type = Kinds.type(kind);
        List<Tree.Field> properties = new ArrayList<>();
        properties.add(Made.field("apiVersion", text("always " + Kind.API_VERSION)));
        properties.add(Made.field("kind", text("always " + kind.text())));
        properties.addAll(properties(type));
        schemas.put(
                PREFIX + name(type),
                Made.block(
                        Made.field("type", "object"),
                        Made.field("description", docs.of(type)),
                        Made.field("properties", Made.block(properties)),
                        Made.field(
                                "x-kubernetes-group-version-kind",
                                Made.list(List.of(recognised(kind))))));
    }

    private static Tree text(String description) {
        return Made.block(Made.field("type", "string"), Made.field("description", description));
    }

    private void record(Class<? extends Record> type) {
        String name = PREFIX + name(type);
        if (schemas.containsKey(name)) {
            return;
        }
        schemas.put(name, Made.block()); // before its parts: one of them may be of its own kind
        schemas.put(
                name,
                Made.block(
                        Made.field("type", "object"),
                        Made.field("description", docs.of(type)),
                        Made.field("properties", Made.block(properties(type)))));
    }

    private List<Tree.Field> properties(Class<? extends Record> type) {
        List<Tree.Field> properties = new ArrayList<>();
        for (Component component : RecordShape.of(type).components()) {
            List<Tree.Field> schema = new ArrayList<>();
            String description = docs.of(type, component);
            Made.stated("description", description).ifPresent(schema::add);
            schema.addAll(schema(component.shape()));
            properties.add(Made.field(component.name(), Made.block(schema)));
        }
        return properties;
    }

    private List<Tree.Field> schema(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> typed("string");
            case Shape.Flag _ -> typed("boolean");
            case Shape.Int _ -> formatted("integer", "int32");
            case Shape.Wide _ -> formatted("integer", "int64");
            case Shape.Decimal _ -> typed("number");
            case Shape.Moment _ -> formatted("string", "date-time");
            case Shape.Span _ -> formatted("string", "duration");
            case Shape.Choice(var type) -> {
                List<Tree.Field> fields = new ArrayList<>(typed("string"));
                fields.add(
                        Made.field(
                                "enum",
                                Made.list(Words.all(type).stream().map(Made::text).toList())));
                yield fields;
            }
            case Shape.Maybe(Shape of) -> schema(of);
            case Shape.Items(Shape of) -> items(of);
            case Shape.Fields(Shape of) -> {
                List<Tree.Field> fields = new ArrayList<>(typed("object"));
                fields.add(Made.field("additionalProperties", Made.block(schema(of))));
                yield fields;
            }
            case Shape.Struct(var type) -> {
                record(type);
                yield List.of(Made.field("allOf", Made.list(List.of(Made.block(reference(type))))));
            }
            case Shape.Union(var type) when type == Value.class ->
                    List.of(Made.field("x-kubernetes-preserve-unknown-fields", Made.flag(true)));
            case Shape.Union _ -> {
                List<Tree.Field> fields = new ArrayList<>(typed("object"));
                fields.add(Made.field("x-kubernetes-preserve-unknown-fields", Made.flag(true)));
                yield fields;
            }
        };
    }

    /// Blocks that have a name are told apart by it; other lists are one value.
    private List<Tree.Field> items(Shape of) {
        List<Tree.Field> fields = new ArrayList<>(typed("array"));
        fields.add(Made.field("items", Made.block(schema(of))));
        Optional<String> key =
                of instanceof Shape.Struct(var type) ? FieldNames.label(type) : Optional.empty();
        fields.add(Made.field("x-kubernetes-list-type", key.isPresent() ? "map" : "atomic"));
        key.ifPresent(name ->
                fields.add(
                        Made.field(
                                "x-kubernetes-list-map-keys",
                                Made.list(List.of(Made.text(name))))));
        return fields;
    }

    private static List<Tree.Field> typed(String type) {
        return List.of(Made.field("type", type));
    }

    private static List<Tree.Field> formatted(String type, String format) {
        return List.of(Made.field("type", type), Made.field("format", format));
    }
}
