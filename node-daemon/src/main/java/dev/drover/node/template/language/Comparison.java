package dev.drover.node.template.language;

import java.util.List;

/// Go's `eq`, `ne`, `lt`, `le`, `gt`, `ge`: only like is compared with like.
final class Comparison {

    private Comparison() {}

    /// Whether the first argument equals any of the others.
    static Value eq(Arguments arguments) {
        arguments.atLeast(1);
        if (arguments.count() == 1) {
            throw Fault.of("missing argument for comparison");
        }
        Value first = arguments.value(0);
        for (int i = 1; i < arguments.count(); i++) {
            if (equal(first, arguments.value(i))) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }

    static Value ne(Arguments arguments) {
        arguments.exactly(2);
        return Value.of(!equal(arguments.value(0), arguments.value(1)));
    }

    static Value lt(Arguments arguments) {
        return Value.of(order(arguments) < 0);
    }

    static Value le(Arguments arguments) {
        return Value.of(order(arguments) <= 0);
    }

    static Value gt(Arguments arguments) {
        return Value.of(order(arguments) > 0);
    }

    static Value ge(Arguments arguments) {
        return Value.of(order(arguments) >= 0);
    }

    /// Scalars of one type by their value, nil with nil; lists and mappings cannot be compared.
    static boolean equal(Value left, Value right) {
        if (left.isNothing() || right.isNothing()) {
            return left.isNothing() && right.isNothing();
        }
        if (!scalar(left) || !scalar(right)) {
            throw Fault.of("non-comparable types " + left.type() + " and " + right.type());
        }
        if (!left.getClass().equals(right.getClass())) {
            throw incompatible(left, right);
        }
        boolean sameReal =
                left instanceof Value.Real(double a)
                        && right instanceof Value.Real(double b)
                        && a == b;
        return sameReal || left.equals(right);
    }

    private static int order(Arguments arguments) {
        arguments.exactly(2);
        Value left = arguments.value(0);
        Value right = arguments.value(1);
        for (Value side : List.of(left, right)) {
            if (!scalar(side) || side instanceof Value.Bool) {
                throw Fault.of("invalid type for comparison: " + side.type());
            }
        }
        if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
            return Long.compare(a, b);
        }
        if (left instanceof Value.Real(double a) && right instanceof Value.Real(double b)) {
            return Double.compare(a, b);
        }
        if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
            return java.util.Arrays.compareUnsigned(Value.bytes(a), Value.bytes(b));
        }
        throw incompatible(left, right);
    }

    private static boolean scalar(Value value) {
        return switch (value) {
            case Value.Bool _, Value.Int _, Value.Real _, Value.Text _ -> true;
            case Value.Absent _,
                    Value.Nil _,
                    Value.Listing _,
                    Value.Mapping _,
                    Value.Structure _,
                    Value.Gadget _ ->
                    false;
        };
    }

    private static Fault incompatible(Value left, Value right) {
        return Fault.of(
                "incompatible types for comparison: " + left.type() + " and " + right.type());
    }
}
