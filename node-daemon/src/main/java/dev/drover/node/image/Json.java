package dev.drover.node.image;

import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.util.List;
import java.util.Optional;

/// A JSON value, of which only what is asked for need be as expected.
record Json(Tree tree) {
    static Json read(String name, String text) throws ImageFailure {
        return JsonReader.value(new Source(name, text))
                .map(Json::new)
                .orElseThrow(() -> new ImageFailure(name + " is not JSON"));
    }

    /// The field of an object.
    Optional<Json> field(String name) {
        return tree instanceof Tree.Block block
                ? block.field(name)
                        .map(Tree.Field::value)
                        .filter(value -> !(value instanceof Tree.Nothing))
                        .map(Json::new)
                : Optional.empty();
    }

    /// The items of a list; none when it is none.
    List<Json> items() {
        return tree instanceof Tree.Listing list
                ? list.items().stream().map(Json::new).toList()
                : List.of();
    }

    /// The items of a list in a field.
    List<Json> items(String name) {
        return field(name).map(Json::items).orElse(List.of());
    }

    /// A text in a field; empty when it is another thing or says nothing.
    Optional<String> text(String name) {
        return field(name).flatMap(Json::text).filter(text -> !text.isEmpty());
    }

    /// The texts of a list in a field.
    List<String> texts(String name) {
        return items(name).stream().map(Json::text).flatMap(Optional::stream).toList();
    }

    private Optional<String> text() {
        return tree instanceof Tree.Text text ? Optional.of(text.value()) : Optional.empty();
    }
}
