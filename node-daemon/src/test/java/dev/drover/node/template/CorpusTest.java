package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.drover.node.template.TextTemplate.Parsed;
import dev.drover.node.template.language.Delimiters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Templates that other people wrote, where the collection of them lies beside the project.
class CorpusTest {

    private static final Path JOBS = Path.of("../../shared/corpus/expected.jsonl");

    private record Body(String text, Delimiters delimiters) {}

    static boolean present() {
        return Files.exists(JOBS);
    }

    @Test
    @EnabledIf("present")
    void every_template_of_real_jobs_is_read() throws IOException {
        Set<Body> bodies = new LinkedHashSet<>();
        for (String line : Files.readAllLines(JOBS)) {
            collect(line, bodies);
        }
        TreeMap<String, String> refused = new TreeMap<>();

        for (Body body : bodies) {
            if (TextTemplate.parse(body.text(), body.delimiters())
                    instanceof Parsed.Wrong(var mistake)) {
                refused.put(body.text(), mistake.toString());
            }
        }

        assertThat(bodies).hasSizeGreaterThan(100);
        assertThat(refused).isEmpty();
    }

    /// Each object that has a field `EmbeddedTmpl`.
    private static void collect(String json, Set<Body> into) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            String text = "";
            String left = "";
            String right = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    String name = String.valueOf(parser.currentName());
                    text = name.equals("EmbeddedTmpl") ? parser.getText() : text;
                    left = name.equals("LeftDelim") ? parser.getText() : left;
                    right = name.equals("RightDelim") ? parser.getText() : right;
                }
                if (token == JsonToken.END_OBJECT && !text.isEmpty()) {
                    into.add(new Body(text, new Delimiters(left, right)));
                    text = "";
                    left = "";
                    right = "";
                }
            }
        }
    }
}
