package dev.drover.node.template.language;

import dev.drover.node.template.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cuts a template into tokens. Outside of actions everything is text; `{{- ` and ` -}}` trim the
/// text beside them.
final class Lexer {

    private static final String BLANKS = " \t\r\n";
    private static final char EOF = '\0';

    private static final Map<String, Kind> WORDS =
            Map.ofEntries(
                    Map.entry("nil", Kind.NIL),
                    Map.entry("true", Kind.BOOL),
                    Map.entry("false", Kind.BOOL),
                    Map.entry("block", Kind.BLOCK),
                    Map.entry("break", Kind.BREAK),
                    Map.entry("continue", Kind.CONTINUE),
                    Map.entry("define", Kind.DEFINE),
                    Map.entry("else", Kind.ELSE),
                    Map.entry("end", Kind.END),
                    Map.entry("if", Kind.IF),
                    Map.entry("range", Kind.RANGE),
                    Map.entry("template", Kind.TEMPLATE),
                    Map.entry("with", Kind.WITH));

    private final String text;
    private final Delimiters delimiters;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int parentheses;

    private Lexer(String text, Delimiters delimiters) {
        this.text = text;
        this.delimiters = delimiters;
    }

    /// The tokens of the text; the last one is `EOF`, or an `ERROR` where reading had to stop.
    static List<Token> tokens(String text, Delimiters delimiters) {
        Lexer lexer = new Lexer(text, delimiters);
        try {
            lexer.text();
            lexer.tokens.add(new Token(Kind.EOF, "", text.length()));
        } catch (Fault fault) {
            lexer.tokens.add(new Token(Kind.ERROR, fault.text(), fault.offset()));
        }
        return lexer.tokens;
    }

    private void text() {
        boolean trimNext = false;
        while (true) {
            int from = trimNext ? skipBlanks(at) : at;
            int action = text.indexOf(delimiters.left(), at);
            if (action < 0) {
                addText(from, text.length());
                return;
            }
            int inside = action + delimiters.left().length();
            boolean trimBefore = at(inside) == '-' && blank(at(inside + 1));
            addText(from, trimBefore ? trimEnd(from, action) : action);
            trimNext = action(action, trimBefore ? inside + 2 : inside);
        }
    }

    private void addText(int from, int to) {
        if (from < to) {
            tokens.add(new Token(Kind.TEXT, text.substring(from, to), from));
        }
    }

    /// Reads one action or comment; whether the text behind it is to be trimmed.
    private boolean action(int start, int inside) {
        if (text.startsWith("/*", inside)) {
            return comment(start, inside);
        }
        tokens.add(new Token(Kind.LEFT, delimiters.left(), start));
        at = inside;
        parentheses = 0;
        while (true) {
            boolean trim = trimmedEnd(at);
            if (trim || text.startsWith(delimiters.right(), at)) {
                if (parentheses > 0) {
                    throw Fault.at(at, "unclosed left paren");
                }
                tokens.add(new Token(Kind.RIGHT, delimiters.right(), at));
                at += delimiters.right().length() + (trim ? 2 : 0);
                return trim;
            }
            inside(start);
        }
    }

    private boolean comment(int start, int inside) {
        int end = text.indexOf("*/", inside + 2);
        if (end < 0) {
            throw Fault.at(start, "unclosed comment");
        }
        boolean trim = trimmedEnd(end + 2);
        if (!trim && !text.startsWith(delimiters.right(), end + 2)) {
            throw Fault.at(end + 2, "comment ends before closing delimiter");
        }
        at = end + 2 + delimiters.right().length() + (trim ? 2 : 0);
        return trim;
    }

    /// Whether a blank, a minus and the closing delimiter begin there.
    private boolean trimmedEnd(int offset) {
        return blank(at(offset))
                && at(offset + 1) == '-'
                && text.startsWith(delimiters.right(), offset + 2);
    }

    private void inside(int actionStart) {
        if (at >= text.length()) {
            throw Fault.at(actionStart, "unclosed action");
        }
        char c = text.charAt(at);
        switch (c) {
            case ' ', '\t', '\r', '\n' -> blanks();
            case '=' -> add(Kind.ASSIGN, 1);
            case ':' -> {
                if (at(at + 1) != '=') {
                    throw Fault.at(at, "expected :=");
                }
                add(Kind.DECLARE, 2);
            }
            case '|' -> add(Kind.PIPE, 1);
            case ',' -> add(Kind.COMMA, 1);
            case '(' -> {
                parentheses++;
                add(Kind.OPEN, 1);
            }
            case ')' -> {
                if (--parentheses < 0) {
                    throw Fault.at(at, "unexpected right paren");
                }
                add(Kind.CLOSE, 1);
            }
            case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', Kind.CHARACTER, "unterminated character constant");
            case '`' -> raw();
            case '$' -> name(Kind.VARIABLE);
            case '.' -> {
                if (digit(at(at + 1))) {
                    number();
                } else {
                    name(Kind.FIELD);
                }
            }
            case '+', '-' -> number();
            default -> {
                if (digit(c)) {
                    number();
                } else if (letter(at)) {
                    word();
                } else {
                    throw Fault.at(
                            at,
                            "unrecognized character in action: "
                                    + new String(Character.toChars(text.codePointAt(at))));
                }
            }
        }
    }

    private void add(Kind kind, int length) {
        tokens.add(new Token(kind, text.substring(at, at + length), at));
        at += length;
    }

    /// One blank of them stays for ` -}}` where that follows.
    private void blanks() {
        int end = skipBlanks(at);
        if (end - 1 > at && trimmedEnd(end - 1)) {
            end--;
        }
        add(Kind.SPACE, end - at);
    }

    private void quoted(char quote, Kind kind, String unterminated) {
        int end = at + 1;
        while (at(end) != quote) {
            if (end >= text.length() || text.charAt(end) == '\n') {
                throw Fault.at(at, unterminated);
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        add(kind, end + 1 - at);
    }

    private void raw() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw Fault.at(at, "unterminated raw quoted string");
        }
        add(Kind.RAW_STRING, end + 1 - at);
    }

    /// `.name`, `$name`, or the dot or dollar alone.
    private void name(Kind kind) {
        int end = endOfWord(at + 1);
        if (end == at + 1 && kind == Kind.FIELD) {
            add(Kind.DOT, 1);
            return;
        }
        terminated(end);
        add(kind, end - at);
    }

    private void word() {
        int end = endOfWord(at);
        String word = text.substring(at, end);
        terminated(end);
        add(WORDS.getOrDefault(word, Kind.IDENTIFIER), end - at);
    }

    /// A word ends at a blank or punctuation, so that `$x+2` and `a%b` are mistakes.
    private void terminated(int end) {
        char next = at(end);
        boolean good =
                end >= text.length()
                        || blank(next)
                        || ".,|:)(".indexOf(next) >= 0
                        || text.startsWith(delimiters.right(), end);
        if (!good) {
            throw Fault.at(end, "bad character " + Quoting.quoteRune(text.codePointAt(end)));
        }
    }

    private void number() {
        int end = at + ("+-".indexOf(at(at)) >= 0 ? 1 : 0);
        String digits = "0123456789_";
        if (at(end) == '0' && "xX".indexOf(at(end + 1)) >= 0) {
            digits = "0123456789abcdefABCDEF_";
            end += 2;
        } else if (at(end) == '0' && "oObB".indexOf(at(end + 1)) >= 0) {
            end += 2;
        }
        end = skip(end, digits);
        if (at(end) == '.') {
            end = skip(end + 1, digits);
        }
        if ((digits.length() == 11 ? "eE" : "pP").indexOf(at(end)) >= 0) {
            end = skip("+-".indexOf(at(end + 1)) >= 0 ? end + 2 : end + 1, "0123456789_");
        }
        boolean signAlone = end == at + 1 && "+-".indexOf(at(at)) >= 0;
        if (signAlone || (end < text.length() && letterOrDigit(end))) {
            throw Fault.at(
                    at,
                    "bad number syntax: "
                            + Quoting.quote(text.substring(at, Math.min(end + 1, text.length()))));
        }
        add(Kind.NUMBER, end - at);
    }

    private int skip(int from, String accepted) {
        int end = from;
        while (end < text.length() && accepted.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private int skipBlanks(int from) {
        return skip(from, BLANKS);
    }

    private int trimEnd(int from, int to) {
        int end = to;
        while (end > from && blank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < text.length() && letterOrDigit(end)) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    private char at(int offset) {
        return offset < text.length() ? text.charAt(offset) : EOF;
    }

    private boolean letter(int offset) {
        int c = text.codePointAt(offset);
        return c == '_' || Character.isLetter(c);
    }

    private boolean letterOrDigit(int offset) {
        return letter(offset) || Character.isDigit(text.codePointAt(offset));
    }

    private static boolean blank(char c) {
        return BLANKS.indexOf(c) >= 0;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
