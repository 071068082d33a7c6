package dev.drover.controller.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads Kubernetes' `Table`. By hand, token for token: this is what the most frequent commands
/// wait for.
final class TableReader {
    private TableReader() {}

    static ServerTable read(String text) throws IOException {
        return read(text, List.of());
    }

    /// The only row of a table that may leave out its columns, because those are known.
    static TableRow row(String text, List<ServerTable.Column> known) throws IOException {
        return read(text, known).rows().stream()
                .findFirst()
                .orElseThrow(() -> new IOException("the server's table has no row"));
    }

    private static ServerTable read(String text, List<ServerTable.Column> known)
            throws IOException {
        List<ServerTable.Column> columns = new ArrayList<>(known);
        String revision = "";
        List<TableRow> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the server's answer is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "columnDefinitions" -> {
                        List<ServerTable.Column> told = columns(json);
                        if (!told.isEmpty()) {
                            columns = told;
                        }
                    }
                    case "rows" -> rows.addAll(rows(json, columns));
                    case "metadata" -> revision = field(json, "resourceVersion");
                    default -> json.skipChildren();
                }
            }
        }
        return new ServerTable(columns, rows, revision);
    }

    private static List<ServerTable.Column> columns(JsonParser json) throws IOException {
        List<ServerTable.Column> columns = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            columns.add(column(json));
        }
        return columns;
    }

    private static ServerTable.Column column(JsonParser json) throws IOException {
        String name = "";
        int priority = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getValueAsString("");
                case "priority" -> priority = json.getValueAsInt();
                default -> json.skipChildren();
            }
        }
        return new ServerTable.Column(name, priority);
    }

    private static List<TableRow> rows(JsonParser json, List<ServerTable.Column> columns)
            throws IOException {
        List<TableRow> rows = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            rows.add(row(json, columns));
        }
        return rows;
    }

    private static TableRow row(JsonParser json, List<ServerTable.Column> columns)
            throws IOException {
        Map<String, String> cells = Map.of();
        String namespace = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "cells" -> cells = cells(json, columns);
                case "object" -> namespace = namespace(json);
                default -> json.skipChildren();
            }
        }
        return new TableRow(namespace, cells);
    }

    private static Map<String, String> cells(JsonParser json, List<ServerTable.Column> columns)
            throws IOException {
        Map<String, String> cells = new HashMap<>();
        for (ServerTable.Column column : columns) {
            json.nextToken();
            cells.put(column.name(), json.getValueAsString(""));
        }
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw new IOException("a row of the server's table is wider than its header");
        }
        return cells;
    }

    /// That of the resource at hand, which is read to its end.
    private static String namespace(JsonParser json) throws IOException {
        String namespace = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean metadata = json.currentName().equals("metadata");
            json.nextToken();
            if (metadata) {
                namespace = field(json, "namespace");
            } else {
                json.skipChildren();
            }
        }
        return namespace;
    }

    /// A field of the object at hand, which is read to its end; empty when it has none.
    private static String field(JsonParser json, String name) throws IOException {
        String value = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(name);
            json.nextToken();
            if (wanted) {
                value = json.getValueAsString("");
            } else {
                json.skipChildren();
            }
        }
        return value;
    }
}
