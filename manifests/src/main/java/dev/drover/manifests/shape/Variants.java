package dev.drover.manifests.shape;

import dev.drover.manifests.tree.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The records of a sealed interface, told apart by the field `type`.
final class Variants {

    static final String TYPE = "type";

    private Variants() {}

    static Optional<Class<? extends Record>> of(Class<?> sealed, Tree tree) {
        if (!(tree instanceof Tree.Block block)
                || !(block.field(TYPE).map(Tree.Field::value).orElse(tree)
                        instanceof Tree.Text(_, String word))) {
            return Optional.empty();
        }
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(variant -> Words.of(variant).equals(word))
                .findFirst()
                .map(variant -> variant.asSubclass(Record.class));
    }

    static List<String> words(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).map(Words::of).toList();
    }

    static Tree withoutType(Tree tree) {
        if (!(tree instanceof Tree.Block block)) {
            return tree;
        }
        return new Tree.Block(
                block.position(),
                block.labels(),
                block.fields().stream().filter(field -> !field.name().equals(TYPE)).toList());
    }
}
