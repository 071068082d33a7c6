package dev.drover.node.template.functions;

import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.util.Map;
import java.util.Set;

/// Functions that read numbers and compute with them. `subtract 2 5` is 3: the piped number comes
/// first in the sum.
final class NumberFunctions {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    static final Map<String, Function> ALL =
            Map.ofEntries(
                    Map.entry("parseBool", NumberFunctions::parseBool),
                    Map.entry("parseFloat", NumberFunctions::parseFloat),
                    Map.entry("parseInt", a -> parseInt(a, Long.MIN_VALUE)),
                    Map.entry("parseUint", a -> parseInt(a, 0)),
                    Map.entry("add", a -> compute(a, (x, y) -> x + y, (x, y) -> x + y)),
                    Map.entry("subtract", a -> compute(a, (x, y) -> x - y, (x, y) -> x - y)),
                    Map.entry("multiply", a -> compute(a, (x, y) -> x * y, (x, y) -> x * y)),
                    Map.entry("divide", a -> compute(a, NumberFunctions::divide, (x, y) -> x / y)),
                    Map.entry("modulo", NumberFunctions::modulo),
                    Map.entry("minimum", a -> compute(a, Math::min, Math::min)),
                    Map.entry("maximum", a -> compute(a, Math::max, Math::max)));

    private interface Whole {
        long of(long left, long right);
    }

    private interface Fraction {
        double of(double left, double right);
    }

    private NumberFunctions() {}

    /// The text that says nothing is no and zero, as consul-template has it.
    private static Value parseBool(Arguments arguments) {
        String text = arguments.exactly(1).text(0);
        if (text.isEmpty() || FALSE.contains(text)) {
            return Value.of(false);
        }
        if (TRUE.contains(text)) {
            return Value.of(true);
        }
        throw invalid("parseBool", text);
    }

    private static Value parseFloat(Arguments arguments) {
        String text = arguments.exactly(1).text(0);
        if (text.isEmpty()) {
            return new Value.Real(0);
        }
        if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw invalid("parseFloat", text);
        }
        return new Value.Real(Double.parseDouble(text));
    }

    private static Value parseInt(Arguments arguments, long least) {
        String text = arguments.exactly(1).text(0);
        if (text.isEmpty()) {
            return Value.of(0);
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && (least < 0 || text.charAt(0) != '+')) {
                return Value.of(number);
            }
            throw invalid(arguments.function(), text);
        } catch (NumberFormatException e) {
            throw invalid(arguments.function(), text);
        }
    }

    private static Fault invalid(String function, String text) {
        return Fault.of(function + ": \"" + text + "\" is no such value");
    }

    /// Whole numbers stay whole; one fraction makes both fractions.
    private static Value compute(Arguments arguments, Whole whole, Fraction fraction) {
        Value right = arguments.exactly(2).value(0);
        Value left = arguments.value(1);
        if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
            return Value.of(whole.of(a, b));
        }
        return new Value.Real(fraction.of(real(arguments, 1), real(arguments, 0)));
    }

    private static double real(Arguments arguments, int index) {
        return switch (arguments.value(index)) {
            case Value.Int(long number) -> number;
            case Value.Real(double number) -> number;
            case Value.Absent _,
                    Value.Nil _,
                    Value.Bool _,
                    Value.Text _,
                    Value.Listing _,
                    Value.Mapping _,
                    Value.Structure _,
                    Value.Gadget _ ->
                    throw arguments.wrong(index, "a number");
        };
    }

    private static long divide(long left, long right) {
        if (right == 0) {
            throw Fault.of("divide: by zero");
        }
        return left / right;
    }

    private static Value modulo(Arguments arguments) {
        if (arguments.exactly(2).value(0) instanceof Value.Int(long right)
                && arguments.value(1) instanceof Value.Int(long left)) {
            if (right == 0) {
                throw Fault.of("modulo: by zero");
            }
            return Value.of(left % right);
        }
        throw Fault.of("modulo: whole numbers only");
    }
}
