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

    static List<TableRow> rows(String text) throws IOException {
        List<String> columns = new ArrayList<>();
        List<TableRow> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the server's answer is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "columnDefinitions" -> columns.addAll(columns(json));
                    case "rows" -> rows.addAll(rows(json, columns));
                    default -> json.skipChildren();
                }
            }
        }
        return rows;
    }

    private static List<String> columns(JsonParser json) throws IOException {
        List<String> columns = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            columns.add(field(json, "name"));
        }
        return columns;
    }

    private static List<TableRow> rows(JsonParser json, List<String> columns) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean cells = json.currentName().equals("cells");
                json.nextToken();
                if (cells) {
                    rows.add(new TableRow(cells(json, columns)));
                } else {
                    json.skipChildren();
                }
            }
        }
        return rows;
    }

    private static Map<String, String> cells(JsonParser json, List<String> columns)
            throws IOException {
        Map<String, String> cells = new HashMap<>();
        for (String column : columns) {
            json.nextToken();
            cells.put(column, json.getValueAsString(""));
        }
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw new IOException("a row of the server's table is wider than its header");
        }
        return cells;
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
