package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Mistake;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values: fields may stand in quotes, with commas and line breaks inside and a
/// quote written twice.
final class Csv {
    private final String text;
    private int place;

    private Csv(String text) {
        this.text = text;
    }

    /// The fields of each line; empty lines are left out.
    static List<List<String>> lines(String text) {
        Csv csv = new Csv(text.replace("\r\n", "\n"));
        List<List<String>> lines = new ArrayList<>();
        while (csv.place < csv.text.length()) {
            if (csv.text.charAt(csv.place) == '\n') {
                csv.place++;
            } else {
                lines.add(csv.line());
            }
        }
        return lines;
    }

    private List<String> line() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(text.startsWith("\"", place) ? quoted() : plain());
            boolean more = text.startsWith(",", place);
            place++;
            if (!more) {
                return fields;
            }
        }
    }

    private String plain() {
        int start = place;
        while (place < text.length() && text.charAt(place) != ',' && text.charAt(place) != '\n') {
            if (text.charAt(place) == '"') {
                throw Mistake.of("a quote within a field that does not begin with one");
            }
            place++;
        }
        return text.substring(start, place);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        place++;
        while (place < text.length()) {
            char c = text.charAt(place++);
            if (c != '"') {
                field.append(c);
            } else if (text.startsWith("\"", place)) {
                field.append('"');
                place++;
            } else {
                return field.toString();
            }
        }
        throw Mistake.of("a quote is never closed");
    }
}
