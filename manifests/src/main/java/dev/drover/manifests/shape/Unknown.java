package dev.drover.manifests.shape;

import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is said about a field that a record does not have.
final class Unknown {

    /// Names shown when nothing is near: more is no help.
    private static final int NAMES_MAX = 30;

    /// What to write for words that job files know and that are no fields of the model.
    private static final Map<String, String> SHORT_FORMS =
            Map.of(
                    "distinct_hosts", "write distinct_hosts = true",
                    "reserved_ports", "write port \"name\" { static = 80 }",
                    "vault", "write vault { … } without =",
                    "secret", "write secret \"name\" { … } without =");

    private Unknown() {}

    /// A constraint knows `distinct_hosts`, with a value that it can have.
    static String what(Tree.Field field) {
        if (field.name().equals("distinct_hosts") && !(field.value() instanceof Tree.Flag)) {
            return "\"distinct_hosts\" is true or false, not " + Trees.kind(field.value());
        }
        return (field.form() == Tree.Form.BLOCK ? "there is no block \"" : "there is no field \"")
                + field.name()
                + "\" here";
    }

    static String fix(RecordShape shape, Dialect dialect, String written) {
        if (dialect == Dialect.HCL && SHORT_FORMS.containsKey(written)) {
            return SHORT_FORMS.get(written);
        }
        Optional<String> label =
                dialect == Dialect.HCL ? FieldNames.label(shape.type()) : Optional.empty();
        if (label.equals(Optional.of(written))) {
            return "write it in quotes before the {, without its name";
        }
        Set<String> names = new TreeSet<>(shape.names(dialect));
        label.ifPresent(names::remove);
        return Suggestion.of(written, names)
                .or(() -> inAnotherDialect(shape, dialect, written))
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() ->
                        names.size() > NAMES_MAX ? "" : "known are " + String.join(", ", names));
    }

    /// `memory_max` in YAML is our `memoryMaxMib`, and `memoryMaxMib` in HCL is `memory_max`.
    private static Optional<String> inAnotherDialect(
            RecordShape shape, Dialect dialect, String written) {
        for (Dialect other : Dialect.values()) {
            Optional<Component> component = shape.component(written, other);
            if (component.isPresent()) {
                return component
                        .filter(found -> found.isIn(dialect))
                        .map(found -> found.name(dialect));
            }
        }
        return Optional.empty();
    }
}
