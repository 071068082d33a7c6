package dev.drover.manifests.shape;

import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Places;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Trees to records. A field that does not fit becomes a problem and counts as absent, so that one
/// binding finds every mistake. What is absent becomes an empty `Optional`, list or map, and the
/// zero of a plain component; a record that must be there and is not is a problem.
public final class Binder {

    /// Mistakes of a resource for whose words others are looked for: a text with more of them is no
    /// slip of the pen, and each is compared with every word.
    private static final int HELPED_MAX = 100;

    private final Source source;
    private final Dialect dialect;
    private final Strange strange;
    private final Places places;
    private final boolean asNomad;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Told> told = new HashSet<>();
    private final Scalars scalars = new Scalars(this);
    private final Opaques opaques;

    /// What was told of a place: what several parts have from around them, or one block makes
    /// several times, is wrong once.
    private record Told(Position at, Code code, String what) {}

    /// What is done about fields that the record does not have.
    public enum Strange {
        /// They are mistakes: people write them.
        REFUSE,
        /// They are nothing: a newer program writes them.
        IGNORE
    }

    /// What becomes of an object in a value without a schema.
    public enum Objects {
        /// It stays one.
        AS_WRITTEN,
        /// HCL's are lists of one, as in Nomad's API, and lists of one stay such.
        AS_NOMAD_HAS_THEM
    }

    /// `places` takes down where each field stands.
    public Binder(Source source, Dialect dialect, Strange strange, Objects objects, Places places) {
        this.asNomad = objects == Objects.AS_NOMAD_HAS_THEM;
        this.opaques = new Opaques(this, asNomad, asNomad && dialect == Dialect.HCL);
        this.source = source;
        this.dialect = dialect;
        this.strange = strange;
        this.places = places;
    }

    /// What was found to be wrong so far.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// The record that a tree describes; empty when something that it cannot be without is missing
    /// or wrong.
    public <R extends Record> Optional<R> bind(Class<R> type, Tree tree, Path path) {
        return record(type, tree, path).map(type::cast);
    }

    /// The record of a sealed interface that a tree describes; its field `type` chooses which.
    public <T> Optional<T> bindVariant(Class<T> sealed, Tree tree, Path path) {
        return variant(sealed, tree, path).map(sealed::cast);
    }

    /// What a component is when nobody wrote it; empty when it cannot be without a value.
    public static Optional<Object> absent(Component component) {
        return Absent.of(component.shape());
    }

    Dialect dialect() {
        return dialect;
    }

    void note(Path path, Tree.Field field) {
        places.put(path, field.position());
    }

    /// A word that its field does not know: Nomad's parser knows no words, so it keeps them all.
    boolean kept(Path path, String word) {
        if (asNomad) {
            places.stranger(path, word);
        }
        return asNomad;
    }

    void report(Tree at, Path path, Code code, String what, String fix) {
        report(at.position(), path, code, what, fix);
    }

    private void report(Tree.Field field, Path path, Code code, String what, String fix) {
        report(field.position(), path, code, what, fix);
    }

    private void report(Position at, Path path, Code code, String what, String fix) {
        if (told.add(new Told(at, code, what))) {
            String title = path.title().isEmpty() ? "" : path.title() + ": ";
            problems.add(Problem.at(source, at, code, title + what, fix));
        }
    }

    // ---- records

    private Optional<Record> record(Class<? extends Record> type, Tree tree, Path path) {
        if (!(tree instanceof Tree.Block block)) {
            report(
                    tree,
                    path,
                    Code.WRONG_TYPE,
                    "fields are expected here, not " + Trees.kind(tree),
                    "");
            return Optional.empty();
        }
        RecordShape shape = RecordShape.of(type);
        Map<String, List<Tree.Field>> fields = byName(block);
        List<Object> values = new ArrayList<>(shape.components().size());
        boolean complete = true;
        for (Component component : shape.components()) {
            Optional<Object> value =
                    isLabel(type, component)
                            ? label(component, block, path)
                            : value(type, component, fields, block, path);
            value.ifPresent(values::add);
            complete &= value.isPresent();
        }
        refuseLabels(shape, block, path);
        fields.values().forEach(left -> unknown(shape, left.getFirst(), path));
        return complete ? Optional.of((Record) shape.create(values.toArray())) : Optional.empty();
    }

    private static Map<String, List<Tree.Field>> byName(Tree.Block block) {
        Map<String, List<Tree.Field>> fields = new LinkedHashMap<>();
        for (Tree.Field field : block.fields()) {
            fields.computeIfAbsent(field.name(), _ -> new ArrayList<>(1)).add(field);
        }
        return fields;
    }

    private boolean isLabel(Class<? extends Record> type, Component component) {
        return dialect == Dialect.HCL
                && FieldNames.label(type).equals(Optional.of(component.name()));
    }

    private Optional<Object> label(Component component, Tree.Block block, Path path) {
        if (block.labels().isEmpty()) {
            if (!isDynamic(block) || problems.isEmpty() || !isAt(problems.getLast(), block)) {
                report(
                        block,
                        path,
                        Code.LABELS,
                        "the block has no name",
                        isDynamic(block)
                                ? "give the dynamic block labels = [ … ], one for each label"
                                : "write its " + component.name() + " in quotes before the {");
            }
            return Optional.of("");
        }
        return Optional.of(block.labels().getFirst().text());
    }

    /// Whether a dynamic block has made it, as others: they have one place.
    private boolean isDynamic(Tree.Block block) {
        return source.text().startsWith("dynamic", source.offset(block.position()));
    }

    private static boolean isAt(Problem problem, Tree.Block block) {
        return problem.place().filter(at -> at.position().equals(block.position())).isPresent();
    }

    private void refuseLabels(RecordShape shape, Tree.Block block, Path path) {
        int allowed = dialect == Dialect.HCL && FieldNames.label(shape.type()).isPresent() ? 1 : 0;
        if (block.labels().size() > allowed) {
            tooManyLabels(block.labels().get(allowed), path);
        }
    }

    private void tooManyLabels(Tree.Label label, Path path) {
        report(
                label.position(),
                path,
                Code.LABELS,
                "there is a name too many: \"" + label.text() + "\"",
                "remove it");
    }

    /// The component's value from its fields, which it takes out of the map; empty when it cannot
    /// be without one.
    private Optional<Object> value(
            Class<? extends Record> owner,
            Component component,
            Map<String, List<Tree.Field>> fields,
            Tree.Block around,
            Path path) {
        if (!component.isIn(dialect)) {
            return Absent.of(component.shape());
        }
        String name = component.name(dialect);
        List<Tree.Field> written = fields.remove(name);
        Path here = step(owner, component, name, path);
        if (written == null) {
            return isSpec(owner, component)
                    ? unwritten(component, around, here)
                    : absent(component, around, here);
        }
        note(here, written.getFirst());
        if (dialect == Dialect.HCL && !allowed(component.hcl(), written.getFirst(), here)) {
            return Absent.of(component.shape());
        }
        Shape slot = present(component.shape());
        Optional<Object> value =
                dialect == Dialect.HCL
                        ? hcl(slot, written, here)
                        : of(slot, written.getFirst().value(), here);
        if (value.isEmpty()) {
            return Absent.of(component.shape());
        }
        return component.shape() instanceof Shape.Maybe ? Optional.of(value) : value;
    }

    /// A resource's spec is what people think of: its fields stand alone.
    private static Path step(
            Class<? extends Record> owner, Component component, String name, Path path) {
        return isSpec(owner, component) ? path : path.field(component.name(), name);
    }

    private static boolean isSpec(Class<? extends Record> owner, Component component) {
        return Resource.class.isAssignableFrom(owner) && component.name().equals("spec");
    }

    /// A spec that nobody wrote is one that says nothing: what it may not leave out has a name.
    private Optional<Object> unwritten(Component component, Tree.Block around, Path path) {
        return Absent.of(component.shape())
                .or(() ->
                        of(
                                component.shape(),
                                new Tree.Block(around.position(), List.of(), List.of()),
                                path));
    }

    /// What HCL asks of a field beyond its type.
    private boolean allowed(HclSchema.Rules rules, Tree.Field field, Path path) {
        if (rules.nullIsNoValue() && field.value() instanceof Tree.Nothing) {
            report(field.value(), path, Code.WRONG_TYPE, "null is no value here", "remove it");
            return false;
        }
        Optional<HclSchema.Range> range = rules.range();
        if (field.value() instanceof Tree.Num(_, var number)
                && range.isPresent()
                && !range.get().holds(number)) {
            report(field.value(), path, Code.OUT_OF_RANGE, range.get().wanted(), "");
            return false;
        }
        return switch (rules.mapForm()) {
            case BLOCK -> beyondBlocks(field) || block(field, path);
            case ARGUMENT -> argument(field, path);
            case EITHER -> true;
        };
    }

    /// A map that no block can hold, since a key of it is no name.
    private static boolean beyondBlocks(Tree.Field field) {
        return field.form() == Tree.Form.COMPUTED
                && field.value() instanceof Tree.Block map
                && !map.fields().stream().allMatch(each -> HclSchema.isName(each.name()));
    }

    private Optional<Object> absent(Component component, Tree.Block around, Path path) {
        Optional<Object> value = Absent.of(component.shape());
        boolean required = dialect == Dialect.HCL && component.hcl().required();
        if (value.isEmpty() || required) {
            report(around, path, Code.MISSING_FIELD, "this field is required", "");
        }
        return value;
    }

    private void unknown(RecordShape shape, Tree.Field field, Path path) {
        if (strange == Strange.IGNORE) {
            return;
        }
        String fix = problems.size() < HELPED_MAX ? Unknown.fix(shape, dialect, field.name()) : "";
        report(field, path, Code.UNKNOWN_FIELD, Unknown.what(field), fix);
    }

    // ---- HCL: arguments and blocks

    private Optional<Object> hcl(Shape slot, List<Tree.Field> written, Path path) {
        Tree.Field first = written.getFirst();
        return switch (slot) {
            case Shape.Items(Shape.Struct(var type)) -> Optional.of(blocks(type, written, path));
            case Shape.Union(var type) when type == Value.class ->
                    single(written, path) ? of(slot, first.value(), path) : Optional.empty();
            case Shape.Struct _, Shape.Union _ ->
                    block(first, path) && single(written, path)
                            ? of(slot, first.value(), path)
                            : Optional.empty();
            case Shape.Fields _ ->
                    single(written, path) && unlabelled(first, path)
                            ? of(slot, first.value(), path)
                            : Optional.empty();
            case Shape.Scalar _, Shape.Items _, Shape.Maybe _ -> // a block may follow an argument
                    written.stream().allMatch(field -> argument(field, path))
                            ? of(slot, first.value(), path)
                            : Optional.empty();
        };
    }

    private boolean block(Tree.Field field, Path path) {
        if (field.form() != Tree.Form.BLOCK) {
            report(
                    field,
                    path,
                    Code.UNKNOWN_FIELD,
                    "\"" + field.name() + "\" is a block, not an argument",
                    "write " + field.name() + " { … } without =");
            return false;
        }
        return true;
    }

    private boolean argument(Tree.Field field, Path path) {
        if (field.form() == Tree.Form.BLOCK) {
            report(
                    field,
                    path,
                    Code.UNKNOWN_FIELD,
                    "\"" + field.name() + "\" is an argument, not a block",
                    "write " + field.name() + " = …");
            return false;
        }
        return true;
    }

    private boolean unlabelled(Tree.Field field, Path path) {
        if (field.value() instanceof Tree.Block block && !block.labels().isEmpty()) {
            tooManyLabels(block.labels().getFirst(), path);
            return false;
        }
        return true;
    }

    private boolean single(List<Tree.Field> written, Path path) {
        if (written.size() > 1) {
            Tree.Field second = written.get(1);
            report(
                    second,
                    path,
                    Code.DUPLICATE,
                    "\""
                            + second.name()
                            + "\" is already given at line "
                            + written.getFirst().position().line(),
                    "keep one of the two");
        }
        return true;
    }

    private List<Record> blocks(Class<? extends Record> type, List<Tree.Field> written, Path path) {
        List<Record> records = new ArrayList<>(written.size());
        for (Tree.Field field : written) {
            if (block(field, path)) {
                Path here = path.item(records.size(), field.name(), Trees.label(field.value()));
                note(here, field);
                record(type, field.value(), here).ifPresent(records::add);
            }
        }
        return records;
    }

    // ---- values

    private Optional<Object> of(Shape slot, Tree tree, Path path) {
        if (tree instanceof Tree.Nothing) {
            return isOpaque(slot) ? Optional.of(opaques.of(tree, path)) : Optional.empty();
        }
        return switch (slot) {
            case Shape.Scalar _ -> scalars.of(slot, tree, path);
            case Shape.Maybe(Shape inner) -> of(inner, tree, path).map(Optional::of);
            case Shape.Items(Shape item) -> list(item, tree, path);
            case Shape.Fields(Shape value) -> map(value, tree, path);
            case Shape.Struct(var type) -> record(type, tree, path).map(Object.class::cast);
            case Shape.Union(var type) when type == Value.class ->
                    Optional.of(opaques.of(tree, path));
            case Shape.Union(var type) -> variant(type, tree, path);
        };
    }

    private static boolean isOpaque(Shape slot) {
        return slot instanceof Shape.Union(Class<?> type) && type == Value.class;
    }

    private static Shape present(Shape slot) {
        return slot instanceof Shape.Maybe(Shape inner) ? inner : slot;
    }

    private Optional<Object> list(Shape item, Tree tree, Path path) {
        if (!(tree instanceof Tree.Listing listing)) {
            report(
                    tree,
                    path,
                    Code.WRONG_TYPE,
                    "a list is required here, not " + Trees.kind(tree),
                    "write " + Trees.asList(tree, dialect));
            return Optional.empty();
        }
        String word = FieldNames.singular(path.last());
        List<Object> items = new ArrayList<>(listing.items().size());
        for (Tree each : listing.items()) {
            Path here = path.item(items.size(), word, Trees.label(each));
            places.put(here, each.position());
            if (each instanceof Tree.Nothing) {
                report(each, here, Code.WRONG_TYPE, "a list holds no null", "remove it");
            } else {
                of(item, each, here).ifPresent(items::add);
            }
        }
        return Optional.of(items);
    }

    private Optional<Object> map(Shape value, Tree tree, Path path) {
        if (!(tree instanceof Tree.Block block)) {
            report(
                    tree,
                    path,
                    Code.WRONG_TYPE,
                    "names with values are required here, not " + Trees.kind(tree),
                    "");
            return Optional.empty();
        }
        if (isOpaque(value)) {
            return Optional.of(opaques.fields(block, path));
        }
        Map<String, Object> entries = new HashMap<>();
        for (Tree.Field field : block.fields()) {
            Path here = path.field(field.name());
            note(here, field);
            if (field.value() instanceof Tree.Nothing && value instanceof Shape.Text) {
                report(field.value(), here, Code.WRONG_TYPE, "null is no text", "remove it");
            }
            of(value, field.value(), here).ifPresent(entry -> entries.put(field.name(), entry));
        }
        return Optional.of(entries);
    }

    private Optional<Object> variant(Class<?> type, Tree tree, Path path) {
        Optional<Class<? extends Record>> chosen = Variants.of(type, tree);
        if (chosen.isEmpty()) {
            report(
                    tree,
                    path,
                    Code.UNKNOWN_WORD,
                    "the field type must be one of " + String.join(", ", Variants.words(type)),
                    "");
            return Optional.empty();
        }
        return record(chosen.get(), Variants.withoutType(tree), path).map(Object.class::cast);
    }
}
