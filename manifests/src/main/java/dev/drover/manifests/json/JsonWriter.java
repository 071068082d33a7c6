package dev.drover.manifests.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;

/// A tree to JSON: for people, two blanks a level; for programs, on one line.
public final class JsonWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonWriter() {}

    /// Over several lines, with a line break at the end.
    public static String pretty(Tree tree) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines);
        return write(tree, printer) + "\n";
    }

    /// On one line, without blanks or line breaks.
    public static String compact(Tree tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            write(tree, generator);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private static String write(Tree tree, PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            generator.setPrettyPrinter(printer);
            write(tree, generator);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /// What stands for bytes that are no text is written as an escape where somebody means it.
    private static JsonGenerator generator(StringWriter into) throws IOException {
        return JSON.createGenerator(into).setHighestNonEscapedChar(Source.NO_TEXT.charAt(0) - 1);
    }

    /// The tree as events of a generator: of JSON, or of what has a generator of the same kind.
    public static void write(Tree tree, JsonGenerator generator) throws IOException {
        switch (tree) {
            case Tree.Text(_, String text) -> generator.writeString(text);
            case Tree.Num number -> number(number, generator);
            case Tree.Flag(_, boolean flag) -> generator.writeBoolean(flag);
            case Tree.Nothing _ -> generator.writeNull();
            case Tree.Listing listing -> {
                generator.writeStartArray();
                for (Tree item : listing.items()) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case Tree.Block block -> {
                generator.writeStartObject();
                for (Tree.Field field : block.fields()) {
                    generator.writeFieldName(field.name());
                    write(field.value(), generator);
                }
                generator.writeEndObject();
            }
        }
    }

    /// As many digits as the number has, never an exponent: some readers take those for a fraction.
    private static void number(Tree.Num number, JsonGenerator generator) throws IOException {
        BigDecimal value = new BigDecimal(number.plain());
        if (value.scale() <= 0) {
            generator.writeNumber(value.toBigInteger());
        } else {
            generator.writeNumber(number.plain());
        }
    }
}
