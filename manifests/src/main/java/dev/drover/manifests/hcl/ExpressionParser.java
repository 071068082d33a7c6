package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.Expression.Operator;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Expressions by recursive descent: conditional, operators by level, sign, postfix, term.
final class ExpressionParser {

    private static final int LEVELS = 6;

    /// More digits than are kept or can be printed; reading them takes time that grows with their
    /// square.
    private static final int DIGITS_MAX = 2_048;

    private final Lexer lexer;
    private final TemplateParser templates;
    private final ForParser loops;

    ExpressionParser(Lexer lexer) {
        this.lexer = lexer;
        this.templates = new TemplateParser(lexer, this);
        this.loops = new ForParser(lexer, this);
    }

    ExpressionParser(Lexer lexer, TemplateParser templates) {
        this.lexer = lexer;
        this.templates = templates;
        this.loops = new ForParser(lexer, this);
    }

    /// The expression here; the place is behind it afterwards.
    Expression expression() {
        lexer.enter();
        int start = lexer.place();
        Expression condition = operators(0);
        int end = lexer.place();
        lexer.blanks();
        if (lexer.here() != '?') {
            lexer.moveTo(end);
            lexer.leave();
            return condition;
        }
        lexer.skip(1);
        lexer.blanks();
        Expression yes = expression();
        lexer.blanks();
        expect(
                ':',
                "a : and the value for the other case are expected here",
                "write condition ? value : other value");
        lexer.blanks();
        Expression no = expression();
        lexer.leave();
        return new Expression.Conditional(since(start), condition, yes, no);
    }

    private Expression operators(int level) {
        if (level == LEVELS) {
            return signed();
        }
        int start = lexer.place();
        Expression left = operators(level + 1);
        while (true) {
            int end = lexer.place();
            lexer.blanks();
            Optional<Operator> operator = operator(level);
            if (operator.isEmpty()) {
                lexer.moveTo(end);
                return left;
            }
            lexer.skip(operator.get().sign().length());
            lexer.blanks();
            Expression right = operators(level + 1);
            left = new Expression.Binary(since(start), operator.get(), left, right);
        }
    }

    private Optional<Operator> operator(int level) {
        char here = lexer.here();
        char next = lexer.ahead(1);
        Optional<Operator> operator =
                switch (here) {
                    case '|' -> next == '|' ? Optional.of(Operator.OR) : Optional.empty();
                    case '&' -> next == '&' ? Optional.of(Operator.AND) : Optional.empty();
                    case '=' -> next == '=' ? Optional.of(Operator.EQUAL) : Optional.empty();
                    case '!' -> next == '=' ? Optional.of(Operator.UNEQUAL) : Optional.empty();
                    case '>' -> Optional.of(next == '=' ? Operator.AT_LEAST : Operator.MORE);
                    case '<' -> Optional.of(next == '=' ? Operator.AT_MOST : Operator.LESS);
                    case '+' -> Optional.of(Operator.PLUS);
                    case '-' -> Optional.of(Operator.MINUS);
                    case '*' -> Optional.of(Operator.TIMES);
                    case '/' -> Optional.of(Operator.DIVIDED);
                    case '%' -> next == '{' ? Optional.empty() : Optional.of(Operator.MODULO);
                    default -> Optional.empty();
                };
        return operator.filter(found -> found.level() == level);
    }

    private Expression signed() {
        int start = lexer.place();
        char sign = lexer.here();
        if (sign != '-' && sign != '!') {
            return postfix(term(), start);
        }
        lexer.enter();
        lexer.skip(1);
        lexer.blanks();
        Expression operand = signed();
        lexer.leave();
        return sign == '-'
                ? new Expression.Negative(since(start), operand)
                : new Expression.Not(since(start), operand);
    }

    /// What follows a term: `.name`, `.0`, `.*`, `[key]`, `[*]`.
    private Expression postfix(Expression term, int start) {
        Expression target = term;
        int depth = lexer.depth();
        while (true) {
            int end = lexer.place();
            lexer.blanks();
            if (lexer.here() == '.' && !lexer.at("...")) {
                target = dot(target, start);
            } else if (lexer.here() == '[') {
                target = bracket(target, start);
            } else {
                lexer.moveTo(end);
                lexer.leaveTo(depth);
                return target;
            }
        }
    }

    private Expression dot(Expression target, int start) {
        lexer.skip(1);
        lexer.blanks();
        if (lexer.here() == '*') {
            lexer.skip(1);
            return attributeSplat(target, start);
        }
        if (lexer.atDigit()) {
            int at = lexer.place();
            while (lexer.atDigit()) {
                lexer.skip(1);
            }
            if (lexer.here() == '.' && Character.isDigit(lexer.ahead(1))) {
                throw new SyntaxError(
                        at, "two indexes with dots are one number here", "write [0][1]");
            }
            Expression key = literal(at, lexer.from(at));
            return new Expression.Index(since(start), target, key);
        }
        if (!lexer.atName()) {
            throw lexer.unexpected("an attribute's name is expected behind the dot", "");
        }
        String name = lexer.name();
        return new Expression.Attribute(since(start), target, name);
    }

    /// `target.*.a.b`: the names behind the star belong to each item, an index behind them to the
    /// whole.
    private Expression attributeSplat(Expression target, int start) {
        lexer.enter(); // up to the end of the chain: each star is a level around what it is behind
        Expression.Item item = new Expression.Item(since(start));
        Expression each = item;
        while (true) {
            int end = lexer.place();
            lexer.blanks();
            if (lexer.here() != '.' || lexer.at("...")) {
                lexer.moveTo(end);
                return new Expression.Splat(since(start), target, each, item);
            }
            each = dot(each, start);
        }
    }

    private Expression bracket(Expression target, int start) {
        boolean lines = lexer.ignoreLines();
        lexer.skip(1);
        lexer.blanks();
        boolean splat = lexer.here() == '*';
        if (splat) {
            lexer.enter();
            lexer.skip(1);
            lexer.blanks();
            closeIndex();
            lexer.restoreLines(lines);
            Expression.Item item = new Expression.Item(since(start));
            Expression each = postfix(item, start);
            return new Expression.Splat(since(start), target, each, item);
        }
        Expression key = expression();
        lexer.blanks();
        closeIndex();
        lexer.restoreLines(lines);
        return new Expression.Index(since(start), target, key);
    }

    /// An index is not closed: that is missed at the next bracket that has no opening one, or at
    /// the end of the file.
    private void closeIndex() {
        if (lexer.here() != ']') {
            throw new SyntaxError(
                    lexer.nextClosing(),
                    "the index in line "
                            + lexer.lineOf(lexer.place())
                            + " is not closed before this: its ] is missing",
                    "write ] behind the index; a list is written name = [ … ]");
        }
        lexer.skip(1);
    }

    private Expression term() {
        int start = lexer.place();
        if (lexer.atEnd()) {
            throw lexer.unexpected("a value is expected here, but the file ends", "");
        }
        if (lexer.at("<<")) {
            return templates.heredoc();
        }
        return switch (lexer.here()) {
            case '(' -> parentheses(start);
            case '"' -> templates.quoted();
            case '[' -> tuple(start);
            case '{' -> structure(start);
            default -> lexer.atDigit() ? number(start) : named(start);
        };
    }

    private Expression number(int start) {
        String digits = lexer.number();
        int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
        if (exponent >= 0
                && digits.length() - exponent
                        > 6) { // e, sign and four digits: as far as numbers can be printed
            throw new SyntaxError(start, "the number is too large", "");
        }
        return literal(start, digits);
    }

    private Expression literal(int start, String digits) {
        if (digits.length() > DIGITS_MAX) {
            throw new SyntaxError(start, "the number has more than " + DIGITS_MAX + " digits", "");
        }
        return new Expression.Literal(since(start), Value.of(new BigDecimal(digits)));
    }

    private Expression parentheses(int start) {
        Expression inner =
                within(() -> {
                    lexer.skip(1);
                    lexer.blanks();
                    return expression();
                });
        lexer.blankLines();
        expect(')', "a closing parenthesis is expected here", "");
        return new Expression.Parentheses(since(start), inner);
    }

    private Expression named(int start) {
        if (!lexer.atName()) {
            throw lexer.unexpected(
                    "a value is expected here",
                    "values are strings in double quotes, numbers, true, false, null, [lists], {objects} or references");
        }
        String name = lexer.name();
        while (lexer.at("::")) {
            lexer.skip(2);
            lexer.name();
            name = lexer.from(start);
        }
        Span span = since(start);
        lexer.blanks();
        if (lexer.here() == '(') {
            return call(start, name);
        }
        lexer.moveTo(span.end());
        return switch (name) {
            case "true" -> new Expression.Literal(span, Value.of(true));
            case "false" -> new Expression.Literal(span, Value.of(false));
            case "null" -> new Expression.Literal(span, Value.nothing());
            default -> new Expression.Variable(span, name);
        };
    }

    private Expression call(int start, String name) {
        boolean lines = lexer.ignoreLines();
        lexer.skip(1);
        List<Expression> arguments = new ArrayList<>();
        boolean expanded = false;
        lexer.blanks();
        while (lexer.here() != ')' && !expanded) {
            arguments.add(expression());
            lexer.blanks();
            if (lexer.at("...")) {
                lexer.skip(3);
                expanded = true;
            } else if (lexer.here() == ',') {
                lexer.skip(1);
            } else if (lexer.here() != ')') {
                throw lexer.unexpected(
                        "a comma or closing parenthesis is expected behind an argument of " + name,
                        "");
            }
            lexer.blanks();
        }
        expect(')', "a closing parenthesis is expected behind the expanded argument", "");
        lexer.restoreLines(lines);
        return new Expression.Call(since(start), name, arguments, expanded);
    }

    private Expression tuple(int start) {
        boolean lines = lexer.ignoreLines();
        lexer.skip(1);
        lexer.blanks();
        Expression tuple = loops.atFor() ? loops.tuple(start) : items(start);
        lexer.restoreLines(lines);
        return tuple;
    }

    private Expression items(int start) {
        List<Expression> items = new ArrayList<>();
        while (lexer.here() != ']') {
            if (lexer.atEnd()) { // missed here, as the end of a heredoc is
                throw new SyntaxError(
                        lexer.place(),
                        "the list of line "
                                + lexer.lineOf(start)
                                + " is never closed: there is no ] for its [",
                        "add the missing ]");
            }
            items.add(expression());
            lexer.blanks();
            if (lexer.here() == ',') {
                lexer.skip(1);
            } else if (lexer.here() != ']') {
                throw lexer.atEnd()
                        ? new SyntaxError(
                                start,
                                "this list is never closed: there is no ] for its [",
                                "add the missing ]")
                        : lexer.unexpected(
                                "a comma or closing bracket is expected behind a list's item", "");
            }
            lexer.blanks();
        }
        lexer.skip(1);
        return new Expression.Tuple(since(start), items);
    }

    private Expression structure(int start) {
        boolean lines = lexer.ignoreLines();
        lexer.skip(1);
        lexer.blanks();
        Expression structure = loops.atFor() ? loops.structure(start) : entries(start);
        lexer.restoreLines(lines);
        return structure;
    }

    private Expression entries(int start) {
        lexer.countLines();
        List<Expression.Entry> entries = new ArrayList<>();
        lexer.blankLines();
        while (lexer.here() != '}') {
            if (lexer.atEnd()) {
                throw unclosedObject(start, lexer.place()); // as of a list
            }
            entries.add(entry(start));
            lexer.blanks();
            if (lexer.here() == ',' || lexer.here() == '\n') {
                lexer.skip(1);
            } else if (lexer.here() != '}') {
                throw lexer.unexpected("a line break or comma is expected behind a value", "");
            }
            lexer.blankLines();
        }
        lexer.skip(1);
        return new Expression.Structure(since(start), entries);
    }

    private SyntaxError unclosedObject(int start, int missedAt) {
        return new SyntaxError(
                missedAt,
                "the object of line "
                        + lexer.lineOf(start)
                        + " is never closed: there is no } for its {",
                "add the missing }");
    }

    private Expression.Entry entry(int start) {
        Expression key = key();
        lexer.blanks();
        boolean equals = lexer.here() == '=' && lexer.ahead(1) != '=';
        if (lexer.atEnd()) {
            throw unclosedObject(start, start);
        }
        if (!equals && lexer.here() != ':') {
            throw lexer.unexpected("= and a value are expected behind the name", "");
        }
        lexer.skip(1);
        lexer.blanks();
        return new Expression.Entry(key, expression());
    }

    /// A bare name is the key itself; anything else is an expression.
    private Expression key() {
        int start = lexer.place();
        if (lexer.atName()) {
            String name = lexer.name();
            Span span = since(start);
            lexer.blanks();
            if (lexer.here() == ':' || (lexer.here() == '=' && lexer.ahead(1) != '=')) {
                return new Expression.Literal(span, Value.of(name));
            }
            lexer.moveTo(start);
        }
        return expression();
    }

    /// Reads with line breaks as blanks.
    private Expression within(Supplier<Expression> inside) {
        boolean lines = lexer.ignoreLines();
        Expression expression = inside.get();
        lexer.restoreLines(lines);
        return expression;
    }

    /// Skips a character that must stand here.
    void expect(char wanted, String what, String fix) {
        if (lexer.here() != wanted) {
            throw lexer.unexpected(what, fix);
        }
        lexer.skip(1);
    }

    /// From `start` to here.
    Span since(int start) {
        return new Span(start, lexer.place());
    }
}
