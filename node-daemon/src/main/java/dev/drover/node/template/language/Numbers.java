package dev.drover.node.template.language;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Go's numbers, read and written.
public final class Numbers {

    /// From this power of ten on `%v` and `%g` write an exponent.
    private static final int EXPONENT_OF_G = 6;

    private Numbers() {}

    /// A number as a template writes it: `0x1F`, `0b1`, `017`, `1_000`, `.5`, `1e3`.
    static Value literal(String text) {
        if (text.endsWith("i")) {
            throw Fault.of("complex numbers are not supported: " + text);
        }
        String plain = text.replace("_", "");
        boolean hex = plain.matches("[+-]?0[xX].*");
        if (hex ? plain.matches(".*[.pP].*") : plain.matches(".*[.eE].*")) {
            return new Value.Real(real(plain, text));
        }
        try {
            BigInteger number = whole(plain);
            if (number.bitLength() < Long.SIZE) {
                return new Value.Int(number.longValue());
            }
            throw Fault.of(text + " overflows int");
        } catch (NumberFormatException e) {
            throw Fault.of("illegal number syntax: " + Quoting.quote(text));
        }
    }

    private static BigInteger whole(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.startsWith("+") || negative ? text.substring(1) : text;
        String lower = digits.toLowerCase(Locale.ROOT);
        int base =
                lower.startsWith("0x")
                        ? 16
                        : lower.startsWith("0b")
                                ? 2
                                : lower.startsWith("0") && lower.length() > 1 ? 8 : 10;
        int prefix = base == 16 || base == 2 || lower.startsWith("0o") ? 2 : 0;
        BigInteger number = new BigInteger(lower.substring(prefix), base);
        return negative ? number.negate() : number;
    }

    private static double real(String plain, String text) {
        try {
            double number = Double.parseDouble(plain);
            if (Double.isInfinite(number)) {
                throw Fault.of(text + " is too large for a float64");
            }
            return number;
        } catch (NumberFormatException e) {
            throw Fault.of("illegal number syntax: " + Quoting.quote(text));
        }
    }

    /// `'a'` is the number of that character.
    static Value character(String literal) {
        String text = Quoting.unquote(literal);
        if (text.codePointCount(0, text.length()) != 1) {
            throw Fault.of("malformed character constant: " + literal);
        }
        return new Value.Int(text.codePointAt(0));
    }

    /// With the verb `e`, `f` or `g` and as few digits as tell the number from its neighbours.
    static String shortest(double number, char verb) {
        if (!Double.isFinite(number)) {
            return special(number);
        }
        Digits digits =
                Digits.of(new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros());
        return sign(number)
                + switch (verb) {
                    case 'f' -> digits.fixed();
                    case 'e' -> digits.exponential(digits.text().length() - 1);
                    default -> digits.general(EXPONENT_OF_G);
                };
    }

    /// As Go's JSON writes it: an exponent only for the very small and the very large.
    public static String json(double number) {
        double size = Math.abs(number);
        boolean exponent = size != 0 && (size < 1e-6 || size >= 1e21);
        return exponent ? shortest(number, 'e').replace("e-0", "e-") : shortest(number, 'f');
    }

    /// With the verb `e`, `f` or `g` and that many digits; the number is rounded to even, exactly.
    static String rounded(double number, char verb, int precision) {
        if (!Double.isFinite(number)) {
            return special(number);
        }
        BigDecimal exact = new BigDecimal(Math.abs(number));
        return sign(number)
                + switch (verb) {
                    case 'f' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
                    case 'e' -> Digits.of(significant(exact, precision + 1)).exponential(precision);
                    default -> {
                        int digits = Math.max(precision, 1);
                        yield Digits.of(significant(exact, digits).stripTrailingZeros())
                                .general(digits);
                    }
                };
    }

    private static BigDecimal significant(BigDecimal exact, int digits) {
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String sign(double number) {
        return Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    }

    private static String special(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    }

    /// Decimal digits, and before which of them the point stands: 0.012 is `12` with the point at
    /// -1.
    private record Digits(String text, int point) {

        static Digits of(BigDecimal number) {
            if (number.signum() == 0) {
                return new Digits("0", 1);
            }
            String text = number.unscaledValue().toString();
            return new Digits(text, text.length() - number.scale());
        }

        String fixed() {
            int decimals = text.length() - point;
            BigDecimal number = new BigDecimal(new BigInteger(text), decimals);
            return number.setScale(Math.max(decimals, 0), RoundingMode.UNNECESSARY).toPlainString();
        }

        String general(int exponentFrom) {
            int exponent = point - 1;
            return exponent < -4 || exponent >= exponentFrom
                    ? exponential(text.length() - 1)
                    : fixed();
        }

        String exponential(int decimals) {
            String padded = text + "0".repeat(Math.max(decimals + 1 - text.length(), 0));
            int exponent = point - 1;
            return padded.charAt(0)
                    + (decimals > 0 ? "." + padded.substring(1, decimals + 1) : "")
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
        }
    }
}
