package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.ServerTable;
import dev.drover.controller.client.TableRow;
import dev.drover.controller.client.Watch;
import dev.drover.manifests.model.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// What changes of a table that stands on the screen, row by row below it, until somebody presses
/// Ctrl-C or nobody reads it any more. Where the server ends a watch, what has changed meanwhile is
/// told, and another one begins.
///
/// @param of what is watched
/// @param wanted which rows
/// @param shown the table on the screen
/// @param cells of a row in its columns
record WatchedTable(
        Client client,
        Of of,
        Predicate<TableRow> wanted,
        Table shown,
        Function<TableRow, List<String>> cells) {
    private static final String NAME = "Name";

    /// Changes by itself.
    private static final String AGE = "Age";

    /// What is watched; every namespace when it is empty.
    record Of(Kind kind, String namespace) {}

    void follow(ServerTable begin, Out out) throws IOException {
        Map<String, TableRow> known = rows(begin);
        Renewal renewal = new Renewal();
        ServerTable from = begin;
        while (true) {
            try (Watch<TableRow> watch = client.watch(of.kind(), of.namespace(), from)) {
                renewal.ended(follow(watch, known, out));
            }
            from = client.table(of.kind(), of.namespace());
            catchUp(known, rows(from), out);
        }
    }

    /// Until the watch ends; whether there was anything.
    private boolean follow(Watch<TableRow> watch, Map<String, TableRow> known, Out out)
            throws IOException {
        boolean any = false;
        for (Optional<Seen<TableRow>> seen = watch.next(); seen.isPresent(); seen = watch.next()) {
            any = true;
            TableRow row = seen.get().resource();
            if (wanted.test(row)) {
                print(row, out);
                switch (seen.get()) {
                    case Seen.Now<TableRow> _ -> known.put(key(row), row);
                    case Seen.Gone<TableRow> _ -> known.remove(key(row));
                }
            }
        }
        return any;
    }

    /// What is other now is printed as it is, what is gone as it was.
    private void catchUp(Map<String, TableRow> known, Map<String, TableRow> now, Out out)
            throws IOException {
        for (var row : now.entrySet()) {
            Optional<TableRow> before =
                    Optional.ofNullable(known.put(row.getKey(), row.getValue()));
            if (!before.map(WatchedTable::lasting).equals(Optional.of(lasting(row.getValue())))) {
                print(row.getValue(), out);
            }
        }
        for (TableRow row : List.copyOf(known.values())) {
            if (!now.containsKey(key(row))) {
                known.remove(key(row));
                print(row, out);
            }
        }
    }

    private void print(TableRow row, Out out) throws IOException {
        out.lastRow(shown.with(cells.apply(row)));
    }

    private Map<String, TableRow> rows(ServerTable table) {
        Map<String, TableRow> rows = new TreeMap<>();
        table.rows().stream().filter(wanted).forEach(row -> rows.put(key(row), row));
        return rows;
    }

    /// Of one namespace, rows of a list come without it.
    private String key(TableRow row) {
        return (of.namespace().isEmpty() ? row.namespace() + "/" : "") + row.cell(NAME);
    }

    private static Map<String, String> lasting(TableRow row) {
        Map<String, String> cells = new TreeMap<>(row.cells());
        cells.remove(AGE);
        return cells;
    }
}
