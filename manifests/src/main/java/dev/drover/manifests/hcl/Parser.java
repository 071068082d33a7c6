package dev.drover.manifests.hcl;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Text to bodies of arguments and blocks. After a mistake it goes on behind the item that holds
/// it, so that one reading finds the mistakes of all blocks.
final class Parser {

    /// Syntax errors that are kept; behind so many, the file is no HCL at all.
    private static final int PROBLEMS_MAX = 50;

    private final Source source;
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final List<Problem> problems = new ArrayList<>();

    /// Whether the rest of the text was left out: behind a limit comes more of the same.
    private boolean limited;

    /// What is to be named before all problems, where that is none of them.
    private Optional<Problem> before = Optional.empty();

    private Parser(Source source) {
        this.source = source;
        this.lexer = new Lexer(source.text());
        this.expressions = new ExpressionParser(lexer);
    }

    /// A body, as much of it as could be read, what could not, and what hcl/v2 names first.
    record Parsed(Body body, List<Problem> problems, Optional<Problem> met) {
        Parsed {
            problems = List.copyOf(problems);
        }
    }

    static Parsed parse(Source source) {
        Parser parser = new Parser(source);
        Body body = parser.file();
        if (!parser.problems.isEmpty() && !parser.limited) {
            InvalidCharacters.first(source.text()).ifPresent(parser::invalidCharacter);
        }
        return new Parsed(
                body,
                parser.problems,
                parser.before.or(() -> parser.problems.stream().findFirst()));
    }

    /// A single expression, the whole text: a variable's value on a command line.
    static Expression expression(Source source) {
        Lexer lexer = new Lexer(source.text());
        lexer.ignoreLines();
        Expression expression = new ExpressionParser(lexer).expression();
        lexer.blankLines();
        if (!lexer.atEnd()) {
            throw lexer.unexpected("there is more text behind the end of the expression", "");
        }
        return expression;
    }

    /// The whole text as a template, as strings in HCL's JSON syntax are.
    static Expression template(Source source) {
        return new TemplateParser(new Lexer(source.text())).whole();
    }

    private Body file() {
        Items items = new Items();
        while (problems.size() < PROBLEMS_MAX && nextItem()) {
            if (lexer.here() == '}') {
                report(
                        new SyntaxError(
                                lexer.place(),
                                "an argument or block is expected here, not a closing brace",
                                "remove the brace; it closes nothing"));
                lexer.skip(1);
            } else {
                item(items);
            }
        }
        return new Body(items.all, lexer.place());
    }

    /// The rest of a block, whose brace stands at `open`.
    private Body body(int open) {
        Items items = new Items();
        while (problems.size() < PROBLEMS_MAX && nextItem()) {
            if (lexer.here() == '}') {
                int end = lexer.place();
                lexer.skip(1);
                return new Body(items.all, end);
            }
            item(items);
        }
        if (problems.isEmpty()) { // after another mistake, a brace that seems missing may only have
            // been skipped
            throw new SyntaxError(
                    open,
                    "this block is never closed: there is no } for its {",
                    "add the missing }; it may belong to a block inside");
        }
        return new Body(items.all, lexer.place());
    }

    /// Skips to the next item of a body; false at the end of the text.
    private boolean nextItem() {
        try {
            lexer.blankLines();
        } catch (SyntaxError e) {
            report(e);
            lexer.moveTo(source.text().length());
        }
        return !lexer.atEnd();
    }

    /// One item and the line break behind it; a mistake in it is noted, and the reading goes on
    /// behind it.
    private void item(Items items) {
        int start = lexer.place();
        int depth = lexer.depth();
        try {
            String name = itemName();
            if (atEqualsSign()) {
                argument(start, name, items);
                endOfItem("an argument");
            } else {
                items.all.add(block(start, name));
                endOfItem("a block");
            }
        } catch (SyntaxError e) {
            report(e);
            lexer.resume(behind(start, e), depth);
        }
    }

    private int behind(int start, SyntaxError error) {
        limited |= error.code() == Code.LIMIT;
        return limited
                ? source.text().length()
                : Recovery.behindItem(source.text(), start, error.at());
    }

    private String itemName() {
        if (lexer.here() == '"') {
            throw new SyntaxError(
                    lexer.place(),
                    "an argument's name is written without quotes",
                    "remove the quotes; names with other characters belong between braces: labels = { \"a.b\" = 1 }");
        }
        if (!lexer.atName()) {
            throw lexer.unexpected(
                    "an argument (name = value) or a block (name { … }) is expected here",
                    lexer.at("{{")
                            ? "the marks of a template can stand in a string only: let the program that knows them write this file first"
                            : "");
        }
        String name = lexer.name();
        lexer.blanks();
        return name;
    }

    private boolean atEqualsSign() {
        return lexer.here() == '=' && lexer.ahead(1) != '=';
    }

    private void argument(int start, String name, Items items) {
        lexer.skip(1);
        lexer.blanks();
        Expression value = expressions.expression();
        Integer before = items.argumentAt.putIfAbsent(name, start);
        if (before == null) {
            items.all.add(new Body.Argument(start, name, value));
        } else {
            report(
                    new SyntaxError(
                            start,
                            Code.DUPLICATE,
                            "\"" + name + "\" is already set at line " + source.at(before).line(),
                            "keep one of the two"));
        }
    }

    private Body.Block block(int start, String name) {
        List<Body.Label> labels = new ArrayList<>();
        while (lexer.here() == '"' || lexer.atName()) {
            int at = lexer.place();
            labels.add(new Body.Label(at, lexer.here() == '"' ? lexer.label() : lexer.name()));
            lexer.blanks();
        }
        if (lexer.here() != '{') {
            throw labels.isEmpty()
                    ? lexer.here() == '\''
                            ? lexer.unexpected("", "")
                            : new SyntaxError(
                                    start,
                                    "\"" + name + "\" is followed by neither = nor {",
                                    "write "
                                            + name
                                            + " = … for an argument, "
                                            + name
                                            + " { … } for a block")
                    : lexer.unexpected("a block's { or another label is expected here", "");
        }
        lexer.enter();
        int open = lexer.place();
        lexer.skip(1);
        lexer.blanks();
        Body body = lexer.here() == '\n' ? body(open) : oneLine(open);
        lexer.leave();
        return new Body.Block(start, name, labels, body);
    }

    /// `{}` or `{ name = value }`.
    private Body oneLine(int open) {
        if (lexer.here() == '}') {
            lexer.skip(1);
            return new Body(List.of(), open);
        }
        if (lexer.atEnd()) {
            throw new SyntaxError(
                    open,
                    "this block is never closed: there is no } for its {",
                    "add the missing }");
        }
        int start = lexer.place();
        Items items = new Items();
        try {
            only(start, items);
        } catch (SyntaxError e) {
            if (e.code() != Code.LIMIT) {
                emptyLineBehind(start, e.at());
            }
            throw e;
        }
        lexer.blanks();
        if (lexer.here() != '}') {
            throw new SyntaxError(
                    lexer.place(),
                    "a block on one line must end with } behind its one argument",
                    "put each argument on a line of its own");
        }
        lexer.skip(1);
        return new Body(items.all, lexer.place());
    }

    private void only(int start, Items items) {
        String name = itemName();
        if (!atEqualsSign()) {
            throw new SyntaxError(
                    start,
                    "a block on one line can hold a single argument only",
                    "write " + name + " = …, or put what is inside on lines of its own");
        }
        argument(start, name, items);
    }

    /// When an empty line follows the item with the mistake, hcl/v2 first says that the block does
    /// not end before it.
    private void emptyLineBehind(int start, int error) {
        boolean bracket = "{[(".indexOf(source.text().charAt(start)) >= 0; // it counts as read
        int from = bracket ? start + 1 : start;
        int at = Recovery.lineBehindItem(source.text(), from, error) + 1;
        while (at < source.text().length() && " \t\r".indexOf(source.text().charAt(at)) >= 0) {
            at++;
        }
        boolean empty = source.text().startsWith("\n", at) || source.text().startsWith("#", at);
        if (empty && problems.isEmpty()) {
            SyntaxError told =
                    new SyntaxError(
                            at,
                            "the block of line "
                                    + source.at(start).line()
                                    + ", which begins on one line, does not end before this",
                            "put what is in it on lines of its own");
            before = Optional.of(problem(told));
        }
    }

    private void endOfItem(String what) {
        lexer.blanks();
        if (lexer.atEnd()) {
            return;
        }
        if (lexer.here() == ',') {
            throw new SyntaxError(
                    lexer.place(),
                    "a comma behind " + what,
                    "remove it; arguments are separated by line breaks");
        }
        if (lexer.here() != '\n') {
            throw lexer.unexpected(
                    "a line break is expected behind " + what,
                    "put what follows on a line of its own");
        }
        lexer.skip(1);
    }

    /// It takes the place of what else was found there.
    private void invalidCharacter(int at) {
        Position position = source.at(at);
        if (source.text().charAt(at) == '\n' || source.text().startsWith("\\\n", at)) {
            brokenString(at, position);
            return;
        }
        problems.removeIf(
                problem -> problem.place().filter(p -> p.position().equals(position)).isPresent());
        before = Optional.empty();
        problems.addFirst(problem(unknownCharacter(at, source.text().codePointAt(at))));
    }

    private static SyntaxError unknownCharacter(int at, int character) {
        if (character == Source.NO_TEXT.codePointAt(0)) {
            return new SyntaxError(at, Code.CHARACTER, Source.NOT_UTF_8, Source.SAVE_AS_UTF_8);
        }
        return switch (character) {
            case '\r' -> Lexer.halfALineBreak(at);
            case '\'' ->
                    new SyntaxError(
                            at,
                            Code.CHARACTER,
                            "single quotes are not valid",
                            "use double quotes (\") around strings");
            default ->
                    new SyntaxError(
                            at,
                            Code.CHARACTER,
                            "the character " + named(character) + " means nothing here",
                            "remove it, or put the text that it belongs to in double quotes");
        };
    }

    /// A character that can be seen as it is, others by number and name: blanks of another kind
    /// come with what is copied from web pages.
    private static String named(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    "U+%04X (%s)"
                            .formatted(
                                    character,
                                    Character.getName(character).toLowerCase(Locale.ROOT));
            default -> Character.toString(character);
        };
    }

    /// A line that ends within a string, unless something else is wrong with it already.
    private void brokenString(int at, Position position) {
        Problem first =
                problems.stream()
                        .filter(problem ->
                                problem.place()
                                        .filter(place -> place.position().line() == position.line())
                                        .isPresent())
                        .findFirst()
                        .orElseGet(() -> problem(TemplateParser.severalLines(at)));
        before = Optional.empty();
        problems.remove(first);
        problems.addFirst(first);
    }

    private void report(SyntaxError error) {
        problems.add(problem(error));
    }

    private Problem problem(SyntaxError error) {
        return Problem.at(source, source.at(error.at()), error.code(), error.what(), error.fix());
    }

    /// What a body holds so far, and where each argument was set.
    private static final class Items {
        final List<Body.Item> all = new ArrayList<>();
        final Map<String, Integer> argumentAt = new HashMap<>();
    }
}
