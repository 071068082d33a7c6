package dev.drover.manifests;

import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Constraints and affinities that are named after their operator: `regexp = "a.*"` is `operator =
/// "regexp"` and `value = "a.*"`. The short form counts for more than an operator and a value
/// beside it.
final class ConstraintForms {

    /// Operators that have a word. Where a block has several, the last one of these counts: files
    /// say so rarely, and Nomad takes them in this order.
    private static final List<String> OPERATORS =
            List.of(
                    "is_set",
                    "is_not_set",
                    "version",
                    "semver",
                    "regexp",
                    "set_contains_any",
                    "set_contains_all",
                    "set_contains",
                    "distinct_hosts",
                    "distinct_property");

    /// Texts that are as good as true and false.
    private static final Map<String, Boolean> TRUTHS =
            Map.of("true", true, "1", true, "false", false, "0", false);

    private ConstraintForms() {}

    /// A constraint or affinity with its operator as a value; any other field as it is.
    static Tree.Field writtenOut(Tree.Field field) {
        boolean constraint = field.name().equals("constraint") || field.name().equals("affinity");
        if (!constraint
                || field.form() != Tree.Form.BLOCK
                || !(field.value() instanceof Tree.Block block)
                || block.fields().stream().noneMatch(ConstraintForms::isShort)) {
            return field;
        }
        return new Tree.Field(field.position(), field.name(), field.form(), writtenOut(block));
    }

    /// `distinct_hosts` that is neither true nor false is none, and the binder says so.
    private static boolean isShort(Tree.Field field) {
        return OPERATORS.contains(field.name()) && (!isDistinctHosts(field) || isTruth(field));
    }

    private static boolean isDistinctHosts(Tree.Field field) {
        return field.name().equals("distinct_hosts");
    }

    private static boolean isTruth(Tree.Field field) {
        return switch (field.value()) {
            case Tree.Flag _, Tree.Nothing _ -> true;
            case Tree.Text(_, String text) -> TRUTHS.containsKey(text);
            case Tree.Num _, Tree.Listing _, Tree.Block _ -> false;
        };
    }

    private static Tree writtenOut(Tree.Block block) {
        List<Tree.Field> fields = new ArrayList<>();
        block.fields().stream().filter(field -> !isShort(field)).forEach(fields::add);
        for (String name : OPERATORS) {
            block.field(name)
                    .filter(ConstraintForms::isShort)
                    .filter(operator -> !saysNothing(operator))
                    .ifPresent(operator -> {
                        put("operator", named(operator), fields);
                        put(side(name), value(operator), fields);
                    });
        }
        return new Tree.Block(block.position(), block.labels(), fields);
    }

    private static Tree named(Tree.Field operator) {
        return new Tree.Text(operator.position(), operator.name());
    }

    private static Tree value(Tree.Field operator) {
        return isDistinctHosts(operator)
                        && operator.value() instanceof Tree.Text(Position at, String text)
                ? new Tree.Flag(at, TRUTHS.getOrDefault(text, false))
                : operator.value();
    }

    private static String side(String operator) {
        return operator.equals("distinct_property") ? "attribute" : "value";
    }

    private static void put(String name, Tree value, List<Tree.Field> fields) {
        fields.removeIf(field -> field.name().equals(name));
        fields.add(new Tree.Field(value.position(), name, Tree.Form.ARGUMENT, value));
    }

    /// Without a text it asks for nothing; false is a text as well.
    private static boolean saysNothing(Tree.Field operator) {
        return switch (operator.value()) {
            case Tree.Nothing _ -> true;
            case Tree.Text(_, String text) -> text.isEmpty();
            case Tree.Flag _, Tree.Num _, Tree.Listing _, Tree.Block _ -> false;
        };
    }
}
