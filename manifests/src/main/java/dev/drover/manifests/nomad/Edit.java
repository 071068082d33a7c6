package dev.drover.manifests.nomad;

import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// An object's fields while its form is changed from Nomad's to ours or back. Fields that are not
/// there are left alone.
final class Edit {

    private final Map<String, Tree.Field> fields = new LinkedHashMap<>();
    private final Position position;

    private Edit(Tree.Block block) {
        this.position = block.position();
        block.fields().forEach(field -> fields.put(field.name(), field));
    }

    /// Begins with a block's fields; what is no block is begun as an empty one.
    static Edit of(Tree tree) {
        return new Edit(
                tree instanceof Tree.Block block
                        ? block
                        : new Tree.Block(tree.position(), List.of(), List.of()));
    }

    static Tree.Block block(Tree tree, Function<Edit, Edit> change) {
        return change.apply(of(tree)).block();
    }

    Tree.Block block() {
        return new Tree.Block(position, List.of(), List.copyOf(fields.values()));
    }

    Optional<Tree> value(String name) {
        return Optional.ofNullable(fields.get(name))
                .map(Tree.Field::value)
                .filter(value -> !(value instanceof Tree.Nothing));
    }

    /// Sets a field, at the place where it is or at the end.
    Edit put(String name, Tree value) {
        fields.put(name, new Tree.Field(value.position(), name, Tree.Form.ARGUMENT, value));
        return this;
    }

    Edit put(String name, String text) {
        return put(name, new Tree.Text(position, text));
    }

    Edit putIfAbsent(String name, String text) {
        return value(name).isPresent() ? this : put(name, text);
    }

    Edit remove(String name) {
        fields.remove(name);
        return this;
    }

    /// Gives a field another name.
    Edit rename(String from, String to) {
        Tree.Field field = fields.remove(from);
        if (field != null) {
            fields.put(to, new Tree.Field(field.position(), to, field.form(), field.value()));
        }
        return this;
    }

    /// Changes the value of a field.
    Edit change(String name, UnaryOperator<Tree> change) {
        Tree.Field field = fields.get(name);
        if (field != null && !(field.value() instanceof Tree.Nothing)) {
            fields.put(
                    name,
                    new Tree.Field(
                            field.position(), name, field.form(), change.apply(field.value())));
        }
        return this;
    }

    /// Changes the object that a field is.
    Edit object(String name, UnaryOperator<Edit> change) {
        return change(name, value -> value instanceof Tree.Block ? block(value, change) : value);
    }

    /// Changes each object of the list that a field is.
    Edit each(String name, UnaryOperator<Edit> change) {
        return change(
                name,
                value ->
                        value instanceof Tree.Listing listing
                                ? new Tree.Listing(listing.position(), items(listing, change))
                                : value);
    }

    private static List<Tree> items(Tree.Listing listing, UnaryOperator<Edit> change) {
        return listing.items().stream()
                .map(item -> item instanceof Tree.Block ? (Tree) block(item, change) : item)
                .toList();
    }

    /// The items of the list that a field is.
    List<Tree> items(String name) {
        return value(name)
                .map(value ->
                        value instanceof Tree.Listing listing ? listing.items() : List.<Tree>of())
                .orElse(List.of());
    }

    Edit putItems(String name, List<Tree> items) {
        return items.isEmpty() ? remove(name) : put(name, new Tree.Listing(position, items));
    }

    /// A list of named objects as an object of them.
    Edit listToMap(String name, String key) {
        List<Tree.Field> entries =
                items(name).stream()
                        .map(item ->
                                new Tree.Field(
                                        item.position(), text(item, key), Tree.Form.ARGUMENT, item))
                        .toList();
        return entries.isEmpty() ? this : put(name, new Tree.Block(position, List.of(), entries));
    }

    /// An object of objects as a list of them, each with its key as a field.
    Edit mapToList(String name, String key) {
        return change(
                name,
                value ->
                        value instanceof Tree.Block map
                                ? new Tree.Listing(
                                        map.position(),
                                        map.fields().stream()
                                                .map(field ->
                                                        (Tree)
                                                                of(field.value())
                                                                        .put(key, field.name())
                                                                        .block())
                                                .toList())
                                : value);
    }

    /// The text of an object's field; empty when it has none.
    static String text(Tree object, String field) {
        return object instanceof Tree.Block block
                ? block.field(field)
                        .map(Tree.Field::value)
                        .map(value -> value instanceof Tree.Text(_, String text) ? text : "")
                        .orElse("")
                : "";
    }
}
