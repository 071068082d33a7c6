package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Precision;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Operators with two sides.
final class Arithmetic {

    /// More than the 512 binary digits that are left in the end.
    private static final MathContext PRECISION = new MathContext(400, RoundingMode.HALF_EVEN);

    /// Digits before the point, or zeros behind it: more than can be printed. What is larger can be
    /// written and compared, but working with it would take milliseconds.
    private static final int DIGITS_MAX = 1_100;

    private Arithmetic() {}

    static Value apply(Expression.Operator operator, Value left, Value right) {
        return switch (operator) {
            case OR -> Value.of(Boolean.logicalOr(Conversion.truth(left), Conversion.truth(right)));
            case AND ->
                    Value.of(Boolean.logicalAnd(Conversion.truth(left), Conversion.truth(right)));
            case EQUAL -> Value.of(left.equals(right));
            case UNEQUAL -> Value.of(!left.equals(right));
            case AT_LEAST, AT_MOST, MORE, LESS ->
                    Value.of(
                            ordered(
                                    operator,
                                    Conversion.number(left).compareTo(Conversion.number(right))));
            case PLUS, MINUS, TIMES, DIVIDED, MODULO ->
                    Value.of(number(operator, Conversion.number(left), Conversion.number(right)));
        };
    }

    private static boolean ordered(Expression.Operator operator, int order) {
        return switch (operator) {
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case LESS -> order < 0;
            case OR, AND, EQUAL, UNEQUAL, PLUS, MINUS, TIMES, DIVIDED, MODULO ->
                    throw new IllegalStateException(operator + " compares nothing");
        };
    }

    private static BigDecimal number(
            Expression.Operator operator, BigDecimal left, BigDecimal right) {
        try {
            BigDecimal a = Precision.binary(bounded(left));
            BigDecimal b = Precision.binary(bounded(right));
            BigDecimal result =
                    switch (operator) {
                        case PLUS -> a.add(b, PRECISION);
                        case MINUS -> a.subtract(b, PRECISION);
                        case TIMES -> a.multiply(b, PRECISION);
                        case DIVIDED -> a.divide(nonZero(b), PRECISION);
                        case MODULO -> a.remainder(nonZero(b));
                        case OR, AND, EQUAL, UNEQUAL, AT_LEAST, AT_MOST, MORE, LESS ->
                                throw new IllegalStateException(operator + " is no arithmetic");
                    };
            return Precision.cut(bounded(result));
        } catch (ArithmeticException e) {
            throw Mistake.limit("the result of " + operator.sign() + " is too large");
        }
    }

    private static BigDecimal bounded(BigDecimal number) {
        if (Math.abs((long) number.precision() - number.scale()) > DIGITS_MAX) {
            throw new ArithmeticException("beyond what a number may be");
        }
        return number;
    }

    private static BigDecimal nonZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw Mistake.of("a division by zero");
        }
        return divisor;
    }
}
