package dev.drover.manifests.hcl.print;

import dev.drover.manifests.tree.Source;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text as HCL writes it: in quotes, or as a heredoc when it has several lines.
final class Quoting {
    /// A reference that stays as it is when it is read again, if nobody declared its first name.
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$\\{([A-Za-z_][A-Za-z0-9_-]*)(\\.[A-Za-z_][A-Za-z0-9_-]*|\\[\"[A-Za-z0-9_. /-]*\"]|\\[[0-9]{1,9}])*}");

    private static final Set<String> DECLARED = Set.of("var", "local", "true", "false", "null");

    private Quoting() {}

    /// A string without templates.
    static String label(String text) {
        return '"' + escaped(text, false) + '"';
    }

    static String text(String text) {
        if (!heredoc(text)) {
            return '"' + escaped(text, true) + '"';
        }
        String marker = "EOF";
        while (text.contains(marker)) {
            marker += "F";
        }
        return "<<" + marker + "\n" + templates(text, true) + marker;
    }

    /// Whether a text is written as a heredoc: whole lines, and nothing in them that would change
    /// on the way.
    static boolean heredoc(String text) {
        return text.indexOf('\n') < text.length() - 1
                && text.endsWith("\n")
                && text.chars().allMatch(c -> c == '\n' || c == '\t' || !isEscaped((char) c));
    }

    /// Control characters, and the one that stands for bytes that are no text.
    private static boolean isEscaped(char c) {
        return c < ' ' || c == Source.NO_TEXT.charAt(0);
    }

    private static String escaped(String text, boolean references) {
        StringBuilder escaped = new StringBuilder();
        String safe = templates(text, references);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '"' -> escaped.append(inReference(safe, i) ? "\"" : "\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isEscaped(c)) {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /// Whether a quote is part of a reference, where it is written as it is.
    private static boolean inReference(String text, int quote) {
        Matcher reference = REFERENCE.matcher(text);
        int from = Math.max(0, text.lastIndexOf("${", quote));
        return reference.find(from)
                && reference.start() < quote
                && quote < reference.end()
                && !(from > 0 && text.charAt(from - 1) == '$');
    }

    /// Doubles the first character of what would be taken for a template.
    private static String templates(String text, boolean references) {
        StringBuilder safe = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean opens = (c == '$' || c == '%') && text.startsWith("{", at + 1);
            if (!opens) {
                safe.append(c);
                at++;
            } else if (references && kept(text, at, reference)) {
                safe.append(text, at, reference.end());
                at = reference.end();
            } else {
                safe.append(c).append(c).append('{');
                at += 2;
            }
        }
        return safe.toString();
    }

    private static boolean kept(String text, int at, Matcher reference) {
        boolean afterDollar = at > 0 && text.charAt(at - 1) == '$';
        return !afterDollar
                && reference.find(at)
                && reference.start() == at
                && !DECLARED.contains(reference.group(1));
    }
}
