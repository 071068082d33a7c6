package dev.drover.manifests.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Records of the model and of the wire as JSON and back, for programs: no positions, no problems.
///
/// A field is called like its component. Absent and empty ones are left out, and what is missing
/// reads as empty, zero or absent. Durations are written like `1m30s`, times in ISO 8601, constants
/// in lower case, variants of a sealed interface as objects whose `type` is the variant's name.
/// Unknown fields are skipped: a newer program wrote them.
public final class RecordJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RecordJson() {}

    /// The record on one line.
    public static String text(Record value) {
        return written(json -> Writing.record(json, value));
    }

    /// The resource on one line, as a manifest: with `apiVersion` and `kind`.
    public static String manifest(Resource resource) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringField("apiVersion", Kind.API_VERSION);
            json.writeStringField("kind", resource.kind().text());
            Writing.components(json, (Record) resource);
            json.writeEndObject();
        });
    }

    /// A value without a schema, on one line.
    public static String value(Value value) {
        return written(json -> Writing.value(json, value));
    }

    /// Reads what [#text(Record)] wrote.
    ///
    /// @throws IOException when this is not such a record; says where
    public static <T extends Record> T read(Class<T> type, String text) throws IOException {
        return type.cast(parsed(text, json -> Reading.record(json, type)));
    }

    /// Reads an object without a schema.
    ///
    /// @throws IOException when this is no JSON object; says where
    public static Value.Fields fields(String text) throws IOException {
        return (Value.Fields) parsed(text, Reading::value);
    }

    static String written(Step step) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            step.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string refused to be written", e);
        }
        return text.toString();
    }

    static Object parsed(String text, Reader reader) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            Object value = reader.read(json);
            if (json.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return value;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // a constructor refused what it was given
        }
    }

    interface Step {
        void write(JsonGenerator json) throws IOException;
    }

    interface Reader {
        /// Reads the value that begins with the current token, and stops at its last one.
        Object read(JsonParser json) throws IOException;
    }
}
