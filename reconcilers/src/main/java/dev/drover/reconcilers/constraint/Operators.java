package dev.drover.reconcilers.constraint;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The operators of constraints and affinities, as Nomad defines them.
///
/// ```text
/// operator                                    missing side
/// =  ==  is                                   false
/// !=  not                                     true when one is missing, false when both are
/// <  <=  >  >=     integers, numbers, text    false
/// version  semver  regexp  set_contains*      false
/// is_set  is_not_set                          looks at the left side only
/// ```
public final class Operators {
    private Operators() {}

    /// Whether `left operator right` holds. An operator that nobody knows never does.
    public static boolean hold(String operator, Optional<String> left, Optional<String> right) {
        return switch (operator) {
            case "is_set" -> left.isPresent();
            case "is_not_set" -> left.isEmpty();
            case "!=", "not" -> !left.equals(right);
            default ->
                    left.isPresent()
                            && right.isPresent()
                            && present(operator, left.get(), right.get());
        };
    }

    private static boolean present(String operator, String left, String right) {
        return switch (operator) {
            case "=", "==", "is" -> left.equals(right);
            case "<" -> compare(left, right) < 0;
            case "<=" -> compare(left, right) <= 0;
            case ">" -> compare(left, right) > 0;
            case ">=" -> compare(left, right) >= 0;
            case "version" -> Version.satisfies(left, right, Version.Dialect.VERSION);
            case "semver" -> Version.satisfies(left, right, Version.Dialect.SEMVER);
            case "regexp" -> found(left, right);
            case "set_contains", "set_contains_all" -> items(left).containsAll(items(right));
            case "set_contains_any" -> items(right).stream().anyMatch(items(left)::contains);
            default -> false;
        };
    }

    /// As integers when both are, else as numbers when both are, else as text.
    private static int compare(String left, String right) {
        Optional<Long> leftWhole = whole(left);
        Optional<Long> rightWhole = whole(right);
        if (leftWhole.isPresent() && rightWhole.isPresent()) {
            return leftWhole.get().compareTo(rightWhole.get());
        }
        Optional<Double> leftNumber = number(left);
        Optional<Double> rightNumber = number(right);
        return leftNumber.isPresent() && rightNumber.isPresent()
                ? leftNumber.get().compareTo(rightNumber.get())
                : left.compareTo(right);
    }

    private static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean found(String text, String expression) {
        try {
            return Pattern.compile(expression).matcher(text).find();
        } catch (PatternSyntaxException refusedByValidation) {
            return false;
        }
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
