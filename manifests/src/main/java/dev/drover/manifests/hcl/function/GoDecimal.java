package dev.drover.manifests.hcl.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers, none of them negative, as Go writes them with `%f`, `%e` and `%g`.
final class GoDecimal {
    /// Without a precision, numbers of more digits before the point than these get an exponent.
    private static final int SHORTEST = 6;

    private GoDecimal() {}

    static String fixed(BigDecimal number, int precision) {
        return number.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    /// `1.500000e+00`: the exponent has two digits at least.
    static String scientific(BigDecimal number, int precision) {
        BigDecimal rounded =
                number.signum() == 0
                        ? BigDecimal.ZERO
                        : number.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return mantissa(rounded, exponent, precision) + exponent(exponent);
    }

    private static String mantissa(BigDecimal number, int exponent, int precision) {
        return number.scaleByPowerOfTen(-exponent)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String exponent(int exponent) {
        return "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /// The shorter of both; without a precision with as many digits as the number has. from 21
    /// digits on.
    static String general(BigDecimal number, int precision) {
        if (number.signum() == 0) {
            return "0";
        }
        int digits = precision < 0 ? 0 : Math.max(1, precision);
        BigDecimal rounded =
                digits == 0
                        ? number
                        : number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        BigDecimal shortest = rounded.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        int limit = digits == 0 ? SHORTEST : digits;
        if (exponent < -4 || exponent >= limit) {
            return mantissa(shortest, exponent, shortest.precision() - 1) + exponent(exponent);
        }
        return shortest.toPlainString();
    }
}
