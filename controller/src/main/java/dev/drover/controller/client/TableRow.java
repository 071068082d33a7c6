package dev.drover.controller.client;

import java.util.Map;

/// A resource as a row of a table.
///
/// @param namespace of the resource; empty when it has none, or the row was asked for without
/// @param cells by the names of their columns
public record TableRow(String namespace, Map<String, String> cells) {
    public TableRow {
        cells = Map.copyOf(cells);
    }

    /// What stands in a column; nothing when the server has no such column.
    public String cell(String column) {
        return cells.getOrDefault(column, "");
    }
}
