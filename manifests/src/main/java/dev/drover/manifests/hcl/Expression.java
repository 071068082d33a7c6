package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Value;
import java.util.List;
import java.util.Optional;

/// What stands to the right of `=`: a tree of operations, not yet a value.
sealed interface Expression {

    /// The text of the expression.
    Span span();

    /// A number, `true`, `false`, `null`, or text without anything to work out.
    record Literal(Span span, Value value) implements Expression {}

    /// `"a ${b} c"` and heredocs.
    record Template(Span span, List<Part> parts) implements Expression {}

    /// A template with a text of its own, as those in JSON strings have: its spans count in that.
    record Embedded(Span span, String text, Expression inner) implements Expression {}

    /// `"${b}"` alone: worth what `b` is worth, not a string of it.
    record Wrapped(Span span, Expression inner) implements Expression {}

    /// The first name of `a.b[0]`.
    record Variable(Span span, String name) implements Expression {}

    /// `target.name`
    record Attribute(Span span, Expression target, String name) implements Expression {}

    /// `target[key]`
    record Index(Span span, Expression target, Expression key) implements Expression {}

    /// `target[*].each`: `each` refers to the item by [Item].
    record Splat(Span span, Expression target, Expression each, Item item) implements Expression {}

    /// The item at hand inside of a splat; told apart by identity, since splats nest.
    record Item(Span span) implements Expression {}

    /// `name(arguments)`; `expanded` when the last one is followed by `...`.
    record Call(Span span, String name, List<Expression> arguments, boolean expanded)
            implements Expression {}

    /// `[a, b]`
    record Tuple(Span span, List<Expression> items) implements Expression {}

    /// `{a = b}`
    record Structure(Span span, List<Entry> entries) implements Expression {}

    /// One `key = value` between braces.
    record Entry(Expression key, Expression value) {}

    /// `[for k, v in collection : value if condition]`, or with braces and a key.
    record For(
            Span span,
            Names names,
            Expression collection,
            Optional<Expression> key,
            Expression value,
            Optional<Expression> condition,
            boolean grouped)
            implements Expression {}

    /// What a `for` calls the key and the value of its turn.
    record Names(Optional<String> key, String value) {}

    /// `condition ? yes : no`
    record Conditional(Span span, Expression condition, Expression yes, Expression no)
            implements Expression {}

    /// `left operator right`
    record Binary(Span span, Operator operator, Expression left, Expression right)
            implements Expression {}

    /// `-a`
    record Negative(Span span, Expression operand) implements Expression {}

    /// `!a`
    record Not(Span span, Expression operand) implements Expression {}

    /// `(a)`: an object's key in parentheses is an expression, not a name.
    record Parentheses(Span span, Expression inner) implements Expression {}

    /// The operators with two sides, loosest first; those of one level go from left to right.
    enum Operator {
        OR("||", 0),
        AND("&&", 1),
        EQUAL("==", 2),
        UNEQUAL("!=", 2),
        AT_LEAST(">=", 3),
        AT_MOST("<=", 3),
        MORE(">", 3),
        LESS("<", 3),
        PLUS("+", 4),
        MINUS("-", 4),
        TIMES("*", 5),
        DIVIDED("/", 5),
        MODULO("%", 5);

        private final String sign;
        private final int level;

        Operator(String sign, int level) {
            this.sign = sign;
            this.level = level;
        }

        String sign() {
            return sign;
        }

        /// How strongly it binds; 0 is the weakest.
        int level() {
            return level;
        }
    }

    /// A piece of a template.
    sealed interface Part {
        /// Characters as they are. `lineStart` when a line of a heredoc begins here: there `<<-`
        /// takes blanks away.
        record Text(String text, boolean lineStart) implements Part {}

        /// `${value}`
        record Interpolation(Expression value) implements Part {}

        /// `%{if condition}…%{else}…%{endif}`
        record If(Expression condition, List<Part> yes, List<Part> no) implements Part {}

        /// `%{for k, v in collection}…%{endfor}`
        record For(Names names, Expression collection, List<Part> body) implements Part {}
    }
}
