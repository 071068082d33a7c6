package dev.drover.node.template.functions;

import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Functions from text to text. The text comes last, so that it can be piped in.
final class TextFunctions {

    static final Map<String, Function> ALL =
            Map.ofEntries(
                    Map.entry("indent", TextFunctions::indent),
                    Map.entry("join", a -> Value.of(String.join(a.exactly(2).text(0), a.texts(1)))),
                    Map.entry("split", TextFunctions::split),
                    Map.entry("splitToMap", TextFunctions::splitToMap),
                    Map.entry("trim", a -> Value.of(trim(a.exactly(2).text(0), a.text(1)))),
                    Map.entry(
                            "trimPrefix",
                            a -> Value.of(trimPrefix(a.exactly(2).text(0), a.text(1)))),
                    Map.entry(
                            "trimSuffix",
                            a -> Value.of(trimSuffix(a.exactly(2).text(0), a.text(1)))),
                    Map.entry("trimSpace", a -> Value.of(a.exactly(1).text(0).strip())),
                    Map.entry("replaceAll", a -> Value.of(replaceAll(a.exactly(3)))),
                    Map.entry(
                            "regexMatch",
                            a -> Value.of(Patterns.find(a.exactly(2).text(0), a.text(1)))),
                    Map.entry(
                            "regexReplaceAll",
                            a ->
                                    Value.of(
                                            Patterns.replaceAll(
                                                    a.exactly(3).text(0), a.text(1), a.text(2)))),
                    Map.entry(
                            "toLower",
                            a -> Value.of(a.exactly(1).text(0).toLowerCase(Locale.ROOT))),
                    Map.entry(
                            "toUpper",
                            a -> Value.of(a.exactly(1).text(0).toUpperCase(Locale.ROOT))),
                    Map.entry("toTitle", a -> Value.of(title(a.exactly(1).text(0)))));

    private TextFunctions() {}

    private static Value indent(Arguments arguments) {
        int spaces = arguments.exactly(2).integer(0);
        if (spaces < 0 || spaces > 1000) {
            throw Fault.of("indent: " + spaces + " blanks; from 0 to 1000");
        }
        return Value.of(indented(spaces, arguments.text(1)));
    }

    /// Each line that is not empty moves to the right.
    static String indented(int spaces, String text) {
        return text.replaceAll("(?m)^(?=.)", " ".repeat(spaces));
    }

    private static Value split(Arguments arguments) {
        String separator = arguments.exactly(2).text(0);
        String text = arguments.text(1).strip();
        return text.isEmpty() ? Value.texts(List.of()) : Value.texts(split(separator, text));
    }

    private static List<String> split(String separator, String text) {
        if (separator.isEmpty()) {
            return text.codePoints().mapToObj(Character::toString).toList();
        }
        return List.of(text.split(Pattern.quote(separator), -1));
    }

    /// `a=1,b=2` with the separators `,` and `=`; parts of another form are passed over.
    private static Value splitToMap(Arguments arguments) {
        String between = arguments.exactly(3).text(0);
        String within = arguments.text(1);
        String text = arguments.text(2).strip();
        TreeMap<String, Value> map = new TreeMap<>();
        for (String pair : text.isEmpty() ? List.<String>of() : split(between, text)) {
            List<String> halves = split(within, pair);
            if (halves.size() == 2) {
                map.put(halves.getFirst(), Value.of(halves.getLast()));
            }
        }
        return new Value.Mapping(map);
    }

    /// Without those characters at both ends.
    static String trim(String characters, String text) {
        int from = 0;
        int to = text.length();
        while (from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (to > from && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    static String trimPrefix(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    static String trimSuffix(String suffix, String text) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String replaceAll(Arguments arguments) {
        return arguments.text(2).replace(arguments.text(0), arguments.text(1));
    }

    /// The first letter of each word in upper case, the others as they are.
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        int before = ' ';
        for (int c : text.codePoints().toArray()) {
            boolean within = Character.isLetter(before) || before == '_' || before == '\'';
            out.appendCodePoint(within ? c : Character.toTitleCase(c));
            before = c;
        }
        return out.toString();
    }
}
