package dev.drover.manifests.hcl.value;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `a.b` and `a[b]`.
public final class Access {

    private Access() {}

    /// The attribute of an object or map.
    public static Value attribute(Value target, String name) {
        return switch (target) {
            case Value.Mapping mapping -> entry(mapping, name);
            case Value.Null _ -> throw unknown("null has no attributes", "");
            case Value.Sequence _ ->
                    throw unknown(
                            "a " + target.kind() + " has no attribute \"" + name + "\"",
                            "take an item first: [0]." + name + ", or all of them: [*]." + name);
            case Value.Text _, Value.Num _, Value.Truth _ ->
                    throw unknown("a " + target.kind() + " has no attributes", "");
        };
    }

    /// The attribute of a chain's first name: what a file declares is told as that.
    public static Value declared(String root, Value target, String name) {
        String shown = Texts.shown(name);
        return target instanceof Value.Mapping mapping && !mapping.entries().containsKey(name)
                ? switch (root) {
                    case "var" ->
                            throw undeclared(
                                    mapping,
                                    name,
                                    "the variable \"" + shown + "\" is not declared",
                                    "declare it: variable \"" + shown + "\" { … }");
                    case "local" ->
                            throw undeclared(
                                    mapping,
                                    name,
                                    "the local value \"" + shown + "\" is not declared",
                                    "declare it: locals { " + shown + " = … }");
                    default -> attribute(target, name);
                }
                : attribute(target, name);
    }

    private static Mistake undeclared(
            Value.Mapping mapping, String name, String why, String declare) {
        return new Mistake(Code.UNKNOWN_REFERENCE, why, () -> near(mapping, name).orElse(declare));
    }

    private static Optional<String> near(Value.Mapping mapping, String name) {
        return Suggestion.of(name, mapping.entries().keySet())
                .map(near -> "did you mean \"" + near + "\"?");
    }

    /// The item of a list at a number, or of a map at a key.
    public static Value index(Value target, Value key) {
        return switch (target) {
            case Value.Group _ ->
                    throw unknown(
                            "the items of a set have no numbers",
                            "make a list of it: [for v in set : v]");
            case Value.Sequence sequence -> item(sequence.items(), Conversion.integer(key));
            case Value.Mapping mapping -> entry(mapping, Conversion.text(key));
            case Value.Text _, Value.Num _, Value.Truth _, Value.Null _ ->
                    throw unknown("a " + target.kind() + " has no items", "");
        };
    }

    private static Value item(List<Value> items, int at) {
        if (at < 0 || at >= items.size()) {
            throw unknown("there is no item " + at + ": the list has " + items.size(), "");
        }
        return items.get(at);
    }

    private static Value entry(Value.Mapping mapping, String name) {
        Value value = mapping.entries().get(name);
        if (value == null) {
            throw new Mistake(
                    Code.UNKNOWN_REFERENCE,
                    "there is no attribute named \"" + Texts.shown(name) + "\"",
                    () -> nearest(mapping, name));
        }
        return value;
    }

    private static String nearest(Value.Mapping mapping, String name) {
        Set<String> names = mapping.entries().keySet();
        return near(mapping, name)
                .orElseGet(() ->
                        names.isEmpty()
                                ? "it has none at all"
                                : "it has " + Texts.shown(String.join(", ", names)));
    }

    private static Mistake unknown(String why, String fix) {
        return new Mistake(Code.UNKNOWN_REFERENCE, why, fix);
    }
}
