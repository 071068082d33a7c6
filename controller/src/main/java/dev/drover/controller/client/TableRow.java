package dev.drover.controller.client;

import java.util.Map;

/// A resource as a row of a table.
///
/// @param cells by the names of their columns
public record TableRow(Map<String, String> cells) {
    public TableRow {
        cells = Map.copyOf(cells);
    }

    /// What stands in a column; nothing when the server has no such column.
    public String cell(String column) {
        return cells.getOrDefault(column, "");
    }
}
