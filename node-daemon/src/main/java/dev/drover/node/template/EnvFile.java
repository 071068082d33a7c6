package dev.drover.node.template;

import dev.drover.node.template.language.Mistake;
import java.util.Map;
import java.util.TreeMap;

/// The variables of a file of `KEY=VALUE` lines, as a template with `env = true` renders it.
///
/// Blank lines and lines that begin with `#` say nothing; `export ` before a key is allowed; a
/// value may stand in single quotes (as it is) or double quotes (with `\n`, `\t`, `\"`, `\\`);
/// behind a bare value, ` #` begins a comment.
public sealed interface EnvFile {

    /// They are these.
    record Variables(Map<String, String> values) implements EnvFile {
        public Variables {
            values = Map.copyOf(values);
        }
    }

    /// A line says nothing that could be understood. Its text is not repeated: it may be a secret.
    record Wrong(Mistake mistake) implements EnvFile {}

    /// Reads the file; the later of two lines for one key wins.
    static EnvFile parse(String text) {
        Map<String, String> values = new TreeMap<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String assignment =
                    line.startsWith("export ") ? line.substring("export ".length()).strip() : line;
            int equals = assignment.indexOf('=');
            String key = equals < 0 ? "" : assignment.substring(0, equals).strip();
            if (!key.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                return new Wrong(new Mistake(number, 1, "not of the form KEY=VALUE"));
            }
            String value = assignment.substring(equals + 1).strip();
            boolean quoted = value.startsWith("\"") || value.startsWith("'");
            if (quoted && !closed(value)) {
                return new Wrong(
                        new Mistake(
                                number,
                                1,
                                "the value of " + key + " has a quote that is not closed"));
            }
            values.put(key, quoted ? unquoted(value) : value.replaceFirst("\\s+#.*$", ""));
        }
        return new Variables(values);
    }

    private static boolean closed(String value) {
        return end(value) == value.length() - 1
                || value.substring(Math.max(end(value) + 1, 0)).strip().startsWith("#");
    }

    /// Where the closing quote is; 0 when there is none.
    private static int end(String value) {
        char quote = value.charAt(0);
        for (int i = 1; i < value.length(); i++) {
            if (value.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (value.charAt(i) == quote) {
                return i;
            }
        }
        return 0;
    }

    private static String unquoted(String value) {
        String inner = value.substring(1, end(value));
        if (value.charAt(0) == '\'') {
            return inner;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\' || i + 1 == inner.length()) {
                out.append(c);
                continue;
            }
            char escape = inner.charAt(++i);
            out.append(escape == 'n' ? '\n' : escape == 't' ? '\t' : escape == 'r' ? '\r' : escape);
        }
        return out.toString();
    }
}
