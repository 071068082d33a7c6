package dev.drover.manifests.hcl.value;

import java.util.ArrayList;
import java.util.List;

/// One turn of a `for` or a dynamic block.
public record Turn(Value key, Value value) {

    /// The turns over a collection, a step each: their bodies may be empty.
    public static List<Turn> of(Value collection, Budget budget) {
        return switch (collection) {
            case Value.Group set -> {
                budget.steps(set.items().size());
                yield set.items().stream().map(item -> new Turn(item, item)).toList();
            }
            case Value.Sequence sequence -> numbered(sequence.items(), budget);
            case Value.Mapping mapping -> {
                budget.steps(mapping.entries().size());
                yield mapping.entries().entrySet().stream()
                        .map(entry -> new Turn(Value.of(entry.getKey()), entry.getValue()))
                        .toList();
            }
            case Value.Text _, Value.Num _, Value.Truth _, Value.Null _ ->
                    throw Mistake.of(
                            "a "
                                    + collection.kind()
                                    + " has no items; a list, set, map or object is required");
        };
    }

    private static List<Turn> numbered(List<Value> items, Budget budget) {
        budget.steps(items.size());
        List<Turn> turns = new ArrayList<>(items.size());
        for (Value item : items) {
            turns.add(new Turn(Value.of(turns.size()), item));
        }
        return turns;
    }
}
