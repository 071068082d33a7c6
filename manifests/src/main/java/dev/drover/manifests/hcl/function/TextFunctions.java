package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.integer;
import static dev.drover.manifests.hcl.function.Arguments.text;
import static dev.drover.manifests.hcl.function.Arguments.texts;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.hcl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// Functions of strings. Lengths and places count what people see as one character (a grapheme
/// cluster).
final class TextFunctions {

    static final List<Definition> ALL =
            List.of(
                    Definition.of("chomp", 1, (a, _) -> Value.of(chomped(text(a, 0)))),
                    Definition.of("format", 1, Definition.MANY, (a, budget) -> formatted(a, budget))
                            .withNulls(),
                    Definition.of("formatlist", 1, Definition.MANY, TextFunctions::formatList)
                            .withNulls(),
                    Definition.of("indent", 2, TextFunctions::indented),
                    Definition.of("join", 2, Definition.MANY, TextFunctions::join),
                    Definition.of("lower", 1, (a, _) -> mapped(text(a, 0), Character::toLowerCase)),
                    Definition.of("upper", 1, (a, _) -> mapped(text(a, 0), Character::toUpperCase)),
                    Definition.of("regex_replace", 3, RegexReplace::apply),
                    Definition.of("replace", 3, TextFunctions::replace),
                    Definition.of(
                            "reverse",
                            1,
                            (a, budget) -> Value.of(letters(a, 0, budget).reversed())),
                    Definition.of(
                            "strrev", 1, (a, budget) -> Value.of(letters(a, 0, budget).reversed())),
                    Definition.of("split", 2, TextFunctions::split),
                    Definition.of(
                            "strlen", 1, (a, budget) -> Value.of(letters(a, 0, budget).count())),
                    Definition.of(
                            "substr",
                            3,
                            (a, budget) ->
                                    substring(letters(a, 0, budget), integer(a, 1), integer(a, 2))),
                    Definition.of("title", 1, (a, _) -> Value.of(titled(text(a, 0)))),
                    Definition.of("trim", 2, (a, _) -> Value.of(trimmed(text(a, 0), text(a, 1)))),
                    Definition.of(
                            "trimprefix",
                            2,
                            (a, _) -> Value.of(withoutPrefix(text(a, 0), text(a, 1)))),
                    Definition.of(
                            "trimsuffix",
                            2,
                            (a, _) -> Value.of(withoutSuffix(text(a, 0), text(a, 1)))),
                    Definition.of("trimspace", 1, (a, _) -> Value.of(trimmedSpace(text(a, 0)))));

    private TextFunctions() {}

    private static String chomped(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Value formatted(List<Value> arguments, Budget budget) {
        return Value.of(
                GoFormat.format(
                        text(arguments, 0), arguments.subList(1, arguments.size()), budget));
    }

    /// Formats once for each item; arguments that are no lists are the same each time.
    private static Value formatList(List<Value> arguments, Budget budget) {
        int length = -1;
        for (Value argument : arguments.subList(1, arguments.size())) {
            if (argument instanceof Value.Sequence list) {
                if (length >= 0 && length != list.items().size()) {
                    throw Mistake.of("all lists must have the same length");
                }
                length = list.items().size();
            }
        }
        List<Value> results = new ArrayList<>();
        for (int i = 0; i < (length < 0 ? 1 : length); i++) {
            budget.steps(arguments.size());
            List<Value> turn = new ArrayList<>();
            for (Value argument : arguments.subList(1, arguments.size())) {
                turn.add(argument instanceof Value.Sequence list ? list.items().get(i) : argument);
            }
            results.add(Value.of(GoFormat.format(text(arguments, 0), turn, budget)));
        }
        return new Value.Listing(results);
    }

    private static Value indented(List<Value> arguments, Budget budget) {
        int spaces = integer(arguments, 0);
        String text = text(arguments, 1);
        if (spaces < 0) {
            throw Mistake.of("the number of blanks cannot be negative");
        }
        long lines = text.chars().filter(c -> c == '\n').count();
        budget.produce(text.length() + lines * spaces);
        return Value.of(text.replace("\n", "\n" + " ".repeat(spaces)));
    }

    private static Value join(List<Value> arguments, Budget budget) {
        String separator = text(arguments, 0);
        List<String> words = new ArrayList<>();
        arguments.subList(1, arguments.size()).forEach(list -> words.addAll(texts(list)));
        budget.produce(
                words.stream().mapToLong(word -> word.length() + (long) separator.length()).sum());
        return Value.of(String.join(separator, words));
    }

    /// Letter by letter, as Go does: no letter becomes two.
    private static Value mapped(String text, IntUnaryOperator change) {
        return Value.of(
                text.codePoints()
                        .map(change)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString());
    }

    private static Value replace(List<Value> arguments, Budget budget) {
        String text = text(arguments, 0);
        String from = text(arguments, 1);
        String to = text(arguments, 2);
        long count =
                from.isEmpty() ? text.codePointCount(0, text.length()) + 1L : count(text, from);
        budget.produce(text.length() + count * to.length());
        return Value.of(text.replace(from, to));
    }

    private static long count(String text, String word) {
        long count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            count++;
        }
        return count;
    }

    /// A list of characters is some sixteen times as large as they are.
    private static Graphemes letters(List<Value> arguments, int at, Budget budget) {
        String text = text(arguments, at);
        budget.produce(16L * text.length());
        return Graphemes.of(text);
    }

    private static Value split(List<Value> arguments, Budget budget) {
        String separator = text(arguments, 0);
        String text = text(arguments, 1);
        if (separator.isEmpty()) {
            budget.steps(text.length());
            return new Value.Listing(
                    text.codePoints().mapToObj(c -> Value.of(Character.toString(c))).toList());
        }
        List<Value> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            budget.step();
            parts.add(Value.of(text.substring(start, at)));
            start = at + separator.length();
        }
        parts.add(Value.of(text.substring(start)));
        return new Value.Listing(parts);
    }

    /// A negative place counts from the end, a negative length means up to the end; so does 0
    /// behind a negative place, as elsewhere.
    private static Value substring(Graphemes letters, int offset, int length) {
        int count = letters.count();
        int start = Math.min(Math.max(0, offset < 0 ? offset + count : offset), count);
        boolean toEnd = length < 0 || (length == 0 && offset < 0);
        int end = toEnd ? count : (int) Math.min((long) start + length, count);
        return Value.of(letters.part(start, end));
    }

    /// The first letter of each word in upper case.
    private static String titled(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        int before = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int letter = text.codePointAt(i);
            titled.appendCodePoint(separates(before) ? Character.toTitleCase(letter) : letter);
            before = letter;
        }
        return titled.toString();
    }

    private static boolean separates(int c) {
        if (c < 0x80) {
            return !(Character.isLetterOrDigit(c) || c == '_');
        }
        return !Character.isLetterOrDigit(c) && Texts.isSpace(c);
    }

    private static String trimmed(String text, String letters) {
        return trimmed(text, c -> letters.indexOf(c) >= 0);
    }

    private static String trimmedSpace(String text) {
        return trimmed(text, Texts::isSpace);
    }

    private static String trimmed(String text, IntPredicate goes) {
        int start = 0;
        while (start < text.length() && goes.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        int end = text.length();
        while (end > start && goes.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }
}
