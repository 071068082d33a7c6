package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// HCL's JSON syntax: what HCL's own syntax says, with objects. Places are those that HCL's own
/// implementation names.
class HclJsonTest {

    @Test
    void a_job_reads_as_in_hcls_own_syntax() throws IOException {
        assertThat(resources("example.nomad.json")).isEqualTo(resources("example.nomad.hcl"));
    }

    @Test
    void blocks_repeat_in_lists_and_have_their_labels_around_them() {
        String text =
                """
                {"job": [{"x": [{"group": [
                  {"g": [{"task": [{"t": [{"driver": "exec", "config": [{"command": "a"}]}]}, {"u": {}}]}]},
                  {"h": {"//": "nothing here"}}
                ]}]}]}
                """;
        String same =
                """
                job "x" {
                  group "g" {
                    task "t" {
                      driver = "exec"
                      config {
                        command = "a"
                      }
                    }
                    task "u" {
                    }
                  }
                  group "h" {
                  }
                }
                """;

        assertThat(read(text, Syntax.JSON)).isEqualTo(read(same, Syntax.HCL));
    }

    @Test
    void dynamic_blocks_unfold() {
        String text =
                """
                {"variables": {"names": ["a", "b"]}, "job": {"x": {"group": {"g": {"network": {
                  "dynamic": {"port": {
                    "for_each": "${var.names}",
                    "iterator": "it",
                    "labels": ["${it.value}"],
                    "content": {"to": "${it.key}"}}}}}}}}}
                """;
        String same =
                """
                job "x" {
                  group "g" {
                    network {
                      port "a" {
                        to = 0
                      }
                      port "b" {
                        to = 1
                      }
                    }
                  }
                }
                """;

        assertThat(read(text, Syntax.JSON)).isEqualTo(read(same, Syntax.HCL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"job": {"x": {"region": "${nofunc(1)}"}}}      | 1:29 | there is no function
                    {"job": {"x": {"region": "${var.a}"}}}          | 1:32 | is not declared
                    {"job": {"x": {"region": "a${"}}}               | 1:30 | a value is expected
                    {"job": {"x": {"datacenters": "dc1"}}}          | 1:31 | a list is required
                    {"job": {"x": {"group": {"g": {"tsk": 1}}}}}    | 1:32 | there is no field
                    {"job": {"x": {"group": "foo"}}}                | 1:25 | is a block
                    {"job": {"x": {"-": true}}}                     | 1:16 | there is no field
                    {"job": {}}                                     | 1:9  | has no name
                    {"job": {"x": {"group": null}}}                 | 1:25 | has no name
                    {"job": {"x": {"group": []}}}                   | 1:25 | has no name
                    {"job": {"x": {"group": [{}, null]}}}           | 1:25 | has no name
                    {"job": {"x": {}}, "jab": 1}                    | 1:20 | cannot stand at the top
                    {"variable": {"a": {"type": "strng"}}}          | 1:29 | this is not a type
                    {"job": {"x": {"region": "€𝄞${1 +}"}}}          | 1:34 | a value is expected
                    """)
    void a_mistake_has_its_place(String text, String place, String what) {
        assertThat(read(text, Syntax.JSON))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems -> {
                            Problem first = problems.problems().getFirst();
                            assertThat(first.what()).contains(what);
                            assertThat(first.place().orElseThrow().position()).hasToString(place);
                        });
    }

    private static Object resources(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HclJsonTest.class.getResourceAsStream("hcljson/" + name))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return read(text, Syntax.of(name, text));
        }
    }

    /// The resources, or the answer as it is when there are none.
    private static Object read(String text, Syntax syntax) {
        Read read = Manifests.read(text, "job", syntax, Inputs.none());
        return read instanceof Read.Resources(List<Manifest> manifests, _)
                ? manifests.stream().map(Manifest::resource).toList()
                : read;
    }
}
