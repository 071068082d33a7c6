package dev.drover.manifests.hcl.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers that have no end are cut as elsewhere: to 512 binary digits, and printed with as few
/// decimal ones as tell them apart.
public final class Precision {
    private static final int BITS = 512;

    /// Decimal digits that every 512-bit number needs at most, and those that are always enough to
    /// tell two of them apart.
    private static final int DIGITS_MIN = 150;

    private static final int DIGITS_MAX = 156;

    private Precision() {}

    /// The shortest number that has the same 512 binary digits.
    public static BigDecimal cut(BigDecimal number) {
        if (number.precision() <= DIGITS_MIN && number.scale() <= 0) {
            return number;
        }
        BigDecimal binary = binary(number);
        for (int digits = DIGITS_MIN; digits < DIGITS_MAX; digits++) {
            BigDecimal decimal = binary.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (binary(decimal).compareTo(binary) == 0) {
                return decimal.stripTrailingZeros();
            }
        }
        return binary.round(new MathContext(DIGITS_MAX, RoundingMode.HALF_EVEN));
    }

    /// The nearest number of 512 binary digits; a whole number of up to 150 digits is one itself.
    public static BigDecimal binary(BigDecimal number) {
        if (number.signum() == 0
                || (number.scale() <= 0 && number.precision() - number.scale() <= DIGITS_MIN)) {
            return number;
        }
        BigInteger above = number.unscaledValue().abs();
        BigInteger below = BigInteger.ONE;
        if (number.scale() >= 0) {
            below = BigInteger.TEN.pow(number.scale());
        } else {
            above = above.multiply(BigInteger.TEN.pow(-number.scale()));
        }
        int shift = BITS + 1 - (above.bitLength() - below.bitLength());
        BigInteger[] parts = shifted(above, shift).divideAndRemainder(shifted(below, -shift));
        int spare = parts[0].bitLength() - BITS; // one or two digits too many
        BigInteger rounded = rounded(parts[0], spare, parts[1].signum() != 0);
        BigDecimal value = new BigDecimal(rounded).multiply(power(spare - shift));
        return number.signum() < 0 ? value.negate() : value;
    }

    private static BigInteger shifted(BigInteger number, int bits) {
        return bits > 0 ? number.shiftLeft(bits) : number;
    }

    private static BigInteger rounded(BigInteger number, int spare, boolean more) {
        BigInteger floor = number.shiftRight(spare);
        BigInteger rest = number.subtract(floor.shiftLeft(spare));
        int half = rest.compareTo(BigInteger.ONE.shiftLeft(spare - 1));
        boolean up = half > 0 || (half == 0 && (more || floor.testBit(0)));
        return up ? floor.add(BigInteger.ONE) : floor;
    }

    private static BigDecimal power(int exponent) {
        BigDecimal two = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
        return exponent >= 0 ? two : BigDecimal.ONE.divide(two);
    }
}
