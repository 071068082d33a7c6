package dev.drover.controller.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Kubernetes wraps around resources: lists and watch events. Only the wrapping is read here;
/// the resources inside stay text.
final class Envelope {
    /// A list may be as long as a body may be.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxStringLength(Reply.TEXT_MAX).build())
                    .build();

    private Envelope() {}

    /// The items of a list and its revision.
    record Items(List<String> texts, String revision) {
        Items {
            texts = List.copyOf(texts);
        }
    }

    /// One line of a watch, or one change of a history, which says when it was.
    record Event(String type, Optional<String> time, String object) {}

    static Items list(String text) throws IOException {
        List<String> items = new ArrayList<>();
        String revision = "";
        try (JsonParser json = JSON.createParser(text)) {
            begin(json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "items" -> items.addAll(elements(json, text));
                    case "metadata" -> revision = revision(json);
                    default -> json.skipChildren();
                }
            }
        }
        return new Items(items, revision);
    }

    static Event event(String line) throws IOException {
        String type = "";
        Optional<String> time = Optional.empty();
        String object = "";
        try (JsonParser json = JSON.createParser(line)) {
            begin(json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "type" -> type = json.getValueAsString("");
                    case "time" -> time = Optional.of(json.getValueAsString(""));
                    case "object" -> object = whole(json, line);
                    default -> json.skipChildren();
                }
            }
        }
        return new Event(type, time, object);
    }

    /// The revision in the metadata of a resource or a bookmark; empty when it has none.
    static String revisionOf(String object) throws IOException {
        try (JsonParser json = JSON.createParser(object)) {
            begin(json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("metadata")) {
                    return revision(json);
                }
                json.skipChildren();
            }
        }
        return "";
    }

    private static void begin(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("the server's answer is no JSON object");
        }
    }

    private static List<String> elements(JsonParser json, String text) throws IOException {
        List<String> elements = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(whole(json, text));
            }
        }
        return elements;
    }

    /// The text of the value at hand, from its first to its last character.
    private static String whole(JsonParser json, String text) throws IOException {
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        return text.substring(start, (int) json.currentLocation().getCharOffset());
    }

    private static String revision(JsonParser json) throws IOException {
        String revision = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("resourceVersion");
            json.nextToken();
            if (wanted) {
                revision = json.getValueAsString("");
            } else {
                json.skipChildren();
            }
        }
        return revision;
    }
}
