package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import java.util.List;

/// `regex_replace(text, pattern, replacement)`, with `$1` in the replacement.
final class RegexReplace {

    /// Repetitions in repetitions of a pattern, all together: as in Go. Each is a copy of what it
    /// repeats.
    private static final int REPEATS_MAX = 1_000;

    /// Copies of a pattern's parts that are compiled, or compared with one character, for the price
    /// of a step.
    private static final int PARTS_PER_STEP = 16;

    private RegexReplace() {}

    static Value apply(List<Value> arguments, Budget budget) {
        String text = text(arguments, 0);
        String pattern = text(arguments, 1);
        long repeats = Repeats.of(pattern);
        if (repeats > REPEATS_MAX) {
            throw Mistake.limit("the pattern repeats a part more than " + REPEATS_MAX + " times");
        }
        long parts = Math.max(1, pattern.length() * repeats / PARTS_PER_STEP);
        budget.steps(parts);
        try {
            Pattern compiled = Pattern.compile(pattern);
            return replaced(compiled, new Counted(text, budget, parts), text(arguments, 2), budget);
        } catch (PatternSyntaxException e) {
            throw Mistake.of(
                    "not a regular expression: " + e.getDescription() + ": " + e.getPattern());
        }
    }

    private static Value replaced(
            Pattern pattern, Counted text, String replacement, Budget budget) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = new StringBuilder();
        int copied = 0;
        while (matcher.find()) {
            if (matcher.end() == copied && matcher.start() == copied && copied > 0) {
                continue; // as in Go, nothing matches right behind a match
            }
            String expanded = GoTemplate.expand(replacement, matcher);
            budget.produce((long) expanded.length() + matcher.start() - copied);
            result.append(text.text, copied, matcher.start()).append(expanded);
            copied = matcher.end();
        }
        budget.produce(text.length() - copied);
        return Value.of(result.append(text.text, copied, text.length()).toString());
    }

    /// A text that counts how often it is looked at: a pattern may look at the rest of it again
    /// behind every match.
    private record Counted(String text, Budget budget, long steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            budget.steps(steps);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
