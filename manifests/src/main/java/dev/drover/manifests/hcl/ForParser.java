package dev.drover.manifests.hcl;

import java.util.Optional;

/// `for` between brackets or braces, and the head that template loops share with it.
final class ForParser {
    private final Lexer lexer;
    private final ExpressionParser expressions;

    ForParser(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
    }

    /// `for` and a name behind it: `for = 1` is an ordinary key.
    boolean atFor() {
        if (!lexer.atWord("for")) {
            return false;
        }
        int start = lexer.place();
        lexer.skip(3);
        lexer.blanks();
        boolean name = lexer.atName();
        lexer.moveTo(start);
        return name;
    }

    /// `[for k, v in collection : value if condition]`, from behind the bracket.
    Expression tuple(int start) {
        Loop loop = loop();
        Expression value = expressions.expression();
        Optional<Expression> condition = condition();
        expressions.expect(']', "a closing bracket is expected behind the for", "");
        return new Expression.For(
                expressions.since(start),
                loop.names,
                loop.collection,
                Optional.empty(),
                value,
                condition,
                false);
    }

    /// `{for k, v in collection : key => value... if condition}`, from behind the brace.
    Expression structure(int start) {
        Loop loop = loop();
        Expression key = expressions.expression();
        lexer.blanks();
        if (!lexer.at("=>")) {
            throw lexer.unexpected(
                    "=> and a value are expected behind the key",
                    "write {for k, v in map : k => v}");
        }
        lexer.skip(2);
        lexer.blanks();
        Expression value = expressions.expression();
        lexer.blanks();
        boolean grouped = lexer.at("...");
        if (grouped) {
            lexer.skip(3);
        }
        Optional<Expression> condition = condition();
        expressions.expect('}', "a closing brace is expected behind the for", "");
        return new Expression.For(
                expressions.since(start),
                loop.names,
                loop.collection,
                Optional.of(key),
                value,
                condition,
                grouped);
    }

    private record Loop(Expression.Names names, Expression collection) {}

    /// From `for` to the colon.
    private Loop loop() {
        lexer.skip(3);
        lexer.blanks();
        Expression.Names names = loopNames();
        Expression collection = expressions.expression();
        lexer.blanks();
        expressions.expect(
                ':', "a : is expected behind the collection", "write for v in list : value");
        lexer.blanks();
        return new Loop(names, collection);
    }

    /// `v in` or `k, v in`.
    Expression.Names loopNames() {
        String first = lexer.name();
        Optional<String> second = Optional.empty();
        lexer.blanks();
        if (lexer.here() == ',') {
            lexer.skip(1);
            lexer.blanks();
            second = Optional.of(lexer.name());
            lexer.blanks();
        }
        if (first.isEmpty() || second.equals(Optional.of("")) || !lexer.atWord("in")) {
            throw lexer.unexpected(
                    "the word in is expected behind the name",
                    "write for v in list, or for k, v in map");
        }
        lexer.skip(2);
        lexer.blanks();
        Optional<String> key = second.isPresent() ? Optional.of(first) : Optional.empty();
        return new Expression.Names(key, second.orElse(first));
    }

    private Optional<Expression> condition() {
        lexer.blanks();
        if (!lexer.atWord("if")) {
            return Optional.empty();
        }
        lexer.skip(2);
        lexer.blanks();
        Expression condition = expressions.expression();
        lexer.blanks();
        return Optional.of(condition);
    }
}
