package dev.drover.manifests.hcl.value;

import java.math.BigDecimal;
import java.text.Normalizer;

/// Strings as HCL sees them, and numbers as it prints them.
public final class Texts {

    /// Digits before or after the point that a printed number may have. A double has at most 767;
    /// `1e999999999` would fill the memory.
    private static final int DIGITS_MAX = 1_024;

    /// Characters of a value that problems show.
    private static final int SHOWN_MAX = 200;

    private Texts() {}

    /// A value as problems show it: its beginning, where it is long.
    public static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }

    /// Normal form C, so that two ways of writing one letter are one string. Latin text is in it
    /// already, which is quick to see.
    public static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) { // below, every character is composed and none combines
                return Normalizer.normalize(text, Normalizer.Form.NFC);
            }
        }
        return text;
    }

    /// Blanks and line breaks of every script, the no-break space among them: what Go calls space.
    public static boolean isSpace(int c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == 0x85
                || c == 0xA0
                || (c > 0xFF && Character.isSpaceChar(c));
    }

    /// How many characters of space a text begins with.
    public static int spaceAtStart(String text) {
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The text without the space that it ends with.
    public static String withoutSpaceAtEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /// All digits, never an exponent, no zeros behind the last digit.
    public static String of(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = number.stripTrailingZeros();
        if ((long) shortest.precision() - shortest.scale() > DIGITS_MAX
                || shortest.scale() > DIGITS_MAX) {
            throw Mistake.limit("the number has more than " + DIGITS_MAX + " digits");
        }
        return shortest.toPlainString();
    }
}
