package dev.drover.node.template.language;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A template that has been read and may be executed any number of times, by several threads at
/// once.
public final class Program {

    private static final String MAIN = "";

    private final String text;
    private final Map<String, List<Node>> templates;
    private final Limits limits;

    private Program(String text, Map<String, List<Node>> templates, Limits limits) {
        this.text = text;
        this.templates = templates;
        this.limits = limits;
    }

    /// A template, or why the text is none.
    public sealed interface Parsed {
        record Ready(Program program) implements Parsed {}

        record Wrong(Mistake mistake) implements Parsed {}
    }

    /// What came of executing it.
    public sealed interface Output {
        record Text(String text) implements Output {}

        /// It is right, but something that it needs is not there yet.
        record Missing(String what) implements Output {}

        record Failed(Mistake mistake) implements Output {}
    }

    /// Reads a template.
    ///
    /// @param functions the names it may call besides Go's own
    public static Parsed parse(
            String text, Delimiters delimiters, Set<String> functions, Limits limits) {
        if (text.length() > limits.textChars()) {
            return new Parsed.Wrong(
                    new Mistake(
                            1,
                            1,
                            "the template is longer than " + limits.textChars() + " characters"));
        }
        Set<String> known = new HashSet<>(functions);
        known.addAll(Builtins.ALL.keySet());
        try {
            List<Token> tokens = Lexer.tokens(text, delimiters);
            return new Parsed.Ready(
                    new Program(text, Parser.parse(MAIN, tokens, known, limits.depth()), limits));
        } catch (Fault fault) {
            return new Parsed.Wrong(Mistake.at(text, fault.offset(), fault.text()));
        }
    }

    /// Executes it with that dot. It has no effect but through the functions.
    public Output execute(Value dot, Map<String, Function> functions, MissingKey missingKey) {
        try {
            return new Output.Text(
                    new Renderer(templates, functions, missingKey, limits).render(MAIN, dot));
        } catch (Fault fault) {
            return fault.isMissing()
                    ? new Output.Missing(fault.text())
                    : new Output.Failed(Mistake.at(text, fault.offset(), fault.text()));
        }
    }
}
