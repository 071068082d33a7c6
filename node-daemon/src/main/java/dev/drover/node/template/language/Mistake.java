package dev.drover.node.template.language;

/// What is wrong with a template, and where in it.
///
/// @param line from 1
/// @param column in characters, from 1
/// @param message what is wrong, and why where that helps
public record Mistake(int line, int column, String message) {

    /// The mistake at that offset of the text.
    static Mistake at(String text, int offset, String message) {
        int end = Math.min(offset, text.length());
        int lineStart = text.lastIndexOf('\n', end - 1) + 1;
        int line = 1 + (int) text.chars().limit(lineStart).filter(c -> c == '\n').count();
        return new Mistake(line, 1 + text.codePointCount(lineStart, end), message);
    }

    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
