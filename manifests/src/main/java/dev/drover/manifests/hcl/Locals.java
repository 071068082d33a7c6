package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of `locals { … }`, each worked out after those that it refers to.
final class Locals {

    private final Map<String, Body.Argument> declared = new TreeMap<>();
    private final SortedMap<String, Value> values = new TreeMap<>();
    private final Set<String> underway = new LinkedHashSet<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private final Evaluator evaluator;
    private final Problems problems;
    private final Value variables;

    Locals(Evaluator evaluator, Value variables, Problems problems) {
        this.evaluator = evaluator;
        this.variables = variables;
        this.problems = problems;
    }

    /// A later block may set a local anew.
    void declare(Body.Block locals) {
        for (Body.Item item : locals.body().items()) {
            switch (item) {
                case Body.Argument argument -> declared.put(argument.name(), argument);
                case Body.Block block ->
                        problems.add(
                                block.at(),
                                Code.UNKNOWN_FIELD,
                                "locals hold arguments only, not a block \"" + block.name() + "\"",
                                "write " + block.name() + " = { … }");
            }
        }
    }

    /// All values; those that have none are noted as problems and missing here.
    Value values() {
        declared.values().forEach(this::settle);
        return current();
    }

    private void settle(Body.Argument local) {
        if (values.containsKey(local.name()) || failed.contains(local.name())) {
            return;
        }
        if (!underway.add(local.name())) {
            problems.add(
                    local.at(),
                    Code.EVALUATION,
                    "the local \""
                            + local.name()
                            + "\" needs itself: "
                            + String.join(" → ", underway),
                    "take one reference out of the circle");
            failed.add(local.name());
            return;
        }
        for (String name : References.locals(local.value(), declared.keySet())) {
            Body.Argument needed = declared.get(name);
            if (needed != null) {
                settle(needed);
            }
        }
        underway.remove(local.name());
        if (!failed.contains(local.name())) {
            problems.attempt(() -> evaluator.evaluate(local.value(), scope()))
                    .ifPresentOrElse(
                            value -> values.put(local.name(), value),
                            () -> failed.add(local.name()));
        }
    }

    private Scope scope() {
        Value soFar = current();
        return Scope.of(Map.of("var", () -> variables, "local", () -> soFar));
    }

    private Value current() {
        return new Value.Structure(Value.sorted(new TreeMap<>(values)));
    }
}
