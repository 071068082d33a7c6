package dev.drover.manifests.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Trees that nobody wrote: what programs put together to be printed.
public final class Made {
    private Made() {}

    /// Fields in their order.
    public static Tree.Block block(List<Tree.Field> fields) {
        return new Tree.Block(Position.START, List.of(), fields);
    }

    /// Fields in their order.
    public static Tree.Block block(Tree.Field... fields) {
        return block(List.of(fields));
    }

    /// A name and its value.
    public static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    /// A name and its text.
    public static Tree.Field field(String name, String text) {
        return field(name, text(text));
    }

    /// A name and its text, if there is one.
    public static Optional<Tree.Field> stated(String name, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(field(name, text));
    }

    /// Values in their order.
    public static Tree list(List<? extends Tree> items) {
        return new Tree.Listing(Position.START, List.copyOf(items));
    }

    /// A string.
    public static Tree text(String text) {
        return new Tree.Text(Position.START, text);
    }

    /// A whole number.
    public static Tree number(long number) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(number));
    }

    /// True or false.
    public static Tree flag(boolean flag) {
        return new Tree.Flag(Position.START, flag);
    }
}
