package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/// `format` with the verbs of Go: `%s %q %v %#v %t %d %b %o %x %X %e %f %g`, with flags, width,
/// precision and `%[n]v`.
final class GoFormat {
    /// Blanks or digits that one verb may add.
    private static final int WIDTH_MAX = 4_096;

    private final String format;
    private final List<Value> arguments;
    private final Budget budget;
    private final StringBuilder result = new StringBuilder();
    private int place;
    private int next;

    private GoFormat(String format, List<Value> arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.budget = budget;
    }

    static String format(String format, List<Value> arguments, Budget budget) {
        return new GoFormat(format, arguments, budget).all();
    }

    private String all() {
        int used = 0;
        while (place < format.length()) {
            char c = format.charAt(place++);
            if (c != '%') {
                result.append(c);
            } else if (format.startsWith("%", place)) {
                result.append('%');
                place++;
            } else {
                Verb verb = verb();
                used = Math.max(used, next);
                String text = text(verb);
                budget.produce(text.length());
                result.append(text);
            }
        }
        if (used < arguments.size()) {
            throw Mistake.of(
                    "there are "
                            + arguments.size()
                            + " values, but only "
                            + used
                            + " are used by the format");
        }
        return result.toString();
    }

    /// One `%…`: which value, and how it is written.
    private record Verb(char letter, String flags, int width, int precision, Value value) {
        boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }
    }

    private Verb verb() {
        int start = place;
        while (place < format.length() && "+- #0".indexOf(format.charAt(place)) >= 0) {
            place++;
        }
        String flags = format.substring(start, place);
        int width = number(-1);
        int precision = -1;
        if (format.startsWith(".", place)) {
            place++;
            precision = number(0);
        }
        if (format.startsWith("[", place)) {
            place++;
            next = number(0) - 1;
            if (!format.startsWith("]", place)) {
                throw Mistake.of("a ] is missing behind %[");
            }
            place++;
        }
        if (place >= format.length()) {
            throw Mistake.of("the format ends within a verb");
        }
        char letter = format.charAt(place++);
        if (next < 0 || next >= arguments.size()) {
            throw Mistake.of(
                    "there is no value for %"
                            + letter
                            + ": it would be number "
                            + (next + 1)
                            + " of "
                            + arguments.size());
        }
        return new Verb(letter, flags, width, precision, arguments.get(next++));
    }

    private int number(int otherwise) {
        int start = place;
        while (place < format.length() && Character.isDigit(format.charAt(place))) {
            place++;
        }
        if (place == start) {
            return otherwise;
        }
        String digits = format.substring(start, place);
        if (digits.length() > 4 || Integer.parseInt(digits) > WIDTH_MAX) {
            throw Mistake.limit("a width or precision above " + WIDTH_MAX);
        }
        return Integer.parseInt(digits);
    }

    private String text(Verb verb) {
        Value value = verb.value;
        if (value instanceof Value.Null && verb.letter != 'v') {
            throw Mistake.of("null cannot be formatted with %" + verb.letter);
        }
        return switch (verb.letter) {
            case 'v' -> padded(verb.has('#') ? GoJson.text(value, budget) : plain(value), verb);
            case 't' -> Boolean.toString(Conversion.truth(value));
            case 's' -> padded(cut(string(value), verb), verb);
            case 'q' -> padded(GoJson.quoted(cut(string(value), verb), budget), verb);
            case 'd' -> padded(signed(integer(value), verb, integer(value).abs().toString()), verb);
            case 'b' ->
                    padded(signed(integer(value), verb, integer(value).abs().toString(2)), verb);
            case 'o' ->
                    padded(signed(integer(value), verb, integer(value).abs().toString(8)), verb);
            case 'x' -> padded(hexadecimal(verb), verb);
            case 'X' -> padded(hexadecimal(verb).toUpperCase(Locale.ROOT), verb);
            case 'e', 'E', 'f', 'g', 'G' -> padded(decimal(verb), verb);
            default -> throw Mistake.of("%" + verb.letter + " is no verb");
        };
    }

    private String plain(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Num(BigDecimal number) ->
                    (number.signum() < 0 ? "-" : "") + GoDecimal.general(number.abs(), -1);
            case Value.Text _, Value.Truth _ -> Conversion.text(value);
            case Value.Sequence _, Value.Mapping _ -> GoJson.text(value, budget);
        };
    }

    private static String string(Value value) {
        return Conversion.text(value);
    }

    private String cut(String text, Verb verb) {
        if (verb.precision < 0) {
            return text;
        }
        Graphemes letters = letters(text);
        return letters.part(0, Math.min(verb.precision, letters.count()));
    }

    /// A list of characters is some sixteen times as large as they are.
    private Graphemes letters(String text) {
        budget.produce(16L * text.length());
        return Graphemes.of(text);
    }

    private static BigInteger integer(Value value) {
        BigDecimal number = Conversion.number(value);
        if (number.stripTrailingZeros().scale() > 0) {
            throw Mistake.of("a whole number is required, not " + Texts.of(number));
        }
        return number.toBigInteger();
    }

    private static String hexadecimal(Verb verb) {
        BigInteger number = integer(verb.value);
        String prefix = verb.has('#') ? "0x" : "";
        return signed(number, verb, prefix + number.abs().toString(16));
    }

    private static String signed(BigInteger number, Verb verb, String digits) {
        return sign(number.signum(), verb) + digits;
    }

    private static String sign(int signum, Verb verb) {
        if (signum < 0) {
            return "-";
        }
        return verb.has('+') ? "+" : verb.has(' ') ? " " : "";
    }

    private static String decimal(Verb verb) {
        BigDecimal number = Conversion.number(verb.value);
        BigDecimal size = number.abs();
        Texts.of(size); // refuses what would fill the memory
        String digits =
                switch (verb.letter) {
                    case 'f' -> GoDecimal.fixed(size, verb.precision < 0 ? 6 : verb.precision);
                    case 'e' -> GoDecimal.scientific(size, verb.precision < 0 ? 6 : verb.precision);
                    case 'E' ->
                            GoDecimal.scientific(size, verb.precision < 0 ? 6 : verb.precision)
                                    .toUpperCase(Locale.ROOT);
                    case 'g' -> GoDecimal.general(size, verb.precision);
                    default -> GoDecimal.general(size, verb.precision).toUpperCase(Locale.ROOT);
                };
        return sign(number.signum(), verb) + digits;
    }

    /// Blanks in front, behind with `-`, or zeros behind the sign with `0`.
    private String padded(String text, Verb verb) {
        int missing = verb.width <= 0 ? 0 : verb.width - letters(text).count();
        if (missing <= 0) {
            return text;
        }
        if (verb.has('-')) {
            return text + " ".repeat(missing);
        }
        if (!verb.has('0')) {
            return " ".repeat(missing) + text;
        }
        boolean signed =
                !text.isEmpty()
                        && "+- ".indexOf(text.charAt(0)) >= 0
                        && "vsqt".indexOf(verb.letter) < 0;
        String sign = signed ? text.substring(0, 1) : "";
        return sign + "0".repeat(missing) + text.substring(sign.length());
    }
}
