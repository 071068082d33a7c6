package dev.drover.manifests.tree;

/// A place in a text: line and column, both from 1; a column is one code point, so that editors and
/// people agree.
public record Position(int line, int column) implements Comparable<Position> {

    /// Where a text begins; the place of what has no better one.
    public static final Position START = new Position(1, 1);

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "a position counts from 1, not " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
