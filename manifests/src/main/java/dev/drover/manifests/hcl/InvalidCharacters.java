package dev.drover.manifests.hcl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/// Finds the first character of a broken file that HCL has no use for where it stands: a `$`
/// outside of strings, a single quote, a semicolon, a line break in a string, half a line break. It
/// is often the reason for a mistake that was met before it, as in files that a template engine was
/// to fill in first.
///
/// It knows where strings, heredocs, comments and templates begin and end, and nothing else.
final class InvalidCharacters {

    private static final String NEVER = "$'`;@\\^";

    private final String text;
    private int at;

    /// What is open: `"` a string, `{` a brace, `$` a template's sequence inside of a string; other
    /// texts are the markers of heredocs.
    private final Deque<String> open = new ArrayDeque<>();

    private InvalidCharacters(String text) {
        this.text = text;
    }

    /// Where it stands; empty when there is none.
    static OptionalInt first(String text) {
        return new InvalidCharacters(text).find();
    }

    private OptionalInt find() {
        while (at < text.length()) {
            String around = open.isEmpty() ? "{" : open.peek();
            if (isHalfALineBreak()) {
                return OptionalInt.of(at); // comments may have one, and they are passed whole
            }
            if (around.equals("{") || around.equals("$")) {
                if (invalid()) {
                    return OptionalInt.of(at);
                }
                code();
            } else if (around.equals("\"")) {
                if (text.charAt(at) == '\n' || text.startsWith("\\\n", at)) {
                    return OptionalInt.of(at); // what follows is inside of a string to some
                }
                string();
            } else {
                heredoc(around);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isHalfALineBreak() {
        return text.charAt(at) == '\r' && !text.startsWith("\n", at + 1);
    }

    private boolean invalid() {
        char c = text.charAt(at);
        if ((c >= 'a' && c <= 'z') || c == ' ' || c == '\n') {
            return false; // nearly all of them
        }
        boolean single = (c == '&' || c == '|') && !text.startsWith("" + c + c, at);
        boolean tilde = c == '~' && !text.startsWith("~}", at) && !"$".equals(open.peek());
        boolean foreign = c >= 0x80 && !Lexer.continuesName(text.codePointAt(at));
        return single || tilde || foreign || c < '\t' || NEVER.indexOf(c) >= 0;
    }

    private void code() {
        char c = text.charAt(at);
        if (c == '#' || (c == '/' && text.startsWith("//", at))) {
            at = behind("\n", at);
        } else if (c == '/' && text.startsWith("/*", at)) {
            at = behind("*/", at + 2);
        } else if (c == '<' && text.startsWith("<<", at)) {
            heredocStart();
        } else {
            switch (c) {
                case '"' -> open.push("\"");
                case '{' -> open.push("{");
                case '}' -> open.poll();
                default -> {}
            }
            boolean operator = c == '&' || c == '|';
            at += operator ? 2 : Character.charCount(text.codePointAt(at));
        }
    }

    private void string() {
        if (text.charAt(at) == '\\') {
            at += 2;
        } else if (text.charAt(at) == '"') {
            open.pop();
            at++;
        } else {
            template();
        }
    }

    private void heredoc(String marker) {
        boolean lineStart = at == 0 || text.charAt(at - 1) == '\n';
        int end = lineStart ? lineEnd() : at; // found once a line: it may be as long as the text
        if (lineStart && text.substring(at, end).strip().equals(marker)) {
            open.pop();
            at = end;
        } else {
            template();
        }
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /// One character of a string or heredoc, or the beginning of a sequence in it.
    private void template() {
        char c = text.charAt(at);
        if (c != '$' && c != '%') {
            at++;
        } else if (text.startsWith("{", at + 1)) {
            open.push("$");
            at += 2;
        } else {
            boolean escaped = text.startsWith("$${", at) || text.startsWith("%%{", at);
            at += escaped ? 3 : 1;
        }
    }

    private void heredocStart() {
        int name = at + (text.startsWith("<<-", at) ? 3 : 2);
        int end = name;
        while (end < text.length() && Lexer.continuesName(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        int line = text.startsWith("\r", end) ? end + 1 : end;
        if (end > name && text.startsWith("\n", line)) {
            open.push(text.substring(name, end));
            at = line + 1;
        } else {
            at += 2;
        }
    }

    private int behind(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
