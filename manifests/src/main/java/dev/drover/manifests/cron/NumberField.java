package dev.drover.manifests.cron;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A field whose terms are numbers, ranges and steps.
///
/// @param names of the numbers from `first` on; three letters each, what follows them is ignored
record NumberField(String name, int first, int last, List<String> names) {
    private static final Pattern TERM =
            Pattern.compile("(\\*|\\?|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:/([0-9]+))?");

    static NumberField of(String name, int first, int last) {
        return new NumberField(name, first, last, List.of());
    }

    static NumberField named(String name, int first, String names) {
        List<String> all = Arrays.asList(names.split(" "));
        return new NumberField(name, first, first + all.size() - 1, all);
    }

    /// The same with numbers up to another last one.
    NumberField upTo(int other) {
        return new NumberField(name, first, other, names);
    }

    /// Every number that a text of terms with commas between them means.
    BitSet read(String text) throws WrongField {
        BitSet numbers = new BitSet();
        for (String term : text.split(",", -1)) {
            numbers.or(term(term));
        }
        return numbers;
    }

    /// The numbers of one term.
    BitSet term(String term) throws WrongField {
        Matcher parts = TERM.matcher(term);
        if (!parts.matches()) {
            throw new WrongField("\"" + term + "\" is no " + name);
        }
        boolean every = parts.group(2) == null;
        boolean stepped = parts.group(4) != null;
        int from = every ? first : number(parts.group(2));
        int to = last;
        if (parts.group(3) != null) {
            to = number(parts.group(3));
        } else if (!every && !stepped) {
            to = from;
        }
        int step = stepped ? step(term, parts.group(4)) : 1;
        if (from > to) {
            throw new WrongField(
                    "%s %s goes backwards: write %d-%d,%d-%d"
                            .formatted(name, term, from, last, first, to));
        }
        BitSet numbers = new BitSet();
        for (int number = from; number <= to; number += step) {
            numbers.set(number);
        }
        return numbers;
    }

    private int step(String term, String text) throws WrongField {
        int step = text.length() > 4 ? 0 : Integer.parseInt(text);
        if (step == 0) {
            throw new WrongField(
                    "%s %s has a step that is not between 1 and 9999".formatted(name, term));
        }
        return step;
    }

    /// A number, or the name of one.
    int number(String text) throws WrongField {
        int named = text.length() < 3 ? -1 : names.indexOf(text.substring(0, 3));
        if (named >= 0) {
            return first + named;
        }
        boolean digits = text.length() <= 4 && text.chars().allMatch(Character::isDigit);
        int number = digits ? Integer.parseInt(text) : -1;
        if (number < first || number > last) {
            throw new WrongField(
                    "%s \"%s\" is not between %d and %d".formatted(name, text, first, last));
        }
        return number;
    }
}
