package dev.drover.node.template.language;

/// Go's quoted texts, read and written.
final class Quoting {

    private Quoting() {}

    /// As `%q` writes it.
    static String quote(String text) {
        return quote(text, false);
    }

    /// As `%+q` writes it: ASCII alone.
    static String quoteAscii(String text) {
        return quote(text, true);
    }

    private static String quote(String text, boolean ascii) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> out.append(escaped(c, '"', ascii)));
        return out.append('"').toString();
    }

    /// As `%q` writes a number.
    static String quoteRune(int rune) {
        return "'" + escaped(rune, '\'', false) + "'";
    }

    /// As `%+q` writes a number: ASCII alone.
    static String quoteRuneAscii(int rune) {
        return "'" + escaped(rune, '\'', true) + "'";
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static String escaped(int c, char quote, boolean ascii) {
        if (c == quote || c == '\\') {
            return "\\" + (char) c;
        }
        return switch (c) {
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 11 -> "\\v";
            default -> {
                if (c < 0x80 ? c >= ' ' && c != 0x7F : !ascii && printable(c)) {
                    yield new String(Character.toChars(c));
                }
                yield c < 0x80
                        ? String.format("\\x%02x", c)
                        : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
            }
        };
    }

    /// Letters, marks, numbers, punctuation and symbols, and no blank but U+0020.
    static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    c == ' ';
            default -> true;
        };
    }

    /// The text between the quotes of a Go literal, `"…"` or `'…'`.
    static String unquote(String literal) {
        StringBuilder out = new StringBuilder();
        char quote = literal.charAt(0);
        int end = literal.length() - 1;
        int i = 1;
        while (i < end) {
            char c = literal.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = i < end ? literal.charAt(i++) : quote;
            int digits =
                    switch (escape) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
                        default -> 0;
                    };
            if (digits == 0) {
                out.append(simple(escape, quote, literal));
                continue;
            }
            int from = digits == 3 ? i - 1 : i;
            out.appendCodePoint(rune(literal, from, Math.min(from + digits, end), digits));
            i = from + digits;
        }
        return out.toString();
    }

    private static char simple(char escape, char quote, String literal) {
        return switch (escape) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case '\\' -> '\\';
            default -> {
                if (escape != quote) {
                    throw Fault.of(
                            "invalid syntax in " + literal + ": there is no escape \\" + escape);
                }
                yield escape;
            }
        };
    }

    private static int rune(String literal, int from, int to, int digits) {
        boolean octal = digits == 3;
        try {
            int rune = Integer.parseInt(literal.substring(from, to), octal ? 8 : 16);
            boolean byteBeyondAscii = digits < 4 && rune > 0x7F;
            if (to - from != digits
                    || !Character.isValidCodePoint(rune)
                    || isSurrogate(rune)
                    || byteBeyondAscii) {
                throw Fault.of(
                        "invalid syntax in "
                                + literal
                                + (byteBeyondAscii ? ": bytes that are not text; write \\u" : ""));
            }
            return rune;
        } catch (NumberFormatException e) {
            throw Fault.of("invalid syntax in " + literal);
        }
    }
}
