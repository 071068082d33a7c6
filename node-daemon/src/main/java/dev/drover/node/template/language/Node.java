package dev.drover.node.template.language;

import java.util.List;
import java.util.Optional;

/// A statement of a template.
///
/// `offset` is where it begins in the text, for errors.
sealed interface Node {

    int offset();

    record Text(int offset, String text) implements Node {}

    /// `{{ pipeline }}`: prints its value, unless it declares or assigns.
    record Action(int offset, Pipeline pipeline) implements Node {}

    record If(int offset, Pipeline condition, List<Node> body, List<Node> otherwise)
            implements Node {}

    record With(int offset, Pipeline value, List<Node> body, List<Node> otherwise)
            implements Node {}

    record Range(int offset, Pipeline values, List<Node> body, List<Node> otherwise)
            implements Node {}

    /// `{{ template "name" argument }}`, and what `block` leaves behind.
    record Call(int offset, String name, Optional<Pipeline> argument) implements Node {}

    record Break(int offset) implements Node {}

    record Continue(int offset) implements Node {}

    /// Commands of which each hands its value to the next as the last argument.
    ///
    /// @param variables at most two, and two only in a range
    /// @param target what becomes of the variables
    record Pipeline(int offset, List<String> variables, Target target, List<Command> commands) {}

    /// `:=` or `=`.
    enum Target {
        DECLARE,
        ASSIGN
    }

    /// A value, or a function and its arguments.
    record Command(int offset, List<Operand> words) {}

    /// A word of a command.
    sealed interface Operand {

        int offset();

        record Dot(int offset) implements Operand {}

        record Nil(int offset) implements Operand {}

        record Literal(int offset, Value value) implements Operand {}

        record Function(int offset, String name) implements Operand {}

        /// `.a.b`: fields of the dot.
        record Field(int offset, List<String> path) implements Operand {}

        /// `$x.a.b`: a variable, and fields of it.
        record Variable(int offset, String name, List<String> path) implements Operand {}

        /// `(pipeline)`
        record Nested(int offset, Pipeline pipeline) implements Operand {}

        /// `(pipeline).a.b`, `function.a.b`
        record Chain(int offset, Operand base, List<String> path) implements Operand {}
    }
}
