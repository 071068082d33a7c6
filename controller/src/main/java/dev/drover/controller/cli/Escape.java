package dev.drover.controller.cli;

/// Makes text harmless for a terminal.
final class Escape {
    private static final int C1_FIRST = 0x80;
    private static final int C1_LAST = 0x9f;

    private Escape() {}

    /// `text` with every control character written out, as `\n` or `\u001b`: it stays on its line
    /// and changes nothing about the terminal.
    static String controls(String text) {
        if (!anyControl(text)) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> append(safe, (char) c));
        return safe.toString();
    }

    /// A plain loop: every cell of a table comes here, and a stream costs a command more.
    private static boolean anyControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (control(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// The same, but line ends and tabs stay: for texts of several lines.
    static String lines(String text) {
        var safe = new StringBuilder(text.length() + 16);
        text.chars()
                .forEach(c -> {
                    if (c == '\n' || c == '\t') {
                        safe.append((char) c);
                    } else {
                        append(safe, (char) c);
                    }
                });
        return safe.toString();
    }

    private static void append(StringBuilder safe, char c) {
        switch (c) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                if (control(c)) {
                    safe.append(String.format("\\u%04x", (int) c));
                } else {
                    safe.append(c);
                }
            }
        }
    }

    /// Also the C1 range, which some terminals obey, and the marks that reverse the writing
    /// direction and so can show a name as another one.
    private static boolean control(int c) {
        return c < ' '
                || c == 0x7f
                || (c >= C1_FIRST && c <= C1_LAST)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
