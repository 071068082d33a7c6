package dev.drover.node.template.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What each verb of `printf` makes of each kind of value. Floats have no `%b` and `%x`, and `#`
/// says nothing to them: nobody configures programs in binary fractions.
final class Verbs {

    private Verbs() {}

    static String format(Value value, Spec spec) {
        if (spec.verb() == 'T') {
            return spec.as('s').padded(value.isNothing() ? "<nil>" : value.type());
        }
        return switch (value) {
            case Value.Absent _, Value.Nil _ ->
                    spec.verb() == 'v'
                            ? spec.padded("<nil>")
                            : "%!" + Character.toString(spec.verb()) + "(<nil>)";
            case Value.Bool(boolean flag) ->
                    "tv".indexOf(spec.verb()) >= 0
                            ? spec.padded(String.valueOf(flag))
                            : bad(value, spec);
            case Value.Int(long number) -> integer(number, unsigned(spec));
            case Value.Real(double number) -> real(number, unsigned(spec));
            case Value.Text(String text) -> text(text, spec);
            case Value.Listing(List<Value> items) -> listing(items, spec);
            case Value.Mapping(SortedMap<String, Value> entries) -> mapping(entries, spec);
            case Value.Structure(_, Map<String, Value> fields) -> structure(fields, spec);
            case Value.Gadget(String type, _) -> spec.padded("{" + type + "}");
        };
    }

    /// In `%+v` the plus asks for names of fields, not for signs of numbers.
    private static Spec unsigned(Spec spec) {
        return spec.verb() == 'v' ? spec.without("+") : spec;
    }

    /// `%!d(string=hi)`
    private static String bad(Value value, Spec spec) {
        return "%!"
                + Character.toString(spec.verb())
                + "("
                + value.type()
                + "="
                + format(value, spec.as(plainVerb(value)).without("#"))
                + ")";
    }

    private static int plainVerb(Value value) {
        return value instanceof Value.Int ? 'd' : value instanceof Value.Real ? 'g' : 'v';
    }

    private static String listing(List<Value> items, Spec spec) {
        boolean syntax = spec.verb() == 'v' && spec.has('#');
        List<String> shown = new ArrayList<>();
        for (Value item : items) {
            shown.add(element(item, spec));
        }
        return syntax
                ? "[]interface {}{" + String.join(", ", shown) + "}"
                : "[" + String.join(" ", shown) + "]";
    }

    private static String mapping(SortedMap<String, Value> entries, Spec spec) {
        boolean syntax = spec.verb() == 'v' && spec.has('#');
        List<String> shown = new ArrayList<>();
        entries.forEach((key, value) ->
                shown.add(format(Value.of(key), spec) + ":" + element(value, spec)));
        return syntax
                ? "map[string]interface {}{" + String.join(", ", shown) + "}"
                : "map[" + String.join(" ", shown) + "]";
    }

    private static String element(Value value, Spec spec) {
        if (!value.isNothing()) {
            return format(value, spec);
        }
        return spec.has('#') && spec.verb() == 'v' ? "interface {}(nil)" : "<nil>";
    }

    private static String structure(Map<String, Value> fields, Spec spec) {
        List<String> shown = new ArrayList<>();
        new TreeMap<>(fields)
                .forEach((name, value) ->
                        shown.add((spec.has('+') ? name + ":" : "") + format(value, spec)));
        return "{" + String.join(" ", shown) + "}";
    }

    private static String text(String text, Spec spec) {
        return switch (spec.verb()) {
            case 'v' -> spec.has('#') ? quoted(text, spec) : spec.padded(cut(text, spec));
            case 's' -> spec.padded(cut(text, spec));
            case 'q' -> quoted(cut(text, spec), spec);
            case 'x' -> hex(text, spec);
            case 'X' -> hex(text, spec).toUpperCase(Locale.ROOT);
            default -> bad(Value.of(text), spec);
        };
    }

    private static String quoted(String text, Spec spec) {
        boolean raw =
                spec.has('#')
                        && spec.verb() == 'q'
                        && text.codePoints()
                                .allMatch(c ->
                                        c != '`'
                                                && c != 0xFEFF
                                                && (c == '\t' || (c >= ' ' && c != 0x7F)));
        String quoted =
                raw
                        ? "`" + text + "`"
                        : spec.has('+') ? Quoting.quoteAscii(text) : Quoting.quote(text);
        return spec.padded(quoted);
    }

    private static String cut(String text, Spec spec) {
        int most = spec.precision();
        return most < 0 || text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static String hex(String text, Spec spec) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length =
                spec.precision() >= 0 ? Math.min(bytes.length, spec.precision()) : bytes.length;
        HexFormat format = HexFormat.of();
        if (spec.has(' ')) {
            format = HexFormat.ofDelimiter(" ").withPrefix(spec.has('#') ? "0x" : "");
        }
        String hex = format.formatHex(bytes, 0, length);
        boolean prefix = spec.has('#') && !spec.has(' ') && length > 0;
        return spec.padded(prefix ? "0x" + hex : hex);
    }

    private static String integer(long number, Spec spec) {
        return switch (spec.verb()) {
            case 'v', 'd' -> digits(number, 10, "", spec);
            case 'b' -> digits(number, 2, spec.has('#') ? "0b" : "", spec);
            case 'o' -> digits(number, 8, spec.has('#') ? "0" : "", spec);
            case 'O' -> digits(number, 8, "0o", spec);
            case 'x' -> digits(number, 16, spec.has('#') ? "0x" : "", spec);
            case 'X' ->
                    digits(number, 16, spec.has('#') ? "0x" : "", spec).toUpperCase(Locale.ROOT);
            case 'c' -> spec.padded(Character.toString(valid(number)));
            case 'q' -> spec.padded(quotedRune(valid(number), spec));
            case 'U' -> spec.without("0").padded(unicode(number, spec));
            default -> bad(Value.of(number), spec);
        };
    }

    private static String quotedRune(int rune, Spec spec) {
        return spec.has('+') ? Quoting.quoteRuneAscii(rune) : Quoting.quoteRune(rune);
    }

    private static int valid(long number) {
        boolean good =
                number >= 0
                        && number <= Character.MAX_CODE_POINT
                        && !(number >= Character.MIN_SURROGATE
                                && number <= Character.MAX_SURROGATE);
        return good ? (int) number : 0xFFFD;
    }

    private static String unicode(long number, Spec spec) {
        String hex = Long.toHexString(number).toUpperCase(Locale.ROOT);
        String code =
                "U+" + "0".repeat(Math.max(Math.max(4, spec.precision()) - hex.length(), 0)) + hex;
        return spec.has('#')
                        && number <= Character.MAX_CODE_POINT
                        && Quoting.printable((int) number)
                ? code + " '" + Character.toString((int) number) + "'"
                : code;
    }

    private static String digits(long number, int base, String prefix, Spec spec) {
        if (spec.precision() == 0 && number == 0) {
            return spec.without("0").padded("");
        }
        String sign = number < 0 ? "-" : spec.has('+') ? "+" : spec.has(' ') ? " " : "";
        String digits = Long.toString(number, base).replace("-", "");
        boolean zeros = spec.has('0') && !spec.has('-') && spec.precision() < 0;
        int least = zeros ? spec.width() - sign.length() : spec.precision();
        String lead =
                prefix.equals("0") && (digits.startsWith("0") || least > digits.length())
                        ? ""
                        : prefix;
        return spec.without("0")
                .padded(sign + lead + "0".repeat(Math.max(least - digits.length(), 0)) + digits);
    }

    private static String real(double number, Spec spec) {
        int verb = spec.verb() == 'v' ? 'g' : spec.verb() == 'F' ? 'f' : spec.verb();
        char lower = (char) Character.toLowerCase(verb);
        if ("efg".indexOf(lower) < 0) {
            return bad(new Value.Real(number), spec);
        }
        int precision = spec.precision() >= 0 || lower == 'g' ? spec.precision() : 6;
        String digits =
                precision < 0
                        ? Numbers.shortest(number, lower)
                        : Numbers.rounded(number, lower, precision);
        if (!digits.startsWith("-") && !digits.startsWith("+")) {
            digits = (spec.has('+') ? "+" : spec.has(' ') ? " " : "") + digits;
        }
        String shown = Character.isUpperCase(verb) ? digits.toUpperCase(Locale.ROOT) : digits;
        if (spec.has('0') && !spec.has('-') && Double.isFinite(number)) {
            String sign = "+- ".indexOf(shown.charAt(0)) >= 0 ? shown.substring(0, 1) : "";
            int zeros = spec.width() - shown.length();
            return sign + "0".repeat(Math.max(zeros, 0)) + shown.substring(sign.length());
        }
        return spec.without("0").padded(shown);
    }
}
