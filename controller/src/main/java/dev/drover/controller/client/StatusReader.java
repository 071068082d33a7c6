package dev.drover.controller.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Reads what a server says when it refuses.
final class StatusReader {
    /// How much of a text that is no `Status` is worth showing: about two lines of a terminal.
    private static final int FOREIGN_MAX = 160;

    private StatusReader() {}

    /// The message in the body of a request that went well.
    static String message(String body) throws IOException {
        return said(body).message;
    }

    /// The refusal in a body; a body that is no `Status` (a proxy's page) is shown as it begins.
    static Refused read(int code, String body) throws IOException {
        Said said = said(body);
        return new Refused(
                code, said.reason, said.message.isEmpty() ? foreign(code, body) : said.message);
    }

    private record Said(String reason, String message) {}

    private static Said said(String body) throws IOException {
        String reason = "";
        String message = "";
        try (JsonParser json = new JsonFactory().createParser(body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    switch (field) {
                        case "reason" -> reason = json.getValueAsString("");
                        case "message" -> message = json.getValueAsString("");
                        default -> json.skipChildren();
                    }
                }
            }
        } catch (JsonProcessingException e) {
            message = ""; // not JSON: shown as it is
        }
        return new Said(reason, message);
    }

    private static String foreign(int code, String body) {
        String text = body.strip();
        String start = text.length() > FOREIGN_MAX ? text.substring(0, FOREIGN_MAX) + "…" : text;
        return "the server answered " + code + (start.isEmpty() ? "" : ": " + start);
    }
}
