package dev.drover.manifests;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Kinds;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Unbinder;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A block at the top of a HCL file as a resource's metadata and spec: the label is its name, a few
/// fields belong to the metadata, the rest is the spec.
record HclDocument(Kind kind, Tree.Field block) {

    /// Block types: the kind in snake_case, but for variables: `variable` is an input of the file.
    private static final Map<String, Kind> TYPES =
            Arrays.stream(Kind.values())
                    .collect(Collectors.toUnmodifiableMap(HclDocument::type, Function.identity()));

    private static final List<String> METADATA = List.of("namespace", "labels", "annotations");

    static String type(Kind kind) {
        return kind == Kind.VARIABLE ? "stored_variable" : kind.name().toLowerCase(Locale.ROOT);
    }

    static List<String> types() {
        return TYPES.keySet().stream().sorted().toList();
    }

    static Optional<HclDocument> of(Tree.Field field) {
        return field.form() == Tree.Form.BLOCK && field.value() instanceof Tree.Block
                ? Optional.ofNullable(TYPES.get(field.name()))
                        .map(kind -> new HclDocument(kind, field))
                : Optional.empty();
    }

    private Tree.Block body() {
        return (Tree.Block) block.value();
    }

    /// The label, and fields that every kind has.
    Tree.Block metadata() {
        List<Tree.Field> fields = new ArrayList<>();
        Optional<Tree.Field> id = idField();
        if (id.isPresent()) {
            fields.add(
                    new Tree.Field(
                            id.get().position(), "name", Tree.Form.ARGUMENT, id.get().value()));
        } else {
            label().map(HclDocument::named).ifPresent(fields::add);
        }
        body().fields().stream()
                .filter(field -> METADATA.contains(field.name()))
                .forEach(fields::add);
        return new Tree.Block(body().position(), List.of(), fields);
    }

    /// A job may give its identity as a field.
    private Optional<Tree.Field> idField() {
        return kind == Kind.JOB ? body().field("id").filter(HclDocument::says) : Optional.empty();
    }

    /// Whether a field has a value: null is none.
    private static boolean says(Tree.Field field) {
        return !(field.value() instanceof Tree.Nothing);
    }

    private Optional<Tree.Label> label() {
        return body().labels().stream().findFirst();
    }

    private static Tree.Field named(Tree.Label label) {
        return new Tree.Field(
                label.position(),
                "name",
                Tree.Form.ARGUMENT,
                new Tree.Text(label.position(), label.text()));
    }

    /// Whether its name is a field: one that does not fit is reported as such.
    boolean hasId() {
        return idField().isPresent();
    }

    /// Whether it says that it has none, which is as good as to say nothing, and not the same.
    boolean hasEmptyNamespace() {
        return body().field("namespace")
                .filter(field ->
                        field.value() instanceof Tree.Text(_, String text) && text.isEmpty())
                .isPresent();
    }

    /// Blocks outside of tasks that are for tasks.
    List<JobForms.Shared> shared() {
        return kind == Kind.JOB ? JobForms.shared(body()) : List.of();
    }

    Tree.Block spec() {
        Tree.Block whole = kind == Kind.JOB ? JobForms.job(body()) : body();
        List<Tree.Field> fields =
                whole.fields().stream()
                        .filter(field ->
                                !METADATA.contains(field.name())
                                        && !(kind == Kind.JOB && field.name().equals("id")))
                        .collect(Collectors.toCollection(ArrayList::new));
        if (idField().isPresent() && body().field("name").filter(HclDocument::says).isEmpty()) {
            fields.removeIf(field -> field.name().equals("name"));
            label().map(HclDocument::named).ifPresent(fields::add);
        }
        List<Tree.Label> labels =
                whole.labels().size() > 1
                        ? whole.labels().subList(1, whole.labels().size())
                        : List.of();
        return new Tree.Block(whole.position(), labels, fields);
    }

    private static Record spec(Resource resource) {
        return RecordShape.of(Kinds.type(resource.kind())).components().stream()
                .filter(component -> component.name().equals("spec"))
                .map(component -> (Record) component.read((Record) resource))
                .findFirst()
                .orElseThrow();
    }

    /// The block that a resource is in a file.
    static Tree.Field of(Resource resource) {
        Unbinder unbinder = new Unbinder(Dialect.HCL);
        List<Tree.Field> fields = new ArrayList<>();
        unbinder.tree(resource.metadata()).fields().stream()
                .filter(field -> METADATA.contains(field.name()))
                .forEach(fields::add);
        fields.addAll(unbinder.tree(spec(resource)).fields());
        List<Tree.Label> labels =
                List.of(new Tree.Label(Position.START, resource.metadata().name()));
        Tree.Block body = new Tree.Block(Position.START, labels, fields);
        return new Tree.Field(Position.START, type(resource.kind()), Tree.Form.BLOCK, body);
    }

    Position position() {
        return block.position();
    }
}
