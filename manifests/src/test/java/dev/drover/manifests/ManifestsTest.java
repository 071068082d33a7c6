package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    private static final String HELLO =
            """
            job "hello" {
              type        = "batch"
              datacenters = ["dc1"]

              group "example" {
                count = 2

                task "hello" {
                  driver = "raw_exec"

                  config {
                    command = "/bin/echo"
                    args    = ["from", "${NOMAD_ALLOC_NAME}"]
                  }

                  env {
                    RETRIES = 3
                  }
                }
              }
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Job\": {\"Name\": \"a\", \"TaskGroups\": [GROUP]}}",
                "{\"Job\": {\"ID\": \"\", \"TaskGroups\": [GROUP]}}",
                "{\"Job\": {\"ID\": 5, \"TaskGroups\": [GROUP]}}",
                "{\"job\": {\"\": {\"group\": {\"g\": {\"task\": {\"t\": {\"driver\": \"fake\"}}}}}}}",
                "{\"job\": {\"a\": {\"id\": \"\", \"group\": {\"g\": {\"task\": {\"t\": {\"driver\": \"fake\"}}}}}}}",
            })
    void a_job_has_a_name(String text) {
        String group = "{\"Name\": \"g\", \"Tasks\": [{\"Name\": \"t\", \"Driver\": \"fake\"}]}";

        assertThat(Manifests.check(text.replace("GROUP", group), "a", Syntax.JSON, Inputs.none()))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        read ->
                                assertThat(read.problems())
                                        .extracting(Problem::what)
                                        .containsExactly("the job has no name"));
    }

    @Test
    void a_job_file_becomes_a_job() {
        Job job = job(HELLO, Syntax.HCL);

        assertThat(job.metadata().name()).isEqualTo("hello");
        assertThat(job.spec().type()).contains(JobType.BATCH);
        assertThat(job.spec().datacenters()).containsExactly("dc1");
        assertThat(job.spec().group("example").orElseThrow().count()).contains(2);
    }

    @Test
    void what_only_the_node_knows_stays_as_text() {
        Task task = task(job(HELLO, Syntax.HCL));

        assertThat(task.config())
                .containsEntry(
                        "args",
                        new Value.Items(
                                List.of(
                                        new Value.Text("from"),
                                        new Value.Text("${NOMAD_ALLOC_NAME}"))));
    }

    @Test
    void numbers_are_text_where_text_is_wanted() {
        assertThat(task(job(HELLO, Syntax.HCL)).env()).isEqualTo(Map.of("RETRIES", "3"));
    }

    @Test
    void what_nobody_states_is_absent() {
        Job job = job("job \"a\" {}", Syntax.HCL);

        assertThat(job.spec().priority()).isEqualTo(Optional.empty());
        assertThat(job.metadata().namespace()).isEmpty();
    }

    @Test
    void a_spec_that_is_not_written_says_nothing_and_what_it_may_not_leave_out_has_a_name() {
        String manifest = "apiVersion: drover.dev/v1\nkind: %s\nmetadata: {name: a}\n";

        assertThat(check(manifest.formatted("Namespace"))).isEmpty();
        assertThat(check(manifest.formatted("GitSource"))).contains("E1205 url is required");
        assertThat(check(manifest.formatted("Hold"))).contains("kind: this field is required");
    }

    private static String check(String yaml) {
        return String.join("", texts(Manifests.check(yaml, "a", Syntax.YAML, Inputs.none())));
    }

    @Test
    void every_mistake_of_a_file_is_found_at_once() {
        Read read =
                Manifests.read(
                        """
                        job "a" {
                          piority = 50
                          group "g" {
                            count = "three"
                            task "t" {
                              drver = "exec"
                            }
                          }
                        }
                        """,
                        "a.hcl",
                        Syntax.HCL,
                        Inputs.none());

        assertThat(texts(read))
                .containsExactly(
                        """
                        a.hcl:2:3 E1203 there is no field "piority" here
                              piority = 50
                              ^
                          fix: did you mean "priority"?\
                        """,
                        """
                        a.hcl:4:13 E1204 group "g".count: a number is required here, not "three"
                                count = "three"
                                        ^
                          why: %s
                          fix: %s\
                        """
                                .formatted(Code.WRONG_TYPE.why(), Code.WRONG_TYPE.fix()),
                        """
                        a.hcl:6:7 E1203 group "g".task "t": there is no field "drver" here
                                  drver = "exec"
                                  ^
                          fix: did you mean "driver"?\
                        """);
    }

    @Test
    void a_text_in_utf_16_is_called_so() {
        for (Charset charset :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_16)) {
            byte[] bytes = "job \"a\" {\n}\n".getBytes(charset);
            String decoded =
                    new String(bytes, StandardCharsets.UTF_8).replace("\uFFFD", Source.NO_TEXT);
            for (Syntax syntax : Syntax.values()) {
                assertThat(texts(Manifests.read(decoded, "a", syntax, Inputs.none())))
                        .singleElement()
                        .asString()
                        .startsWith("a:1:1 E1004 this is a text in UTF-16");
            }
        }
    }

    private static Job job(String text, Syntax syntax) {
        return switch (Manifests.read(text, "test", syntax, Inputs.none())) {
            case Read.Resources(List<Manifest> manifests, _) ->
                    (Job) manifests.getFirst().resource();
            case Read.Problems problems ->
                    throw new AssertionError(String.join("\n", texts(problems)));
        };
    }

    private static Task task(Job job) {
        return job.spec().groups().getFirst().tasks().getFirst();
    }

    private static List<String> texts(Read read) {
        return switch (read) {
            case Read.Resources _ -> List.of();
            case Read.Problems problems ->
                    problems.problems().stream().map(problem -> problem.text()).toList();
        };
    }

    @Test
    void what_is_no_utf_8_is_a_mistake_in_a_string_and_none_in_a_comment() {
        String comment = "job \"x\" {\n  # caf\uFFFF\n}\n";
        String string = "job \"x\" {\n  region = \"caf\uFFFF\"\n}\n";

        assertThat(Manifests.read(comment, "x.hcl", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
        assertThat(Manifests.read(string, "x.hcl", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Problems.class);
    }
}
