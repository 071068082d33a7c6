package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.items;
import static dev.drover.manifests.hcl.function.Arguments.number;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Precision;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Functions that make sets, combinations and ranges.
final class SetFunctions {
    /// Numbers of one range: more are surely a mistake.
    private static final int RANGE_MAX = 1_024;

    static final List<Definition> ALL =
            List.of(
                    Definition.of("range", 1, 3, SetFunctions::range),
                    Definition.of(
                            "setintersection", 1, Definition.MANY, SetFunctions::intersection),
                    Definition.of("setproduct", 2, Definition.MANY, SetFunctions::product),
                    Definition.of("setunion", 1, Definition.MANY, (a, _) -> union(a)));

    /// Digits behind the point, twice as many as numbers are cut to.
    private static final int DIGITS_MAX = 312;

    private SetFunctions() {}

    private static Value range(List<Value> arguments, Budget budget) {
        BigDecimal start = arguments.size() == 1 ? BigDecimal.ZERO : number(arguments, 0);
        BigDecimal end = number(arguments, arguments.size() == 1 ? 0 : 1);
        BigDecimal step =
                arguments.size() == 3
                        ? number(arguments, 2)
                        : BigDecimal.valueOf(end.compareTo(start) < 0 ? -1 : 1);
        if (step.signum() == 0) {
            throw Mistake.of("the step cannot be 0");
        }
        if (step.signum() != end.compareTo(start) && end.compareTo(start) != 0) {
            throw Mistake.of("the step leads away from the end");
        }
        List<Value> numbers = new ArrayList<>();
        for (BigDecimal at = start;
                step.signum() > 0 ? at.compareTo(end) < 0 : at.compareTo(end) > 0;
                at = next(at, step)) {
            if (numbers.size() == RANGE_MAX) {
                throw Mistake.limit("the range has more than " + RANGE_MAX + " numbers");
            }
            budget.look(numbers.isEmpty() ? Value.of(at) : numbers.getLast());
            numbers.add(Value.of(at));
        }
        return new Value.Listing(numbers);
    }

    /// The sum as elsewhere, where numbers are binary. Those of so many digits that this takes long
    /// are added as they are.
    private static BigDecimal next(BigDecimal at, BigDecimal step) {
        BigDecimal sum = at.add(step);
        return Math.abs(sum.scale()) > DIGITS_MAX
                ? sum
                : Precision.cut(Precision.binary(at).add(Precision.binary(step)));
    }

    private static Value intersection(List<Value> sets, Budget budget) {
        budget.look(sets); // once more: they are sorted and looked up
        List<Value> all = new ArrayList<>();
        sets.forEach(set -> all.addAll(items(set)));
        List<Value> alike = Conversion.alike(all);
        List<Value> common = new ArrayList<>(alike);
        int from = 0;
        for (Value set : sets) {
            common.retainAll(Set.copyOf(alike.subList(from, from + items(set).size())));
            from += items(set).size();
        }
        return Value.setOf(common);
    }

    private static Value union(List<Value> sets) {
        List<Value> all = new ArrayList<>();
        sets.forEach(set -> all.addAll(items(set)));
        return Value.setOf(Conversion.alike(all));
    }

    /// Every combination of one item from each; a set if one of them is.
    private static Value product(List<Value> sets, Budget budget) {
        long count = 1;
        for (Value set : sets) {
            count *= items(set).size();
            budget.steps(count);
        }
        List<List<Value>> combinations = List.of(List.of());
        for (Value set : sets) {
            List<List<Value>> longer = new ArrayList<>();
            for (List<Value> combination : combinations) {
                for (Value item : Conversion.alike(items(set))) {
                    List<Value> next = new ArrayList<>(combination);
                    next.add(item);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        List<Value> tuples = combinations.stream().<Value>map(Value.Tuple::new).toList();
        boolean set = sets.stream().anyMatch(Value.Group.class::isInstance);
        return set ? Value.setOf(tuples) : new Value.Listing(tuples);
    }
}
