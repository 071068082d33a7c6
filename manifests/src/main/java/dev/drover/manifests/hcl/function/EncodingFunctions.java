package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.yaml.YamlReader;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Functions that turn values into text of some format and back.
final class EncodingFunctions {
    /// What reading a text needs, in texts of its length: a value of two characters has a place, a
    /// name and its own object.
    private static final int JSON_PARTS = 6;

    private static final int YAML_PARTS = 48;

    /// Buffers of a reader, in characters.
    private static final int READER = 4_000;

    static final List<Definition> ALL =
            List.of(
                    Definition.of("base64encode", 1, EncodingFunctions::base64Encoded),
                    Definition.of("base64decode", 1, (a, _) -> base64Decoded(text(a, 0))),
                    Definition.of("csvdecode", 1, (a, budget) -> csv(text(a, 0), budget)),
                    Definition.of(
                                    "jsonencode",
                                    1,
                                    (a, budget) -> Value.of(GoJson.text(a.getFirst(), budget)))
                            .withNulls(),
                    Definition.of(
                            "jsondecode",
                            1,
                            (a, budget) ->
                                    decoded(
                                            "JSON",
                                            JsonReader.value(source("JSON", a, JSON_PARTS, budget)),
                                            budget)),
                    Definition.of(
                            "urlencode",
                            1,
                            (a, _) ->
                                    Value.of(
                                            URLEncoder.encode(text(a, 0), StandardCharsets.UTF_8)
                                                    .replace("*", "%2A")
                                                    .replace("%7E", "~"))),
                    Definition.of(
                                    "yamlencode",
                                    1,
                                    (a, budget) -> Value.of(YamlText.of(a.getFirst(), budget)))
                            .withNulls(),
                    Definition.of(
                            "yamldecode",
                            1,
                            (a, budget) ->
                                    decoded(
                                            "YAML",
                                            YamlReader.value(source("YAML", a, YAML_PARTS, budget)),
                                            budget)));

    /// Half a character, as JSON can have one; it becomes a replacement character.
    private static final Pattern LONE_SURROGATE =
            Pattern.compile(
                    "(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])");

    private EncodingFunctions() {}

    private static Value produced(String text, Budget budget) {
        budget.produce(text.length());
        return Value.of(text);
    }

    private static Value base64Encoded(List<Value> arguments, Budget budget) {
        return produced(
                Base64.getEncoder()
                        .encodeToString(text(arguments, 0).getBytes(StandardCharsets.UTF_8)),
                budget);
    }

    private static Value base64Decoded(String text) {
        try {
            String joined = text.replace("\n", "").replace("\r", "");
            if (joined.length() % 4 != 0) {
                throw Mistake.of("the text is not base64: it is not padded with =");
            }
            byte[] bytes = Base64.getDecoder().decode(joined);
            return Value.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException e) {
            throw Mistake.of("the text is not base64");
        } catch (CharacterCodingException e) {
            throw Mistake.of("what the base64 stands for is no text");
        }
    }

    private static Source source(String format, List<Value> arguments, int parts, Budget budget) {
        String text = text(arguments, 0);
        budget.produce(READER + (long) parts * text.length());
        return new Source(format, text);
    }

    private static Value decoded(String format, Optional<Tree> tree, Budget budget) {
        return value(tree.orElseThrow(() -> Mistake.of("the text is not valid " + format)), budget);
    }

    private static Value value(Tree tree, Budget budget) {
        budget.step();
        return switch (tree) {
            case Tree.Text(_, String text) ->
                    Value.of(LONE_SURROGATE.matcher(text).replaceAll("\uFFFD"));
            case Tree.Num(_, BigDecimal number) -> Value.of(number);
            case Tree.Flag(_, boolean flag) -> Value.of(flag);
            case Tree.Nothing _ -> Value.nothing();
            case Tree.Listing listing ->
                    new Value.Tuple(
                            listing.items().stream().map(item -> value(item, budget)).toList());
            case Tree.Block block -> {
                Map<String, Value> entries = new TreeMap<>();
                block.fields()
                        .forEach(field -> entries.put(field.name(), value(field.value(), budget)));
                yield new Value.Structure(Value.sorted(entries));
            }
        };
    }

    /// One object per line; the first line names the attributes.
    private static Value csv(String text, Budget budget) {
        budget.produce((long) JSON_PARTS * text.length());
        List<List<String>> lines = Csv.lines(text);
        if (lines.isEmpty()) {
            throw Mistake.of("the first line with the names is missing");
        }
        List<String> names = lines.getFirst();
        if (names.stream().distinct().count() < names.size()) {
            throw Mistake.of("the first line names a column twice");
        }
        List<Value> objects = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            budget.steps(names.size());
            if (line.size() != names.size()) {
                throw Mistake.of(
                        "line %d has %d columns, and the first one %d"
                                .formatted(objects.size() + 2, line.size(), names.size()));
            }
            Map<String, Value> object = new TreeMap<>();
            for (int i = 0; i < names.size(); i++) {
                object.put(names.get(i), Value.of(line.get(i)));
            }
            objects.add(new Value.Structure(Value.sorted(object)));
        }
        return new Value.Listing(objects);
    }
}
