package dev.drover.reconcilers.constraint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A version number: dotted numbers and perhaps a pre-release. What follows a `+` says nothing
/// about its order.
///
/// @param numbers always [#NUMBERS_MAX], filled up with zeros
/// @param given how many of them were written
/// @param preRelease empty when there is none
record Version(List<Long> numbers, int given, String preRelease) implements Comparable<Version> {
    /// How constraints on versions are read.
    enum Dialect {
        /// With `~>` (at least this, and equal up to its last but one number); pre-releases match
        /// only where the constraint names one.
        VERSION,
        /// Semantic Versioning 2.0 throughout, without `~>`.
        SEMVER
    }

    /// More than anybody writes; a bound for the pattern.
    private static final int NUMBERS_MAX = 8;

    private static final Pattern FORM =
            Pattern.compile(
                    "v?([0-9]{1,18}(?:\\.[0-9]{1,18}){0,7})"
                            + "(?:-?([A-Za-z][0-9A-Za-z.~-]*)|-([0-9][0-9A-Za-z.~-]*))?"
                            + "(?:\\+[0-9A-Za-z.~-]*)?");
    private static final Pattern CONSTRAINT =
            Pattern.compile("\\s*(=|!=|>=|<=|>|<|~>|)\\s*([^\\s=<>!~]\\S*)\\s*");

    Version {
        numbers = List.copyOf(numbers);
    }

    static Optional<Version> of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long[] numbers =
                Arrays.stream(matcher.group(1).split("\\.", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
        String preRelease =
                Stream.of(matcher.group(2), matcher.group(3))
                        .filter(part -> part != null)
                        .findFirst()
                        .orElse("");
        return Optional.of(
                new Version(
                        LongStream.of(Arrays.copyOf(numbers, NUMBERS_MAX)).boxed().toList(),
                        numbers.length,
                        preRelease));
    }

    /// Whether the version meets every one of the constraints, which are separated by commas.
    static boolean satisfies(String text, String constraints, Dialect dialect) {
        Optional<Version> version = of(text);
        return version.isPresent()
                && Arrays.stream(constraints.split(",", -1))
                        .allMatch(one -> version.get().meets(one, dialect));
    }

    private boolean meets(String constraint, Dialect dialect) {
        Matcher matcher = CONSTRAINT.matcher(constraint);
        if (!matcher.matches()) {
            return false;
        }
        Optional<Version> bound = of(matcher.group(2));
        if (bound.isEmpty()) {
            return false;
        }
        String operator = matcher.group(1);
        if (dialect == Dialect.VERSION && !operator.equals("!=") && !askedFor(bound.get())) {
            return false;
        }
        int order = compareTo(bound.get());
        return switch (operator) {
            case "", "=" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "~>" -> dialect == Dialect.VERSION && order >= 0 && sharesPrefix(bound.get());
            default -> false;
        };
    }

    /// A pre-release is only for those who name one of the same numbers.
    private boolean askedFor(Version bound) {
        return preRelease.isEmpty()
                || (!bound.preRelease.isEmpty() && numbers.equals(bound.numbers));
    }

    private boolean sharesPrefix(Version bound) {
        int fixed = Math.max(1, bound.given - 1);
        return numbers.subList(0, fixed).equals(bound.numbers.subList(0, fixed));
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < NUMBERS_MAX; i++) {
            int order = numbers.get(i).compareTo(other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return comparePreReleases(preRelease, other.preRelease);
    }

    /// None is newer than any; numbers are older than words.
    private static int comparePreReleases(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        String[] mine = left.split("\\.", -1);
        String[] others = right.split("\\.", -1);
        for (int i = 0; i < Math.min(mine.length, others.length); i++) {
            int order = compareParts(mine[i], others[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, others.length);
    }

    private static int compareParts(String left, String right) {
        boolean leftNumber = left.matches("[0-9]{1,18}");
        boolean rightNumber = right.matches("[0-9]{1,18}");
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        return leftNumber == rightNumber
                ? left.compareTo(right)
                : Boolean.compare(rightNumber, leftNumber);
    }
}
