package dev.drover.controller.client;

import java.util.List;

/// Resources as the server shows them to people: Kubernetes' `Table`.
///
/// @param revision what it shows; empty when it shows one resource
public record ServerTable(List<Column> columns, List<TableRow> rows, String revision) {
    public ServerTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// A column.
    ///
    /// @param priority 0 when it is always shown, more when only with `-o wide`
    public record Column(String name, int priority) {}
}
