package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values of `locals { … }`, each worked out after those that it refers to.
final class Locals {

    /// Locals that need each other in a chain; each costs the stack a frame. Real files have five.
    private static final int CHAIN_MAX = 1_000;

    private final Map<String, Body.Argument> declared = new TreeMap<>();
    private final SortedMap<String, Value> values = Value.noEntries();
    private final Set<String> underway = new LinkedHashSet<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private final Evaluator evaluator;
    private final Problems problems;
    private final Scope scope;

    Locals(Evaluator evaluator, Value variables, Problems problems) {
        this.evaluator = evaluator;
        this.problems = problems;
        Value soFar = new Value.Structure(values); // grows: who needs all of them needs itself
        this.scope = Scope.of(Map.of("var", () -> variables, "local", () -> soFar));
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
        return new Value.Structure(values);
    }

    private static Value tooLong(Body.Argument local) {
        throw new EvaluationError(
                local.value().span(),
                Mistake.limit("more than " + CHAIN_MAX + " locals need each other in a chain"));
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
        if (underway.size() > CHAIN_MAX) {
            problems.attempt(() -> tooLong(local));
        }
        for (String name : References.locals(local.value(), declared.keySet())) {
            Body.Argument needed = declared.get(name);
            if (needed != null) {
                settle(needed);
            }
        }
        underway.remove(local.name());
        if (!failed.contains(local.name())) {
            problems.attempt(() -> evaluator.evaluate(local.value(), scope))
                    .ifPresentOrElse(
                            value -> values.put(local.name(), value),
                            () -> failed.add(local.name()));
        }
    }
}
