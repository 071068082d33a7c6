package dev.drover.node.template.language;

import dev.drover.node.template.language.Node.Command;
import dev.drover.node.template.language.Node.Operand;
import dev.drover.node.template.language.Node.Pipeline;
import dev.drover.node.template.language.Node.Target;
import dev.drover.node.template.language.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes statements of tokens. Names of functions and variables are checked here, so that a
/// misspelt one is found before the template runs.
final class Parser {

    private static final int VARIABLES_MAX = 2;

    private final List<Token> tokens;
    private final Set<String> functions;
    private final int depthMax;
    private final Map<String, List<Node>> templates = new HashMap<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;
    private int ranges;

    private Parser(List<Token> tokens, Set<String> functions, int depthMax) {
        this.tokens = tokens;
        this.functions = functions;
        this.depthMax = depthMax;
    }

    /// The templates of the tokens by name; the text itself is called `main`.
    static Map<String, List<Node>> parse(
            String main, List<Token> tokens, Set<String> functions, int depthMax) {
        Parser parser = new Parser(tokens, functions, depthMax);
        Body body = parser.body(true);
        if (body.end().is(Kind.EOF)) {
            parser.define(main, body);
            return Map.copyOf(parser.templates);
        }
        throw parser.unexpected(body.end(), "the template");
    }

    // Of thirty kinds of token each place takes a few: here `default` says what all others mean.

    /// Statements, and the token that ended them: `end`, `else`, or the end of the text.
    private record Body(List<Node> nodes, Token end) {}

    private Body body(boolean outermost) {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = next();
            switch (token.kind()) {
                case EOF -> {
                    if (!outermost) {
                        throw Fault.at(
                                token.offset(),
                                "unexpected end of the text: a block is not closed by {{end}}");
                    }
                    return new Body(nodes, token);
                }
                case TEXT -> nodes.add(new Node.Text(token.offset(), token.text()));
                case LEFT -> {
                    Token word = nextBesideBlanks();
                    if (word.is(Kind.END) || word.is(Kind.ELSE)) {
                        return new Body(nodes, word);
                    }
                    if (word.is(Kind.DEFINE)) {
                        if (!outermost) {
                            throw unexpected(word, "a block: define stands outside of all others");
                        }
                        definition();
                    } else {
                        nodes.add(action(word));
                    }
                }
                default -> throw unexpected(token, "the text");
            }
        }
    }

    private Node action(Token word) {
        int offset = word.offset();
        return switch (word.kind()) {
            case IF, WITH, RANGE -> control(word);
            case BLOCK -> block(offset);
            case TEMPLATE -> call(offset);
            case BREAK -> {
                leave(word);
                yield new Node.Break(offset);
            }
            case CONTINUE -> {
                leave(word);
                yield new Node.Continue(offset);
            }
            default -> {
                at--;
                yield new Node.Action(offset, pipeline("command", Kind.RIGHT));
            }
        };
    }

    private void leave(Token word) {
        if (ranges == 0) {
            throw Fault.at(word.offset(), "{{" + word.text() + "}} outside {{range}}");
        }
        expect(Kind.RIGHT, word.text());
    }

    /// `if`, `with` or `range`, to its end. `else if` and `else with` share that end.
    private Node control(Token word) {
        deeper(word);
        int known = variables.size();
        Pipeline pipeline = pipeline(word.text(), Kind.RIGHT);
        boolean range = word.is(Kind.RANGE);
        ranges += range ? 1 : 0;
        Body body = body(false);
        ranges -= range ? 1 : 0;
        List<Node> otherwise = List.of();
        if (body.end().is(Kind.ELSE)) {
            Token chained = peekBesideBlanks();
            if (!range && chained.is(word.kind())) {
                nextBesideBlanks();
                otherwise = List.of(control(chained));
            } else {
                expect(Kind.RIGHT, "else");
                Body rest = body(false);
                otherwise = rest.nodes();
                end(rest.end());
            }
        } else {
            end(body.end());
        }
        forget(known);
        depth--;
        return switch (word.kind()) {
            case IF -> new Node.If(word.offset(), pipeline, body.nodes(), otherwise);
            case WITH -> new Node.With(word.offset(), pipeline, body.nodes(), otherwise);
            case RANGE -> new Node.Range(word.offset(), pipeline, body.nodes(), otherwise);
            default -> throw new IllegalStateException("no control word: " + word);
        };
    }

    private void end(Token token) {
        if (!token.is(Kind.END)) {
            throw Fault.at(token.offset(), "expected end; found " + token.described());
        }
        expect(Kind.RIGHT, "end");
    }

    private void definition() {
        Token name = nextBesideBlanks();
        String text = name(name, "define clause");
        expect(Kind.RIGHT, "define clause");
        define(text, scoped(name));
    }

    private Node block(int offset) {
        Token name = nextBesideBlanks();
        String text = name(name, "block clause");
        Pipeline argument = pipeline("block clause", Kind.RIGHT);
        define(text, scoped(name));
        return new Node.Call(offset, text, Optional.of(argument));
    }

    /// The body of a named template: it sees no variable but `$`, and its `end` is its own.
    private Body scoped(Token name) {
        deeper(name);
        List<String> outer = List.copyOf(variables);
        int outerRanges = ranges;
        forget(1);
        ranges = 0;
        Body body = body(false);
        end(body.end());
        variables.clear();
        variables.addAll(outer);
        ranges = outerRanges;
        depth--;
        return body;
    }

    /// The first non-empty body of a name stands; a second one is a mistake.
    private void define(String name, Body body) {
        List<Node> present = templates.get(name);
        if (present == null || empty(present)) {
            templates.put(name, List.copyOf(body.nodes()));
        } else if (!empty(body.nodes())) {
            throw Fault.at(
                    body.end().offset(), "multiple definition of template " + Quoting.quote(name));
        }
    }

    private static boolean empty(List<Node> nodes) {
        return nodes.stream()
                .allMatch(n -> n instanceof Node.Text(_, String text) && text.isBlank());
    }

    private Node call(int offset) {
        String name = name(nextBesideBlanks(), "template clause");
        if (peekBesideBlanks().is(Kind.RIGHT)) {
            nextBesideBlanks();
            return new Node.Call(offset, name, Optional.empty());
        }
        return new Node.Call(offset, name, Optional.of(pipeline("template clause", Kind.RIGHT)));
    }

    private String name(Token token, String where) {
        if (token.is(Kind.STRING)) {
            return unquoted(token);
        }
        if (token.is(Kind.RAW_STRING)) {
            return token.text().substring(1, token.text().length() - 1);
        }
        throw unexpected(token, where);
    }

    private Pipeline pipeline(String where, Kind end) {
        int offset = peekBesideBlanks().offset();
        List<String> declared = new ArrayList<>();
        Target target = declarations(where, declared);
        List<Command> commands = new ArrayList<>();
        while (true) {
            Token token = nextBesideBlanks();
            if (token.is(end)) {
                check(commands, where, token);
                if (target == Target.DECLARE) {
                    variables.addAll(declared);
                }
                return new Pipeline(offset, List.copyOf(declared), target, List.copyOf(commands));
            }
            if (!startsOperand(token.kind())) {
                throw unexpected(token, where);
            }
            at--;
            commands.add(command());
        }
    }

    /// `$x :=`, `$x =`, `$i, $x :=`. A variable that is followed by anything else is an argument.
    private Target declarations(String where, List<String> into) {
        int start = at;
        Token variable = nextBesideBlanks();
        Token mark = variable.is(Kind.VARIABLE) ? nextBesideBlanks() : variable;
        if (variable.is(Kind.VARIABLE) && mark.is(Kind.COMMA)) {
            if (!where.equals("range")) {
                throw Fault.at(mark.offset(), "too many declarations in " + where);
            }
            into.add(variable.text());
            variable = nextBesideBlanks();
            if (!variable.is(Kind.VARIABLE)) {
                throw Fault.at(variable.offset(), "range can only initialize variables");
            }
            mark = nextBesideBlanks();
            if (mark.is(Kind.COMMA) && into.size() < VARIABLES_MAX) {
                throw Fault.at(mark.offset(), "too many declarations in " + where);
            }
        }
        boolean declares = mark.is(Kind.DECLARE);
        if (variable.is(Kind.VARIABLE) && (declares || mark.is(Kind.ASSIGN))) {
            into.add(variable.text());
            if (!declares) {
                into.forEach(name -> known(name, start));
            }
            return declares ? Target.DECLARE : Target.ASSIGN;
        }
        if (!into.isEmpty()) {
            throw unexpected(mark, where);
        }
        at = start;
        return Target.DECLARE;
    }

    private void check(List<Command> commands, String where, Token end) {
        if (commands.isEmpty()) {
            throw Fault.at(end.offset(), "missing value for " + where);
        }
        for (int i = 1; i < commands.size(); i++) {
            Operand first = commands.get(i).words().getFirst();
            if (first instanceof Operand.Literal
                    || first instanceof Operand.Dot
                    || first instanceof Operand.Nil) {
                throw Fault.at(
                        first.offset(), "non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private static boolean startsOperand(Kind kind) {
        return switch (kind) {
            case BOOL, CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER -> true;
            case NIL, RAW_STRING, STRING, VARIABLE, OPEN -> true;
            default -> false;
        };
    }

    /// Words up to a pipe, which is eaten, or to the end of the pipeline, which is not.
    private Command command() {
        List<Operand> words = new ArrayList<>();
        int offset = peekBesideBlanks().offset();
        while (true) {
            Token token = peekBesideBlanks();
            if (startsOperand(token.kind())) {
                words.add(operand());
            }
            token = next();
            if (token.is(Kind.SPACE)) {
                continue;
            }
            if (token.is(Kind.RIGHT) || token.is(Kind.CLOSE)) {
                at--;
            } else if (!token.is(Kind.PIPE)) {
                throw unexpected(token, "operand");
            }
            if (words.isEmpty()) {
                throw Fault.at(token.offset(), "empty command");
            }
            return new Command(offset, List.copyOf(words));
        }
    }

    /// A term and the fields that follow it without a blank between.
    private Operand operand() {
        Operand term = term(nextBesideBlanks());
        int offset = term.offset();
        List<String> path = new ArrayList<>();
        while (peek().is(Kind.FIELD)) {
            path.add(next().text().substring(1));
        }
        if (path.isEmpty()) {
            return term;
        }
        return switch (term) {
            case Operand.Field(_, List<String> first) -> {
                path.addAll(0, first);
                yield new Operand.Field(offset, List.copyOf(path));
            }
            case Operand.Variable(_, String name, _) ->
                    new Operand.Variable(offset, name, List.copyOf(path));
            case Operand.Dot _, Operand.Nil _, Operand.Literal _ ->
                    throw Fault.at(offset, "unexpected . after a term that has no fields");
            case Operand.Function _, Operand.Nested _, Operand.Chain _ ->
                    new Operand.Chain(offset, term, List.copyOf(path));
        };
    }

    private Operand term(Token token) {
        int offset = token.offset();
        String text = token.text();
        return switch (token.kind()) {
            case IDENTIFIER -> {
                if (!functions.contains(text)) {
                    throw Fault.at(offset, "function " + Quoting.quote(text) + " not defined");
                }
                yield new Operand.Function(offset, text);
            }
            case DOT -> new Operand.Dot(offset);
            case NIL -> new Operand.Nil(offset);
            case VARIABLE -> {
                known(text, offset);
                yield new Operand.Variable(offset, text, List.of());
            }
            case FIELD -> new Operand.Field(offset, List.of(text.substring(1)));
            case BOOL -> new Operand.Literal(offset, Value.of(text.equals("true")));
            case NUMBER -> new Operand.Literal(offset, placed(offset, () -> Numbers.literal(text)));
            case CHARACTER ->
                    new Operand.Literal(offset, placed(offset, () -> Numbers.character(text)));
            case STRING -> new Operand.Literal(offset, Value.of(unquoted(token)));
            case RAW_STRING ->
                    new Operand.Literal(offset, Value.of(text.substring(1, text.length() - 1)));
            case OPEN -> {
                deeper(token);
                Pipeline nested = pipeline("parenthesized pipeline", Kind.CLOSE);
                depth--;
                yield new Operand.Nested(offset, nested);
            }
            default -> throw unexpected(token, "operand");
        };
    }

    private static String unquoted(Token token) {
        return placed(token.offset(), () -> Quoting.unquote(token.text()));
    }

    private static <T> T placed(int offset, java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (Fault fault) {
            throw fault.placed(offset);
        }
    }

    private void known(String name, int offset) {
        if (!variables.contains(name)) {
            throw Fault.at(offset, "undefined variable " + Quoting.quote(name));
        }
    }

    private void forget(int known) {
        variables.subList(known, variables.size()).clear();
    }

    private void deeper(Token token) {
        if (++depth > depthMax) {
            throw Fault.at(token.offset(), "nested deeper than " + depthMax + " levels");
        }
    }

    /// The stream ends with `EOF` or `ERROR`, which is given again and again.
    private Token next() {
        Token token = peek();
        at++;
        return token;
    }

    private Token peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private Token peekBesideBlanks() {
        while (peek().is(Kind.SPACE)) {
            at++;
        }
        return peek();
    }

    private Token nextBesideBlanks() {
        peekBesideBlanks();
        return next();
    }

    private void expect(Kind kind, String where) {
        Token token = nextBesideBlanks();
        if (!token.is(kind)) {
            throw unexpected(token, where);
        }
    }

    private Fault unexpected(Token token, String where) {
        String message =
                token.is(Kind.ERROR)
                        ? token.text()
                        : "unexpected " + token.described() + " in " + where;
        return Fault.at(token.offset(), message);
    }
}
