package dev.drover.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of RFC 7386, appendix A.
class MergePatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
                "{\"a\":\"foo\"} | {\"a\":{\"b\":null}} | {\"a\":{}}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
            })
    void changes_what_it_names_and_nothing_else(String document, String patch, String merged)
            throws IOException {
        assertThat(MergePatch.merge(value(document), value(patch))).isEqualTo(value(merged));
    }

    /// A document, read as the config of a task: the one place of a job that has no schema.
    private static Value value(String json) throws IOException {
        JobSpec job =
                RecordJson.read(
                        JobSpec.class,
                        """
                        {"groups":[{"name":"g","tasks":[{"name":"t","driver":"d","config":%s}]}]}
                        """
                                .formatted(json));
        return new Value.Fields(job.groups().getFirst().tasks().getFirst().config());
    }
}
