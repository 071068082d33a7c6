package dev.drover.manifests.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.tree.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {
    private static final Tree.Block SCHEMAS = SchemaWriter.kinds(FieldDocs.read());

    @Test
    void every_kind_has_a_schema_by_which_clients_recognise_it() {
        assertThat(names())
                .containsAll(
                        Arrays.stream(Kind.values())
                                .map(kind -> "dev.drover.v1." + kind.text())
                                .toList());
        assertThat(schema("Job"))
                .contains(
                        "\"x-kubernetes-group-version-kind\":[{\"group\":\"drover.dev\","
                                + "\"version\":\"v1\",\"kind\":\"Job\"}]");
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> targets =
                Pattern.compile("#/components/schemas/([\\w.]+)")
                        .matcher(JsonWriter.compact(SCHEMAS))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .distinct()
                        .toList();

        assertThat(targets).hasSizeGreaterThan(70);
        assertThat(names()).containsAll(targets);
    }

    @Test
    void a_field_has_its_type_and_its_comment() {
        assertThat(schema("UpdatePolicy"))
                .contains(
                        "\"minHealthyTime\":{\"description\":\"how long a new copy must be"
                                + " healthy\",\"type\":\"string\",\"format\":\"duration\"}");
    }

    @Test
    void blocks_with_a_name_are_told_apart_by_it() {
        assertThat(schema("JobSpec"))
                .contains(
                        "\"x-kubernetes-list-type\":\"map\","
                                + "\"x-kubernetes-list-map-keys\":[\"name\"]");
    }

    private static List<String> names() {
        return SCHEMAS.fields().stream().map(Tree.Field::name).toList();
    }

    private static String schema(String name) {
        return JsonWriter.compact(SCHEMAS.field("dev.drover.v1." + name).orElseThrow().value());
    }
}
