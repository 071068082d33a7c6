package dev.drover.controller.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON as text.
public final class JsonText {
    private JsonText() {}

    /// The same JSON over several lines, two blanks a level.
    public static String pretty(String json) {
        var factory = new JsonFactory();
        var text = new StringWriter();
        var lines = new DefaultIndenter("  ", "\n");
        try (JsonParser from = factory.createParser(json);
                JsonGenerator to = factory.createGenerator(text)) {
            to.setPrettyPrinter(
                    new DefaultPrettyPrinter(
                                    Separators.createDefaultInstance()
                                            .withObjectFieldValueSpacing(Spacing.AFTER))
                            .withArrayIndenter(lines)
                            .withObjectIndenter(lines));
            while (from.nextToken() != null) {
                to.copyCurrentEvent(from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON text of our own is none", e);
        }
        return text.toString();
    }
}
