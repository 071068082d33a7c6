package dev.drover.manifests.hcl;

import dev.drover.manifests.tree.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A dynamic block as it is written, before its turns: their mistakes are another matter, and there
/// may be none.
///
/// @param at where it begins
/// @param type of the blocks to make
/// @param forEach what has one item for each of them
/// @param iterator the name under which they refer to their item
/// @param labels a list of what they are called
/// @param content what they hold
record Dynamic(
        int at,
        String type,
        Expression forEach,
        String iterator,
        Optional<Expression> labels,
        Body content) {

    private static final List<String> FIELDS = List.of("for_each", "iterator", "labels");

    /// What a block says; empty when it lacks a part that it cannot be without.
    static Optional<Dynamic> of(Body.Block block, Problems problems) {
        if (block.labels().size() != 1) {
            problems.add(
                    block.at(),
                    Code.LABELS,
                    "a dynamic block has one label, the type of the blocks to make",
                    "write dynamic \"port\" { … }");
            return Optional.empty();
        }
        String type = block.labels().getFirst().text();
        Map<String, Expression> fields = fields(block.body(), problems);
        Optional<Expression> forEach = Optional.ofNullable(fields.get("for_each"));
        Optional<Body> content = content(block.body(), problems);
        if (forEach.isEmpty() || content.isEmpty()) {
            problems.add(
                    block.at(),
                    Code.MISSING_FIELD,
                    "a dynamic block needs for_each and a content block",
                    "write for_each = a list or map, and content { … }");
            return Optional.empty();
        }
        String iterator =
                Optional.ofNullable(fields.get("iterator"))
                        .flatMap(name -> name(name, problems))
                        .orElse(type);
        Optional<Expression> labels = Optional.ofNullable(fields.get("labels"));
        if (labels.isPresent() && !isList(labels.get(), problems)) {
            return Optional.empty();
        }
        return Optional.of(
                new Dynamic(block.at(), type, forEach.get(), iterator, labels, content.get()));
    }

    private static Map<String, Expression> fields(Body body, Problems problems) {
        Map<String, Expression> fields = new TreeMap<>();
        for (Body.Item item : body.items()) {
            if (item instanceof Body.Argument(int at, String name, Expression value)) {
                fields.put(name, value);
                if (!FIELDS.contains(name)) {
                    problems.add(
                            at,
                            Code.UNKNOWN_FIELD,
                            "a dynamic block has no field \"" + name + "\"",
                            "known are "
                                    + String.join(", ", FIELDS)
                                    + "; what the blocks have belongs into content { … }");
                }
            }
        }
        return fields;
    }

    private static Optional<Body> content(Body body, Problems problems) {
        Optional<Body> content = Optional.empty();
        for (Body.Item item : body.items()) {
            if (item instanceof Body.Block block && block.name().equals("content")) {
                if (content.isPresent()) {
                    problems.add(
                            block.at(),
                            Code.DUPLICATE,
                            "a dynamic block has one content block",
                            "put both into one, or write a second dynamic block");
                }
                content = content.or(() -> Optional.of(block.body()));
            }
        }
        return content;
    }

    private static Optional<String> name(Expression iterator, Problems problems) {
        return switch (iterator) {
            case Expression.Variable(_, String name) -> Optional.of(name);
            case Expression.Embedded(_, _, Expression.Variable(_, String name)) ->
                    Optional.of(name); // HCL's JSON syntax
            case Expression other -> {
                problems.add(
                        other.span().start(),
                        Code.WRONG_TYPE,
                        "an iterator is a name, not a value",
                        "write iterator = item, without quotes");
                yield Optional.empty();
            }
        };
    }

    private static boolean isList(Expression labels, Problems problems) {
        if (!(labels instanceof Expression.Tuple)) {
            problems.add(
                    labels.span().start(),
                    Code.WRONG_TYPE,
                    "the labels of dynamic blocks are a list that is written out",
                    "write labels = [ … ]");
            return false;
        }
        return true;
    }
}
