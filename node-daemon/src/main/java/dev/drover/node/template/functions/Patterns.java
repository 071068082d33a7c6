package dev.drover.node.template.functions;

import dev.drover.node.template.language.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions of templates. The daemon has no RE2 (its classes would stay loaded for a
/// function that few templates call), so java.util.regex does it on a text that counts how often it
/// is looked at: a pattern that backtracks without end is stopped, always at the same step.
final class Patterns {

    /// A pattern in linear time looks at each character a few times; a megabyte fits.
    private static final int LOOKS_MAX = 10_000_000;

    private static final int PATTERN_CHARS_MAX = 1000;

    private Patterns() {}

    static boolean find(String pattern, String text) {
        try {
            return compile(pattern)
                    .matcher(new Counted(text, new Looks(), 0, text.length()))
                    .find();
        } catch (StackOverflowError e) {
            throw tooDear(pattern);
        }
    }

    /// As Go replaces: `$1` and `${name}` in the replacement, `$1x` is the group named `1x`,
    /// unknown groups are empty.
    static String replaceAll(String pattern, String replacement, String text) {
        try {
            Matcher matcher =
                    compile(pattern).matcher(new Counted(text, new Looks(), 0, text.length()));
            StringBuilder out = new StringBuilder();
            int last = 0;
            while (matcher.find()) {
                out.append(text, last, matcher.start()).append(expand(replacement, matcher));
                last = matcher.end();
            }
            return out.append(text.substring(last)).toString();
        } catch (StackOverflowError e) {
            throw tooDear(pattern);
        }
    }

    private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\$)|(\\w+)|\\{(\\w+)\\})");

    private static String expand(String replacement, Matcher matched) {
        return REFERENCE
                .matcher(replacement)
                .replaceAll(reference -> {
                    if (reference.group(1) != null) {
                        return "\\$";
                    }
                    String name =
                            reference.group(2) != null ? reference.group(2) : reference.group(3);
                    return Matcher.quoteReplacement(group(name, matched));
                });
    }

    private static String group(String name, Matcher matched) {
        String text;
        if (name.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(name);
            text = number <= matched.groupCount() ? matched.group(number) : "";
        } else {
            text = matched.namedGroups().containsKey(name) ? matched.group(name) : "";
        }
        return text == null ? "" : text;
    }

    /// RE2's spelling of named groups is `(?P<name>`.
    private static Pattern compile(String pattern) {
        if (pattern.length() > PATTERN_CHARS_MAX) {
            throw Fault.of(
                    "a pattern of "
                            + pattern.length()
                            + " characters: at most "
                            + PATTERN_CHARS_MAX);
        }
        try {
            return Pattern.compile(pattern.replace("(?P<", "(?<"));
        } catch (PatternSyntaxException e) {
            throw Fault.of("error parsing regexp " + pattern + ": " + e.getDescription());
        }
    }

    private static Fault tooDear(String pattern) {
        return Fault.of(
                "the pattern "
                        + pattern
                        + " backtracks too often on this text: write it without nested repetitions");
    }

    private static final class Looks {
        private int count;
    }

    private record Counted(String text, Looks looks, int from, int to) implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (++looks.count > LOOKS_MAX) {
                throw Fault.of(
                        "the pattern backtracks too often on this text: write it without nested repetitions");
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, looks, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
