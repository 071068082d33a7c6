package dev.drover.node.template.language;

/// What opens and closes an action: `{{` and `}}` unless the author says otherwise.
public record Delimiters(String left, String right) {

    /// `{{` and `}}`.
    public static final Delimiters USUAL = new Delimiters("{{", "}}");

    public Delimiters {
        left = left.isEmpty() ? "{{" : left;
        right = right.isEmpty() ? "}}" : right;
    }
}
