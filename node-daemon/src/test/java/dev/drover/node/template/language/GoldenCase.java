package dev.drover.node.template.language;

import dev.drover.node.template.functions.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// A template and what Go makes of it: `language.jsonl` was written by Go 1.26's text/template,
/// `functions.jsonl` by consul-template 0.42.1, both over the same templates.
///
/// @param text what Go renders, or empty when Go refuses
/// @param line where Go refuses; 0 when it names none
public record GoldenCase(
        String template,
        Value data,
        Delimiters delimiters,
        MissingKey missingKey,
        Optional<String> text,
        int line) {

    /// The cases of a file beneath `template/`, one JSON object a line.
    public static List<GoldenCase> read(String file) {
        Value shared = integers(Json.read(resource("data.json")));
        return resource(file)
                .lines()
                .filter(line -> !line.startsWith("//"))
                .map(line -> of((Value.Mapping) Json.read(line), shared))
                .toList();
    }

    private static GoldenCase of(Value.Mapping row, Value shared) {
        Value data = row.entries().getOrDefault("data", Value.absent());
        return new GoldenCase(
                text(row, "template"),
                data instanceof Value.Bool ? shared : integers(data),
                new Delimiters(text(row, "left"), text(row, "right")),
                row.entries().containsKey("strict") ? MissingKey.ERROR : MissingKey.NO_VALUE,
                row.entries().containsKey("text")
                        ? Optional.of(text(row, "text"))
                        : Optional.empty(),
                row.entries().get("line") instanceof Value.Real(double line) ? (int) line : 0);
    }

    private static String text(Value.Mapping row, String key) {
        return row.entries().get(key) instanceof Value.Text(String text) ? text : "";
    }

    /// JSON knows no integers, the cases' data does: 5 is one, 1.5 is none.
    private static Value integers(Value value) {
        return switch (value) {
            case Value.Real(double number) when number == Math.rint(number) ->
                    Value.of((long) number);
            case Value.Listing(List<Value> items) ->
                    new Value.Listing(items.stream().map(GoldenCase::integers).toList());
            case Value.Mapping(var entries) -> {
                TreeMap<String, Value> copy = new TreeMap<>(entries);
                copy.replaceAll((_, v) -> integers(v));
                yield new Value.Mapping(copy);
            }
            default -> value;
        };
    }

    private static String resource(String name) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/template/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
