package dev.drover.manifests.hcl;

/// Finds the place to read on after a mistake.
final class Recovery {

    private Recovery() {}

    /// Behind the line on which the item ends that begins at `start` and has a mistake at `error`:
    /// the first line end behind both at which no bracket of the item is open. Strings and comments
    /// do not count; a quote that is not closed ends with its line.
    static int behindItem(String text, int start, int error) {
        return behind(text, start, error, true);
    }

    /// The first line end behind an item with a mistake at which no bracket of it is open; what
    /// closes the body around it does not end it.
    static int lineBehindItem(String text, int start, int error) {
        return behind(text, start, error, false);
    }

    private static int behind(String text, int start, int error, boolean endsWithBody) {
        int open = 0;
        int at = code(text, start);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{' || c == '[' || c == '(') {
                open++;
            } else if (c == '}' || c == ']' || c == ')') {
                if (endsWithBody && open == 0 && at >= error) {
                    return at; // the end of the body around the item
                }
                open = Math.max(0, open - 1);
            } else if (c == '\n' && open == 0 && at >= error) {
                return at;
            }
            at = code(text, at + 1);
        }
        return text.length();
    }

    /// The first `]` from there on that no `[` opens; the end of the text when there is none.
    static int closing(String text, int from) {
        int open = 0;
        int at = code(text, from);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[') {
                open++;
            } else if (c == ']' && --open < 0) {
                return at;
            }
            at = code(text, at + 1);
        }
        return text.length();
    }

    /// The first place from there on that lies in no string and in no comment.
    private static int code(String text, int from) {
        int at = from;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                at = behindString(text, at);
            } else if (text.charAt(at) == '#' || text.startsWith("//", at)) {
                at = lineEnd(text, at);
            } else {
                int behind = behindHeredoc(text, at);
                if (behind == at) {
                    return at;
                }
                at = behind;
            }
        }
        return text.length();
    }

    /// Behind the marker that ends the heredoc that begins here; the place itself where none begins
    /// or it does not end.
    private static int behindHeredoc(String text, int at) {
        if (!text.startsWith("<<", at)) {
            return at;
        }
        int name = text.startsWith("-", at + 2) ? at + 3 : at + 2;
        int end = lineEnd(text, at);
        String marker = text.substring(Math.min(name, end), end).strip();
        while (!marker.isEmpty() && end < text.length()) {
            int line = end + 1;
            end = lineEnd(text, line);
            if (text.substring(line, end).strip().equals(marker)) {
                return end;
            }
        }
        return at;
    }

    private static int behindString(String text, int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at < text.length() && text.charAt(at) == '"' ? at + 1 : Math.min(at, text.length());
    }

    private static int lineEnd(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }
}
