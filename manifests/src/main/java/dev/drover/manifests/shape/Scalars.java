package dev.drover.manifests.shape;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Scalars of a tree as what a component takes. As in HCL, text that is a number is a number, and a
/// number can be text.
final class Scalars {

    /// Nanoseconds that somebody may mean: a millisecond of them.
    private static final long LEAST_MEANT = 1_000_000;

    private final Binder binder;

    Scalars(Binder binder) {
        this.binder = binder;
    }

    Optional<Object> of(Shape shape, Tree tree, Path path) {
        return switch (shape) {
            case Shape.Text _ -> text(tree, path).map(Object.class::cast);
            case Shape.Int _ ->
                    whole(tree, path, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
            case Shape.Wide _ ->
                    whole(tree, path, Long.MIN_VALUE, Long.MAX_VALUE).map(Object.class::cast);
            case Shape.Decimal _ -> number(tree, path).map(Object.class::cast);
            case Shape.Flag _ -> flag(tree, path);
            case Shape.Span _ -> duration(tree, path);
            case Shape.Moment _ -> instant(tree, path);
            case Shape.Choice(var type) -> word(type, tree, path);
            case Shape.Maybe _, Shape.Items _, Shape.Fields _, Shape.Struct _, Shape.Union _ ->
                    throw new IllegalArgumentException(shape + " has parts");
        };
    }

    private Optional<String> text(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Text(_, String text) -> Optional.of(text);
            case Tree.Num number -> Optional.of(number.plain());
            case Tree.Flag(_, boolean flag) -> Optional.of(Boolean.toString(flag));
            case Tree.Nothing _, Tree.Listing _, Tree.Block _ -> wrong(tree, path, "text");
        };
    }

    private Optional<BigDecimal> number(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Num(_, BigDecimal number) -> Optional.of(number);
            case Tree.Text(_, String text) when Trees.number(text).isPresent() ->
                    Trees.number(text);
            case Tree.Text _, Tree.Flag _, Tree.Nothing _, Tree.Listing _, Tree.Block _ ->
                    wrong(tree, path, "a number");
        };
    }

    private Optional<Long> whole(Tree tree, Path path, long least, long most) {
        Optional<BigDecimal> number = number(tree, path);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal value = number.get();
        if (value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            binder.report(
                    tree,
                    path,
                    Code.OUT_OF_RANGE,
                    "the number must be between " + least + " and " + most,
                    "");
            return Optional.empty();
        }
        if (value.stripTrailingZeros().scale() > 0) {
            binder.report(
                    tree,
                    path,
                    Code.OUT_OF_RANGE,
                    "a whole number is required, not " + value.toPlainString(),
                    "round it, or take a smaller unit");
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    private Optional<Object> flag(Tree tree, Path path) {
        return switch (tree) {
            case Tree.Flag(_, boolean flag) -> Optional.of(flag);
            case Tree.Text(_, String text) when text.equals("true") || text.equals("1") ->
                    Optional.of(true);
            case Tree.Text(_, String text) when text.equals("false") || text.equals("0") ->
                    Optional.of(false);
            case Tree.Text _, Tree.Num _, Tree.Nothing _, Tree.Listing _, Tree.Block _ ->
                    wrong(tree, path, "true or false");
        };
    }

    private Optional<Object> duration(Tree tree, Path path) {
        if (tree instanceof Tree.Num) {
            Optional<Long> nanos = whole(tree, path, Long.MIN_VALUE, Long.MAX_VALUE);
            nanos.filter(some -> some > 0 && some < LEAST_MEANT)
                    .ifPresent(some ->
                            binder.report(
                                    tree,
                                    path,
                                    Code.UNLIKELY,
                                    some + " is a number of nanoseconds",
                                    "write a unit: \"" + some + "s\""));
            return nanos.map(Duration::ofNanos);
        }
        if (!(tree instanceof Tree.Text(_, String text))) {
            return wrong(tree, path, "a duration");
        }
        Optional<Object> duration = Durations.parse(text).map(Object.class::cast);
        if (duration.isEmpty()) {
            binder.report(
                    tree,
                    path,
                    Code.INVALID_DURATION,
                    "\"" + text + "\" is not a duration",
                    Trees.durationFix(text));
        }
        return duration;
    }

    private Optional<Object> instant(Tree tree, Path path) {
        if (!(tree instanceof Tree.Text(_, String text))) {
            return wrong(tree, path, "a time");
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            binder.report(
                    tree,
                    path,
                    Code.WRONG_TYPE,
                    "\"" + text + "\" is not a time",
                    "write it like 2026-01-31T23:59:59Z");
            return Optional.empty();
        }
    }

    private Optional<Object> word(Class<? extends Enum<?>> type, Tree tree, Path path) {
        Optional<String> text = text(tree, path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Enum<?>> constant = Words.constant(type, text.get());
        if (constant.isEmpty() && !binder.kept(path, text.get())) {
            List<String> all = Words.all(type);
            String fix =
                    Suggestion.of(text.get().toLowerCase(Locale.ROOT), all)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("");
            binder.report(
                    tree,
                    path,
                    Code.UNKNOWN_WORD,
                    "\"" + text.get() + "\" is not one of " + String.join(", ", all),
                    fix);
        }
        return constant.map(Object.class::cast);
    }

    private <T> Optional<T> wrong(Tree tree, Path path, String wanted) {
        binder.report(
                tree,
                path,
                Code.WRONG_TYPE,
                wanted + " is required here, not " + Trees.kind(tree),
                "");
        return Optional.empty();
    }
}
