package dev.drover.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Rows under a header.
///
/// @param header one name for each column
/// @param rows as wide as the header
public record Table(List<String> header, List<List<String>> rows) {
    private static final String GAP = "  ";

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
        int width = header.size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("a row is not as wide as its header: " + header);
        }
    }

    /// A table without rows yet.
    static Table of(String... header) {
        return new Table(List.of(header), List.of());
    }

    /// The same with one more row.
    Table with(List<String> row) {
        var more = new ArrayList<>(rows);
        more.add(row);
        return new Table(header, more);
    }

    /// The lines to print; `paint` sees every padded cell.
    List<String> lines(UnaryOperator<String> paint) {
        List<List<String>> shown = new ArrayList<>(rows.size());
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(header.get(column));
        }
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(widths.length);
            for (String cell : row) {
                String safe = Escape.controls(cell);
                widths[cells.size()] = Math.max(widths[cells.size()], length(safe));
                cells.add(safe);
            }
            shown.add(cells);
        }
        var lines = new ArrayList<String>(rows.size() + 1);
        lines.add(line(header, widths, UnaryOperator.identity()));
        shown.forEach(row -> lines.add(line(row, widths, paint)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths, UnaryOperator<String> paint) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            boolean last = column == widths.length - 1;
            String cell = cells.get(column);
            line.append(paint.apply(last ? cell : pad(cell, widths[column])));
            line.append(last ? "" : GAP);
        }
        return line.toString().stripTrailing();
    }

    /// Of text without control characters.
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
