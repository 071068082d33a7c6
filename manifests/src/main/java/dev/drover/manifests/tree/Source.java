package dev.drover.manifests.tree;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A text that somebody wrote and the name they know it by; turns offsets into positions and finds
/// the line to show. A byte order mark at the start is dropped. Immutable.
public final class Source {

    /// What stands for bytes that are no UTF-8; no text has this character.
    public static final String NO_TEXT = "\uFFFF";

    /// What is said about them.
    public static final String NOT_UTF_8 = "these bytes are no text in UTF-8";

    /// And what is to be done.
    public static final String SAVE_AS_UTF_8 = "save the file as UTF-8";

    private final String name;
    private final String text;
    private final int[] lineStarts;

    /// Where characters of two UTF-16 units end: a line may be as long as the file, so columns are
    /// not counted out.
    private final int[] pairs;

    /// `name` is what problems print before line and column: the path as the user gave it, or `-`
    /// for standard input.
    public Source(String name, String text) {
        this.name = name;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lineStarts = lineStarts(this.text);
        this.pairs = pairs(this.text);
    }

    /// Whether the bytes look like a text in UTF-16, as some editors and shells save it: every
    /// other one of a letter is zero.
    public boolean isUtf16() {
        String first = text.substring(0, Math.min(8, text.length())).replace(NO_TEXT, "");
        return first.length() > 3
                && ((first.charAt(0) == 0 && first.charAt(2) == 0)
                        || (first.charAt(1) == 0 && first.charAt(3) == 0));
    }

    /// What problems print in front of line and column.
    public String name() {
        return name;
    }

    /// The whole text, without a byte order mark.
    public String text() {
        return text;
    }

    /// The position of a UTF-16 offset; an offset behind the end is the end.
    public Position at(int offset) {
        int inside = Math.min(offset, text.length());
        int found = Arrays.binarySearch(lineStarts, inside);
        int line = found >= 0 ? found : -found - 2;
        int start = lineStarts[line];
        return new Position(line + 1, inside - start - pairs(start, inside) + 1);
    }

    /// The position of a character, counted from 0, where a pair of UTF-16 units is one.
    public Position atCharacter(int index) {
        int from = 0;
        int to = pairs.length;
        while (from < to) { // how many pairs lie before
            int middle = (from + to) >>> 1;
            if (pairs[middle] - middle - 1 <= index) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return at(index + from);
    }

    /// The UTF-16 offset of a position, which [#at] gave for it.
    public int offset(Position position) {
        if (position.line() > lineStarts.length) {
            return text.length();
        }
        int start = lineStarts[position.line() - 1];
        int offset = start + position.column() - 1;
        int next = start + position.column() - 1 + pairs(start, offset);
        while (next != offset) {
            offset = next;
            next = start + position.column() - 1 + pairs(start, offset);
        }
        return Math.min(offset, text.length());
    }

    /// Characters of two UTF-16 units between two offsets.
    private int pairs(int from, int to) {
        return pairs.length == 0 ? 0 : pairsBefore(to) - pairsBefore(from);
    }

    private int pairsBefore(int offset) {
        int found = Arrays.binarySearch(pairs, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// Where a line begins, counted from 1; the end of the text when there is no such line.
    int lineStart(int number) {
        return number < 1 || number > lineStarts.length ? text.length() : lineStarts[number - 1];
    }

    /// The text from an offset to the end of its line, or so many characters of it.
    String restOfLine(int from, int most) {
        int limit = Math.min(text.length(), from + most);
        int end = from;
        while (end < limit && text.charAt(end) != '\n') {
            end++;
        }
        String rest = text.substring(from, end);
        return rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static int[] pairs(String text) {
        return IntStream.range(1, text.length())
                .filter(at -> Character.isLowSurrogate(text.charAt(at)))
                .filter(at -> Character.isHighSurrogate(text.charAt(at - 1)))
                .map(at -> at + 1)
                .toArray();
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }
}
