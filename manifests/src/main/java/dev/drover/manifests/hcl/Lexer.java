package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Source;

/// Reads the smallest pieces of HCL from a text: blanks, names, digits, escapes. It keeps the
/// place, the depth of nesting, and whether a line break means something there (it does in bodies
/// and braces, not in brackets and parentheses).
final class Lexer {

    /// How deep blocks, brackets and operators may nest. Real files stay below 15; every level
    /// costs the stack a dozen frames.
    private static final int DEPTH_MAX = 200;

    private final String text;
    private int place;
    private int depth;
    private boolean linesCount = true;

    Lexer(String text) {
        this.text = text;
    }

    int place() {
        return place;
    }

    void moveTo(int offset) {
        place = offset;
    }

    boolean atEnd() {
        return place >= text.length();
    }

    /// The character here, NUL at the end.
    char here() {
        return ahead(0);
    }

    /// The number of the line that an offset is in.
    long lineOf(int offset) {
        return text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    char ahead(int distance) {
        return place + distance < text.length() ? text.charAt(place + distance) : 0;
    }

    boolean at(String word) {
        return text.startsWith(word, place);
    }

    void skip(int characters) {
        place += characters;
    }

    String from(int start) {
        return text.substring(start, place);
    }

    /// Goes one level deeper; [#leave] comes back.
    void enter() {
        if (++depth > DEPTH_MAX) {
            throw new SyntaxError(
                    place,
                    Code.LIMIT,
                    "nested more than " + DEPTH_MAX + " levels deep",
                    "manifests are flat: take levels out");
        }
    }

    void leave() {
        depth--;
    }

    /// Leaves all levels behind this one.
    void leaveTo(int level) {
        depth = level;
    }

    int depth() {
        return depth;
    }

    /// After an error: back to the level of the item that failed.
    void resume(int offset, int level) {
        place = offset;
        depth = level;
        linesCount = true;
    }

    /// Line breaks are blanks from here on; the answer goes to [#restoreLines] at the closing
    /// bracket.
    boolean ignoreLines() {
        boolean before = linesCount;
        linesCount = false;
        return before;
    }

    /// Line breaks separate from here on.
    boolean countLines() {
        boolean before = linesCount;
        linesCount = true;
        return before;
    }

    void restoreLines(boolean before) {
        linesCount = before;
    }

    /// Skips blanks and comments, and line breaks where they mean nothing.
    void blanks() {
        skipBlanks(linesCount);
    }

    /// Skips blanks, comments and line breaks.
    void blankLines() {
        skipBlanks(false);
    }

    private void skipBlanks(boolean stopAtLineEnd) {
        while (place < text.length()) {
            char c = text.charAt(place);
            if (c == ' ' || c == '\t' || (c == '\r' && ahead(1) == '\n')) {
                place++;
            } else if (c == '\n') {
                if (stopAtLineEnd) {
                    return;
                }
                place++;
            } else if (c == '#' || (c == '/' && ahead(1) == '/')) {
                int end = text.indexOf('\n', place);
                place = end < 0 ? text.length() : end;
            } else if (c == '/' && ahead(1) == '*') {
                int end = text.indexOf("*/", place + 2);
                if (end < 0) {
                    throw new SyntaxError(
                            place, "a comment begins here and never ends", "close it with */");
                }
                place = end + 2;
            } else {
                return;
            }
        }
    }

    boolean atName() {
        return place < text.length() && startsName(text.codePointAt(place));
    }

    /// The name here; empty when there is none.
    String name() {
        int start = place;
        if (atName()) {
            place += Character.charCount(text.codePointAt(place));
            while (place < text.length() && continuesName(text.codePointAt(place))) {
                place += Character.charCount(text.codePointAt(place));
            }
        }
        return text.substring(start, place);
    }

    /// Whether this whole word stands here, not only its beginning.
    boolean atWord(String word) {
        int end = place + word.length();
        return at(word) && (end >= text.length() || !continuesName(text.codePointAt(end)));
    }

    private static boolean startsName(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        }
        return Character.isUnicodeIdentifierStart(c);
    }

    /// Whether a name may have this character behind its first.
    static boolean continuesName(int c) {
        if (c < 0x80) {
            return startsName(c) || (c >= '0' && c <= '9') || c == '-';
        }
        return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }

    boolean atDigit() {
        return here() >= '0' && here() <= '9';
    }

    /// The digits, point and exponent here.
    String number() {
        int start = place;
        digits();
        if (here() == '.' && isDigit(ahead(1))) {
            place++;
            digits();
        }
        if ((here() == 'e' || here() == 'E') && exponentFollows()) {
            place += 2;
            digits();
        }
        return text.substring(start, place);
    }

    private boolean exponentFollows() {
        return isDigit(ahead(1)) || ((ahead(1) == '+' || ahead(1) == '-') && isDigit(ahead(2)));
    }

    private void digits() {
        while (atDigit()) {
            place++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// One character of a quoted string, or what its escape stands for.
    void quotedCharacter(StringBuilder into) {
        if (here() == '\\') {
            escape(into);
        } else {
            plainCharacter(into);
        }
    }

    static SyntaxError halfALineBreak(int at) {
        return new SyntaxError(
                at,
                "a carriage return without a line feed means nothing here",
                "end lines with \\n or \\r\\n; in a quoted string write \\r");
    }

    /// One character of a heredoc: `$${` and `%%{` are the only escapes.
    void plainCharacter(StringBuilder into) {
        char c = here();
        if (c == Source.NO_TEXT.charAt(0)) {
            throw new SyntaxError(place, Source.NOT_UTF_8, Source.SAVE_AS_UTF_8);
        }
        if (c == '\r' && ahead(1) != '\n') {
            throw halfALineBreak(place);
        }
        if ((c == '$' || c == '%') && ahead(1) == c && ahead(2) == '{') {
            into.append(c).append('{');
            place += 3;
        } else {
            into.append(c);
            place++;
        }
    }

    private void escape(StringBuilder into) {
        char selector = ahead(1);
        switch (selector) {
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 't' -> into.append('\t');
            case '"' -> into.append('"');
            case '\\' -> into.append('\\');
            case 'u' -> codePoint(4, into);
            case 'U' -> codePoint(8, into);
            default ->
                    throw new SyntaxError(
                            place,
                            "\\" + selector + " is not an escape sequence",
                            "write \\\\ for a backslash; known are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN");
        }
        place += 2;
    }

    private void codePoint(int digits, StringBuilder into) {
        int end = place + 2 + digits;
        String hex = end <= text.length() ? text.substring(place + 2, end) : "";
        if (!hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                || hex.isEmpty()
                || !validCodePoint(hex)) {
            throw new SyntaxError(
                    place,
                    "\\"
                            + ahead(1)
                            + " must be followed by "
                            + digits
                            + " hexadecimal digits of a character",
                    "");
        }
        into.appendCodePoint(Integer.parseInt(hex, 16));
        place += digits;
    }

    private static boolean validCodePoint(String hex) {
        return Long.parseLong(hex, 16) <= Character.MAX_CODE_POINT;
    }

    /// The label in quotes here: a string without templates. It is no value, and stays as written
    /// where a value's letters are composed.
    String label() {
        int start = place++;
        StringBuilder label = new StringBuilder();
        while (here() != '"') {
            if (atEnd() || here() == '\n') {
                throw new SyntaxError(
                        start,
                        "a quoted string may not go over several lines",
                        "close it with \" on the same line");
            }
            if (at("${") || at("%{")) {
                throw new SyntaxError(
                        place,
                        "a block's label may not contain templates",
                        "write the label out; for a literal "
                                + at2()
                                + " double its first character");
            }
            quotedCharacter(label);
        }
        place++;
        return label.toString();
    }

    private String at2() {
        return text.substring(place, place + 2);
    }

    /// Whether a heredoc's closing marker is the only thing on the line that begins here; the
    /// answer is its end, or -1.
    int markerEnd(String marker) {
        int at = behindSpace(place);
        if (!text.startsWith(marker, at)) {
            return -1;
        }
        at = behindSpace(at + marker.length());
        return isLineEnd(at) ? at : -1;
    }

    private boolean isLineEnd(int at) {
        return text.startsWith("\n", at) || text.startsWith("\r\n", at);
    }

    /// Behind the blanks of a line.
    private int behindSpace(int from) {
        int at = from;
        while (at < text.length() && !isLineEnd(at) && Texts.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    boolean atLineStart() {
        return place == 0 || text.charAt(place - 1) == '\n';
    }

    /// A syntax error here; names the usual reasons for characters that HCL does not know.
    SyntaxError unexpected(String what, String fix) {
        if (here() == '\'') {
            return new SyntaxError(
                    place, "single quotes are not valid", "use double quotes (\") around strings");
        }
        return new SyntaxError(place, what, fix);
    }

    /// Where the next `]` stands behind what is here that no `[` opens; the end of the text when
    /// there is none.
    int nextClosing() {
        return Recovery.closing(text, here() == '"' ? place : place + 1);
    }

    /// Turns a mistake in a literal into an error at its place.
    static SyntaxError literal(int at, Mistake mistake) {
        return new SyntaxError(at, mistake.why(), mistake.fix());
    }
}
