package dev.drover.manifests.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.tree.TreeReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JSON text to its tree. One document, an object; a key twice is a mistake.
public final class JsonReader {

    /// Nesting as in HCL; digits enough for every number that can be printed; texts as large as the
    /// largest file.
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNumberLength(400)
                    .maxStringLength(10_000_000)
                    .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();

    /// How the parser says where an object or list begins that is not closed.
    private static final Pattern OPEN =
            Pattern.compile("start marker at .*line: (\\d+), column: (\\d+)");

    /// What the parser says, and what people understand.
    private record Plain(String begins, String holds, String what, String fix) {}

    private static final List<Plain> PLAIN =
            List.of(
                    new Plain(
                            "Unexpected character ('/')",
                            "comment",
                            "it has no comments",
                            "remove the comment, or write the manifest in YAML or HCL"),
                    new Plain(
                            "Unexpected character ('}')",
                            "field name",
                            "a comma is followed by no field",
                            "remove the comma before the brace"),
                    new Plain(
                            "Unexpected character (']')",
                            "expected a valid value",
                            "a comma is followed by no value",
                            "remove the comma before the bracket"),
                    new Plain(
                            "Unexpected character ('\'')",
                            "",
                            "single quotes are not valid",
                            "use double quotes (\") around texts and names"),
                    new Plain("Non-standard token 'NaN'", "", "NaN is no number", "write a number"),
                    new Plain(
                            "Non-standard token",
                            "Infinity",
                            "Infinity is no number",
                            "write a number"));

    private final Source source;
    private final JsonParser parser;
    private final boolean lastCounts;
    private final List<Problem> problems = new ArrayList<>();

    private JsonReader(Source source, JsonParser parser, boolean lastCounts) {
        this.source = source;
        this.parser = parser;
        this.lastCounts = lastCounts;
    }

    /// The object that the text is, or why it is none.
    public static TreeReading read(Source source) {
        try (JsonParser parser = JSON.createParser(source.text())) {
            return new JsonReader(source, parser, false).read();
        } catch (StreamConstraintsException e) {
            return failed(source, e, Code.LIMIT);
        } catch (JsonProcessingException e) {
            return failed(source, e, Code.SYNTAX);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /// The value that the text is, of any kind; empty when it is no JSON. Of a key that stands
    /// there twice the last one counts.
    public static Optional<Tree> value(Source source) {
        try (JsonParser parser = JSON.createParser(source.text())) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Tree tree = new JsonReader(source, parser, true).value();
            return parser.nextToken() == null ? Optional.of(tree) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static TreeReading failed(Source source, JsonProcessingException e, Code code) {
        Position at = e.getLocation() == null ? Position.START : position(source, e.getLocation());
        String message = e.getOriginalMessage().replaceAll(" \\(code \\d+[^)]*\\)", "");
        Matcher open = OPEN.matcher(message);
        for (Plain plain : PLAIN) {
            if (message.startsWith(plain.begins()) && message.contains(plain.holds())) {
                String words = "this is not valid JSON: " + plain.what();
                Problem problem = Problem.at(source, at, code, words, plain.fix());
                return new TreeReading(List.of(), List.of(problem));
            }
        }
        String what =
                open.find()
                        ? "the text ends before what begins at line %s, column %s is closed"
                                .formatted(open.group(1), open.group(2))
                        : message.replaceAll("(?s)\\n.*", "");
        String fix = message.contains("start marker") ? "add the closing bracket" : "";
        Problem problem = Problem.at(source, at, code, "this is not valid JSON: " + what, fix);
        return new TreeReading(List.of(), List.of(problem));
    }

    private TreeReading read() throws IOException {
        if (parser.nextToken() == null) {
            return new TreeReading(List.of(), List.of());
        }
        Tree tree = value();
        if (parser.nextToken() != null) {
            report(here(), Code.SYNTAX, "there is more text behind the end of the JSON value", "");
        }
        if (!(tree instanceof Tree.Block block)) {
            report(tree.position(), Code.SYNTAX, "an object is expected here", "begin with {");
            return new TreeReading(List.of(), problems);
        }
        return new TreeReading(List.of(block), problems);
    }

    private Tree value() throws IOException {
        Position at = here();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> new Tree.Block(at, List.of(), fields());
            case START_ARRAY -> new Tree.Listing(at, items());
            case VALUE_STRING -> new Tree.Text(at, text(at, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(at);
            case VALUE_TRUE -> new Tree.Flag(at, true);
            case VALUE_FALSE -> new Tree.Flag(at, false);
            case VALUE_NULL -> new Tree.Nothing(at);
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value begins with " + token);
        };
    }

    /// A text, if its bytes were one: an escape may say what no bytes can.
    private String text(Position at, String text) {
        if (!text.contains(Source.NO_TEXT)) {
            return text;
        }
        int bytes = source.text().indexOf(Source.NO_TEXT, source.offset(at));
        if (bytes >= 0 && bytes < parser.currentLocation().getCharOffset()) {
            report(at, Code.CHARACTER, Source.NOT_UTF_8, Source.SAVE_AS_UTF_8);
        }
        return text;
    }

    private List<Tree.Field> fields() throws IOException {
        List<Tree.Field> fields = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Position at = here();
            String name = text(at, parser.currentName());
            parser.nextToken();
            Tree value = value();
            Position before = seen.putIfAbsent(name, at);
            if (lastCounts && before != null) {
                fields.removeIf(field -> field.name().equals(name));
            }
            if (before == null || lastCounts) {
                fields.add(new Tree.Field(at, name, Tree.Form.ARGUMENT, value));
            } else {
                report(
                        at,
                        Code.DUPLICATE,
                        "\""
                                + name
                                + "\" is already given at line "
                                + before.line()
                                + ", column "
                                + before.column(),
                        "keep one of the two");
            }
        }
        return fields;
    }

    private List<Tree> items() throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return items;
    }

    private Tree number(Position at) throws IOException {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > 400) {
            throw new StreamConstraintsException(
                    "the number is too large", parser.currentTokenLocation());
        }
        return new Tree.Num(at, number);
    }

    private Position here() {
        return position(source, parser.currentTokenLocation());
    }

    private static Position position(Source source, JsonLocation location) {
        return source.at((int) Math.max(0, location.getCharOffset()));
    }

    private void report(Position at, Code code, String what, String fix) {
        problems.add(Problem.at(source, at, code, what, fix));
    }
}
