package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.integer;
import static dev.drover.manifests.hcl.function.Arguments.number;
import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/// Functions of numbers. Logarithms and powers are worked out as doubles, everything else exactly.
final class NumberFunctions {
    private static final int BASE_MAX = 62;

    /// Characters of a number that is parsed: more digits cannot be printed.
    private static final int DIGITS_MAX = 400;

    static final List<Definition> ALL =
            List.of(
                    Definition.of("abs", 1, (a, _) -> Value.of(number(a, 0).abs())),
                    Definition.of("ceil", 1, (a, _) -> rounded(number(a, 0), RoundingMode.CEILING)),
                    Definition.of("floor", 1, (a, _) -> rounded(number(a, 0), RoundingMode.FLOOR)),
                    Definition.of("signum", 1, (a, _) -> Value.of(sign(number(a, 0)))),
                    Definition.of("max", 1, Definition.MANY, (a, _) -> chosen(a, BigDecimal::max)),
                    Definition.of("min", 1, Definition.MANY, (a, _) -> chosen(a, BigDecimal::min)),
                    Definition.of("log", 2, (a, _) -> logarithm(number(a, 0), number(a, 1))),
                    Definition.of("pow", 2, (a, _) -> power(number(a, 0), number(a, 1))),
                    Definition.of("parseint", 2, (a, _) -> parsed(string(a), integer(a, 1))));

    private NumberFunctions() {}

    /// Of whole numbers only.
    private static int sign(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0 || number.toBigInteger().bitLength() > 63) {
            throw Mistake.of("a whole number is required, not " + number.toPlainString());
        }
        return number.signum();
    }

    /// Of text only: a number is one already.
    private static String string(List<Value> arguments) {
        if (!(arguments.getFirst() instanceof Value.Text(String text))) {
            throw Mistake.of("a string is required").in(0);
        }
        return text;
    }

    private static Value rounded(BigDecimal number, RoundingMode mode) {
        return Value.of(number.setScale(0, mode));
    }

    private static Value chosen(List<Value> numbers, BinaryOperator<BigDecimal> choice) {
        return Value.of(
                IntStream.range(0, numbers.size())
                        .mapToObj(at -> number(numbers, at))
                        .reduce(choice)
                        .orElseThrow());
    }

    private static Value logarithm(BigDecimal number, BigDecimal base) {
        return ofDouble(Math.log(number.doubleValue()) / Math.log(base.doubleValue()));
    }

    private static Value power(BigDecimal number, BigDecimal exponent) {
        return ofDouble(Math.pow(number.doubleValue(), exponent.doubleValue()));
    }

    private static Value ofDouble(double result) {
        if (Double.isNaN(result) || Double.isInfinite(result)) {
            throw Mistake.of("the result is no number");
        }
        return Value.of(new BigDecimal(Double.toString(result)));
    }

    private static Value parsed(String text, int base) {
        if (base < 2 || base > BASE_MAX) {
            throw Mistake.of("the base is between 2 and " + BASE_MAX + ", not " + base).in(1);
        }
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > DIGITS_MAX) {
            throw Mistake.of("\"" + text + "\" is no number").in(0);
        }
        BigInteger value = BigInteger.ZERO;
        BigInteger factor = BigInteger.valueOf(base);
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits.charAt(i), base);
            if (digit < 0 || digit >= base) {
                throw Mistake.of("\"" + text + "\" is no number to the base of " + base).in(0);
            }
            value = value.multiply(factor).add(BigInteger.valueOf(digit));
        }
        return Value.of(new BigDecimal(negative ? value.negate() : value));
    }

    /// Upper and lower case are the same up to base 36; beyond it, upper case follows lower case.
    private static int digit(char c, int base) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return 10 + c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return base <= 36 ? 10 + c - 'A' : 36 + c - 'A';
        }
        return -1;
    }
}
