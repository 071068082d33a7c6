package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.Expression.Part;
import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.hcl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Strings in quotes, heredocs, and what is inside of `${…}` and `%{…}`.
final class TemplateParser {

    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final ForParser loops;

    /// Which directive ended the parts that were read last: `else`, `endif`, `endfor`.
    private String directive = "";

    /// Whether the text behind the last `~}` loses the blanks that it begins with.
    private boolean trimNext;

    TemplateParser(Lexer lexer, ExpressionParser expressions) {
        this.lexer = lexer;
        this.expressions = expressions;
        this.loops = new ForParser(lexer, expressions);
    }

    TemplateParser(Lexer lexer) {
        this.lexer = lexer;
        this.expressions = new ExpressionParser(lexer, this);
        this.loops = new ForParser(lexer, expressions);
    }

    /// How a template is closed, and whether backslashes mean something in it.
    private sealed interface Frame {
        /// `"…"`
        record Quotes(int open) implements Frame {}

        /// `<<MARKER` … `MARKER`
        record Heredoc(int open, String marker) implements Frame {}

        /// The whole text.
        record Whole() implements Frame {}
    }

    /// The string in quotes that begins here.
    Expression quoted() {
        int start = lexer.place();
        lexer.skip(1);
        List<Part> parts = parts(new Frame.Quotes(start), Set.of());
        return expression(parts, new Span(start, lexer.place()));
    }

    /// The whole text as one template.
    Expression whole() {
        return expression(parts(new Frame.Whole(), Set.of()), new Span(0, lexer.place()));
    }

    private static Expression expression(List<Part> parts, Span span) {
        if (parts.isEmpty()) {
            return new Expression.Literal(span, Value.of(""));
        }
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text, _)) {
            return new Expression.Literal(span, Value.of(text));
        }
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Interpolation(Expression inner)) {
            return new Expression.Wrapped(span, inner);
        }
        return new Expression.Template(span, parts);
    }

    /// The heredoc that begins here; `<<-` takes away the blanks that all of its lines begin with.
    Expression heredoc() {
        int start = lexer.place();
        lexer.skip(2);
        boolean indented = lexer.here() == '-';
        if (indented) {
            lexer.skip(1);
        }
        String marker = lexer.name();
        if (lexer.here() == '\r') {
            lexer.skip(1);
        }
        if (marker.isEmpty() || lexer.here() != '\n') {
            throw lexer.unexpected(
                    "a heredoc's marker and a line break are expected behind <<",
                    "write <<EOF, the lines, and EOF on a line of its own");
        }
        lexer.skip(1);
        int first = lexer.place(); // its text is what a mistake in it is shown at
        List<Part> parts = parts(new Frame.Heredoc(start, marker), Set.of());
        List<Part> flush = indented ? Indentation.removed(parts) : parts;
        Span span = new Span(first, lexer.place());
        boolean plain = flush.stream().allMatch(Part.Text.class::isInstance);
        return plain
                ? new Expression.Literal(span, Value.of(joined(flush)))
                : new Expression.Template(span, flush);
    }

    private static String joined(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(String piece, _)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    /// Parts up to the end of the frame, or up to one of these directives.
    private List<Part> parts(Frame frame, Set<String> until) {
        lexer.enter();
        Pieces pieces = new Pieces(frame instanceof Frame.Heredoc && lexer.atLineStart());
        directive = "";
        while (!atEnd(frame, until)) {
            if (lexer.at("${")) {
                interpolation(frame, pieces);
            } else if (lexer.at("%{")) {
                if (directive(frame, until, pieces)) {
                    break;
                }
            } else {
                character(frame, pieces);
            }
        }
        pieces.flush();
        lexer.leave();
        return pieces.parts;
    }

    private boolean atEnd(Frame frame, Set<String> until) {
        boolean end =
                switch (frame) {
                    case Frame.Quotes(int open) -> atQuote(open);
                    case Frame.Heredoc(int open, String marker) -> atMarker(open, marker);
                    case Frame.Whole() -> lexer.atEnd();
                };
        if (end && !until.isEmpty()) {
            throw lexer.unexpected(
                    "the template ends before its %{"
                            + (until.contains("endfor") ? "for" : "if")
                            + "} does",
                    "add %{" + (until.contains("endfor") ? "endfor" : "endif") + "}");
        }
        return end;
    }

    private boolean atQuote(int open) {
        if (lexer.atEnd()) {
            throw new SyntaxError(open, "this string is never closed", "add the closing quote");
        }
        if (lexer.here() == '\n') {
            throw severalLines(open);
        }
        if (lexer.here() != '"') {
            return false;
        }
        lexer.skip(1);
        return true;
    }

    static SyntaxError severalLines(int at) {
        return new SyntaxError(
                at,
                "a quoted string may not go over several lines",
                "close it on this line, write \\n for a line break, or use a heredoc (<<EOF)");
    }

    /// One that is never closed is missed at the end of the file, as elsewhere.
    private boolean atMarker(int open, String marker) {
        if (lexer.atEnd()) {
            throw new SyntaxError(
                    lexer.place(),
                    "the heredoc of line "
                            + lexer.lineOf(open)
                            + " is never closed: no line consists of "
                            + marker
                            + " alone",
                    "add a line with " + marker);
        }
        int end = lexer.atLineStart() ? lexer.markerEnd(marker) : -1;
        if (end < 0) {
            return false;
        }
        lexer.moveTo(end);
        return true;
    }

    private void character(Frame frame, Pieces pieces) {
        if (frame instanceof Frame.Quotes) {
            lexer.quotedCharacter(pieces.text);
            return;
        }
        boolean lineEnd = lexer.here() == '\n';
        lexer.plainCharacter(pieces.text);
        if (lineEnd && frame instanceof Frame.Heredoc) {
            pieces.lineStart = pieces.flush();
        }
    }

    private void interpolation(Frame frame, Pieces pieces) {
        int start = lexer.place();
        lexer.skip(2);
        trimBefore(pieces);
        pieces.flush();
        pieces.markLine();
        trimNext = false;
        boolean lines = lexer.ignoreLines();
        lexer.blanks();
        Expression value = expressions.expression();
        lexer.blanks();
        boolean trim = lexer.here() == '~';
        if (trim) {
            lexer.skip(1);
        }
        boolean quote = frame instanceof Frame.Quotes && lexer.here() == '"';
        if (lexer.atEnd() || quote) {
            throw new SyntaxError(
                    start,
                    "this ${ is never closed",
                    "add the } behind the expression; for a literal ${ write $${");
        }
        if (lexer.here() != '}') {
            throw lexer.unexpected(
                    "a } is expected at the end of ${…}",
                    "if another program is to see ${ literally, write $${; to use a default as in a shell is not possible here");
        }
        lexer.skip(1);
        lexer.restoreLines(lines);
        pieces.parts.add(new Part.Interpolation(value));
        pieces.lineStart = false;
        trimNext = trim;
    }

    /// A `%{…}`; true when it ends the parts at hand.
    private boolean directive(Frame frame, Set<String> until, Pieces pieces) {
        int start = lexer.place();
        lexer.skip(2);
        trimBefore(pieces);
        pieces.flush();
        pieces.markLine();
        trimNext = false;
        boolean lines = lexer.ignoreLines();
        lexer.blanks();
        int wordAt = lexer.place();
        String word = lexer.name();
        lexer.blanks();
        switch (word) {
            case "if" -> ifDirective(frame, pieces, lines);
            case "for" -> forDirective(frame, pieces, lines);
            case "else", "endif", "endfor" -> {
                if (!until.contains(word)) {
                    throw new SyntaxError(start, "%{" + word + "} closes nothing here", "");
                }
                endOfDirective(lines);
                directive = word;
                return true;
            }
            default ->
                    throw new SyntaxError(
                            wordAt,
                            "if, for, else, endif or endfor is expected behind %{",
                            "if another program is to see %{ literally, write %%{");
        }
        pieces.lineStart = frame instanceof Frame.Heredoc && lexer.atLineStart();
        directive = "";
        return false;
    }

    private void ifDirective(Frame frame, Pieces pieces, boolean lines) {
        Expression condition = expressions.expression();
        endOfDirective(lines);
        List<Part> yes = parts(frame, Set.of("else", "endif"));
        List<Part> no = directive.equals("else") ? parts(frame, Set.of("endif")) : List.of();
        pieces.parts.add(new Part.If(condition, yes, no));
    }

    private void forDirective(Frame frame, Pieces pieces, boolean lines) {
        Expression.Names names = loops.loopNames();
        Expression collection = expressions.expression();
        endOfDirective(lines);
        pieces.parts.add(new Part.For(names, collection, parts(frame, Set.of("endfor"))));
    }

    private void endOfDirective(boolean lines) {
        lexer.blanks();
        boolean trim = lexer.here() == '~';
        if (trim) {
            lexer.skip(1);
        }
        if (lexer.here() != '}') {
            throw lexer.unexpected("a } is expected at the end of %{…}", "");
        }
        lexer.skip(1);
        lexer.restoreLines(lines);
        trimNext = trim;
    }

    /// `~` at the front takes the blanks before it away: those of the line, or, where it stands at
    /// the line's start, the end of the line before.
    private void trimBefore(Pieces pieces) {
        if (lexer.here() == '~') {
            lexer.skip(1);
            pieces.trimEnd();
        }
    }

    /// The parts so far and the text that is not a part yet.
    private final class Pieces {
        final List<Part> parts = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        boolean lineStart;

        Pieces(boolean lineStart) {
            this.lineStart = lineStart;
        }

        void trimEnd() {
            if (!text.isEmpty()) {
                text.setLength(Texts.withoutSpaceAtEnd(text.toString()).length());
                if (text.isEmpty() && !lineStart) {
                    parts.add(new Part.Text("", false)); // what had text around it is a text
                }
            } else if (!parts.isEmpty()
                    && parts.getLast() instanceof Part.Text(String before, boolean atStart)) {
                parts.set(
                        parts.size() - 1, new Part.Text(Texts.withoutSpaceAtEnd(before), atStart));
                lineStart = false;
            }
        }

        /// A line that begins with a sequence has no blanks to take away: as a part of its own, it
        /// says so.
        void markLine() {
            if (lineStart) {
                parts.add(new Part.Text("", true));
                lineStart = false;
            }
        }

        /// Makes the text a part; the answer is whether a line begins behind it, which is not so
        /// where `~` has taken the line break away.
        boolean flush() {
            if (text.isEmpty()) {
                return lineStart;
            }
            String whole = text.toString();
            String piece = trimNext ? whole.substring(Texts.spaceAtStart(whole)) : whole;
            trimNext = false;
            text.setLength(0);
            if (!piece.isEmpty() || !lineStart) {
                parts.add(new Part.Text(piece, lineStart));
                lineStart = false;
            }
            return piece.endsWith("\n");
        }
    }
}
