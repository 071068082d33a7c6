package dev.drover.node.template.language;

import java.util.ArrayList;
import java.util.List;

/// Go's `print`, `println` and `printf`.
final class Format {

    /// A width or precision beyond this is a mistake, as Go thinks too.
    private static final int WIDTH_MAX = 1_000_000;

    private final String format;
    private final List<Value> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int argument;
    private boolean reordered;
    private boolean goodIndex;

    private Format(String format, List<Value> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /// One value as an action prints it.
    static String shown(Value value) {
        return value.isNothing() ? "<no value>" : Verbs.format(value, Spec.PLAIN);
    }

    /// The values, with a blank between two that are no texts.
    static String print(List<Value> values) {
        StringBuilder out = new StringBuilder();
        boolean textBefore = true;
        for (Value value : values) {
            boolean text = value instanceof Value.Text;
            if (!out.isEmpty() && !text && !textBefore) {
                out.append(' ');
            }
            out.append(Verbs.format(value, Spec.PLAIN));
            textBefore = text;
        }
        return out.toString();
    }

    /// The values with blanks between, and the end of the line.
    static String println(List<Value> values) {
        List<String> shown = new ArrayList<>();
        for (Value value : values) {
            shown.add(Verbs.format(value, Spec.PLAIN));
        }
        return String.join(" ", shown) + "\n";
    }

    /// The format with each verb replaced by its argument. Mistakes are printed in place, as Go
    /// does: `%!d(string=x)`.
    static String printf(String format, List<Value> arguments) {
        return new Format(format, arguments).printf();
    }

    private String printf() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            goodIndex = true;
            verb();
        }
        if (!reordered && argument < arguments.size()) {
            List<String> extra = new ArrayList<>();
            for (Value value : arguments.subList(argument, arguments.size())) {
                extra.add(
                        value.isNothing()
                                ? "<nil>"
                                : value.type() + "=" + Verbs.format(value, Spec.PLAIN));
            }
            out.append("%!(EXTRA ").append(String.join(", ", extra)).append(')');
        }
        return out.toString();
    }

    private void verb() {
        String flags = flags();
        boolean indexed = index();
        boolean left = flags.contains("-");
        int width = -1;
        if (at() == '*') {
            at++;
            int star = star("%!(BADWIDTH)");
            left |= star < 0 && star != NONE;
            width = star == NONE ? -1 : Math.abs(star);
            indexed = false;
        } else {
            int from = at;
            width = digits();
            if (indexed && at > from) {
                goodIndex = false;
            }
        }
        int precision = precision(indexed);
        if (!(indexed && at > 0 && format.charAt(at - 1) == ']')) {
            index();
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        apply(verb, new Spec(verb, flags.replace("-", "") + (left ? "-" : ""), width, precision));
    }

    private void apply(int verb, Spec spec) {
        if (verb == '%') {
            out.append('%');
        } else if (!goodIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
        } else if (argument >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            out.append(Verbs.format(arguments.get(argument++), spec));
        }
    }

    private String flags() {
        int from = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        return format.substring(from, at);
    }

    private static final int NONE = Integer.MIN_VALUE;

    /// The number an argument gives for `*`.
    private int star(String complaint) {
        if (argument < arguments.size()
                && arguments.get(argument++) instanceof Value.Int(long number)
                && Math.abs(number) <= WIDTH_MAX) {
            return (int) number;
        }
        out.append(complaint);
        return NONE;
    }

    private int precision(boolean indexedBefore) {
        if (at() != '.') {
            return -1;
        }
        at++;
        if (indexedBefore && format.charAt(at - 2) == ']') {
            goodIndex = false;
        }
        index();
        if (at() == '*') {
            at++;
            int star = star("%!(BADPREC)");
            if (star != NONE && star < 0) {
                out.append("%!(BADPREC)");
            }
            return Math.max(star, -1);
        }
        return Math.max(digits(), 0);
    }

    private int digits() {
        int from = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            at++;
        }
        String digits = format.substring(from, at);
        if (digits.length() > 7 || (!digits.isEmpty() && Integer.parseInt(digits) > WIDTH_MAX)) {
            throw Fault.of("printf: width or precision " + digits + " is beyond " + WIDTH_MAX);
        }
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }

    /// `[3]`: the verb's argument by number. Whether there was one.
    private boolean index() {
        if (at() != '[') {
            return false;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        String number = close < 0 ? "" : format.substring(at + 1, close);
        if (number.matches("[1-9][0-9]{0,4}") && Integer.parseInt(number) <= arguments.size()) {
            argument = Integer.parseInt(number) - 1;
        } else {
            goodIndex = false;
        }
        at = close < 0 ? at + 1 : close + 1;
        return true;
    }

    private char at() {
        return at < format.length() ? format.charAt(at) : '\0';
    }
}
