package dev.drover.manifests.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.shape.Records;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferTest {
    private static final String JOB =
            """
            job "web" {
              group "app" {
                count = 2

                network {
                  port "http" {}
                }

                task "api" {
                  driver = "raw_exec"

                  config {
                    command = "/bin/web"
                    args    = ["-p", "80"]
                  }

                  env {
                    MODE        = "a"
                    DB_PASSWORD = "one"
                  }
                }
              }
            }
            """;

    private static final String DB =
            "group \"db\" {\n count = 1\n task \"db\" {\n driver = \"fake\"\n }\n}\n";

    @Test
    void nothing_differs_from_itself() {
        assertThat(Differ.jobs(spec(JOB), spec(JOB))).isEmpty();
    }

    @Test
    void a_default_that_is_written_out_is_no_change() {
        String written =
                JOB.replace("count = 2", "count = 2\n    restart {\n      attempts = 2\n    }");

        assertThat(Differ.jobs(spec(JOB), spec(written))).isEmpty();
    }

    @Test
    void a_count_makes_no_allocation_another() {
        assertThat(text(JOB.replace("count = 2", "count = 3")))
                .isEqualTo(
                        """
                        ~ group "app"
                          ~ count: 2 → 3  (ignore)
                        """);
    }

    @Test
    void another_argument_replaces() {
        assertThat(text(JOB.replace("\"80\"", "\"8080\"")))
                .isEqualTo(
                        """
                        ~ group "app"
                          ~ task "api"
                            ~ config
                              ~ args: ["-p", "80"] → ["-p", "8080"]  (replace)
                        """);
    }

    @Test
    void a_kill_timeout_works_on_what_runs() {
        assertThat(text(JOB.replace("driver =", "kill_timeout = \"9s\"\n      driver =")))
                .contains("killTimeout: 5s → 9s  (in place)");
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(text(JOB.replace("\"one\"", "\"two\"").replace("\"a\"", "\"b\"")))
                .contains("DB_PASSWORD: <hidden> → <hidden> (other)", "MODE: \"a\" → \"b\"")
                .doesNotContain("one", "two");
    }

    @Test
    void a_part_that_comes_is_shown_whole() {
        String more =
                JOB.replace(
                        "port \"http\" {}",
                        "port \"http\" {}\n      port \"admin\" {\n        static = 99\n      }");

        assertThat(text(more))
                .contains("+ port \"admin\"", "+ staticPort: 99  (replace)")
                .doesNotContain("port \"http\"");
    }

    @Test
    void the_order_of_blocks_without_a_name_is_no_change() {
        String one = "constraint {\n attribute = \"${attr.a}\"\n value = \"1\"\n}\n";
        String two = "constraint {\n attribute = \"${attr.b}\"\n value = \"2\"\n}\n";
        String before = JOB.replace("group \"app\"", one + two + "group \"app\"");
        String after = JOB.replace("group \"app\"", two + one + "group \"app\"");

        assertThat(DiffText.of(Differ.jobs(spec(before), spec(after)))).isEmpty();
    }

    @Test
    void the_order_of_names_in_a_set_is_no_change() {
        String before = JOB.replace("group \"app\"", "datacenters = [\"a\", \"b\"]\ngroup \"app\"");
        String after = before.replace("[\"a\", \"b\"]", "[\"b\", \"a\"]");
        String other = before.replace("[\"a\", \"b\"]", "[\"b\", \"c\"]");

        assertThat(Differ.jobs(spec(before), spec(after))).isEmpty();
        assertThat(DiffText.of(Differ.jobs(spec(before), spec(other))))
                .contains("~ datacenters: [\"a\", \"b\"] → [\"b\", \"c\"]");
        String more = before.replace("[\"a\", \"b\"]", "[\"c\", \"b\", \"a\"]");
        assertThat(DiffText.of(Differ.jobs(spec(before), spec(more))))
                .contains("~ datacenters: [\"a\", \"b\"] → [\"a\", \"b\", \"c\"]");
    }

    @Test
    void each_group_is_touched_by_its_own_changes_only() {
        String other =
                "\n  group \"db\" {\n    task \"db\" {\n      driver = \"fake\"\n    }\n  }\n}\n";
        String two = JOB.substring(0, JOB.length() - 2) + other;
        List<Diff> differences = Differ.jobs(spec(two), spec(two.replace("\"80\"", "\"81\"")));

        assertThat(Differ.effectOn("app", differences)).isEqualTo(Effect.REPLACE);
        assertThat(Differ.effectOn("db", differences)).isEqualTo(Effect.IGNORE);
    }

    @Test
    void who_may_enter_is_not_shown_in_an_address() {
        String open = JOB.replace("/bin/web", "https://u:pw@example.org/web");

        assertThat(text(open))
                .contains("\"https://<hidden>@example.org/web\"")
                .doesNotContain("pw");
    }

    @Test
    void secrets_inside_of_texts_are_not_shown() {
        String before = JOB.replace("\"80\"", "\"--api-token=one\", \"PASSWORD: 'two'\"");

        assertThat(DiffText.of(Differ.jobs(spec(before), spec(before.replace("one", "other")))))
                .contains("\"--api-token=<hidden>\"", " (other)")
                .doesNotContain("one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "args = [\"--token\", \"ONE\", \"-v\"]",
                "args = [\"https://example.org/x?sshkey=ONE\"]",
                "args = [\"DB_PASS=ONE MYSQL_PWD=ONE\"]",
                "args = [\"Authorization: Bearer ONE\"]",
                "args = [\"-----BEGIN RSA PRIVATE KEY-----\\nONE\\n-----END RSA PRIVATE KEY-----\\n\"]",
                "options = { ssh_key = \"ONE\", signing-key = \"ONE\" }",
                "sshkey = \"ONE\"",
            })
    void secrets_of_other_forms_are_not_shown(String argument) {
        String before = JOB.replace("command =", argument.replace("args", "more") + "\ncommand =");

        assertThat(DiffText.of(Differ.jobs(spec(before), spec(before.replace("ONE", "TWO")))))
                .contains("<hidden>", " (other)")
                .doesNotContain("ONE", "TWO");
    }

    @Test
    void of_long_texts_the_place_is_shown_where_they_differ() {
        String template =
                "template {\n destination = \"local/a\"\n data = \"" + "x".repeat(500) + "%s\"\n}";
        String before = JOB.replace("driver =", template.formatted("before") + "\n driver =");
        String after = JOB.replace("driver =", template.formatted("after") + "\n driver =");

        assertThat(DiffText.of(Differ.jobs(spec(before), spec(after))))
                .contains("…xxx", "xbefore\" → …", "xafter\"  (replace)");
    }

    @Test
    void programs_get_the_same_as_a_tree() {
        assertThat(json(JOB, JOB.replace("count = 2", "count = 3")))
                .isEqualTo(
                        "[{\"name\":\"group \\\"app\\\"\",\"change\":\"changed\","
                                + "\"effect\":\"ignore\",\"inside\":"
                                + "[{\"name\":\"count\",\"change\":\"changed\","
                                + "\"effect\":\"ignore\",\"before\":2,\"after\":3}]}]");
    }

    @Test
    void programs_get_values_of_their_own_types() {
        String before = JOB.replace("driver =", "kill_timeout = \"9s\"\n leader = true\n driver =");
        String after =
                JOB.replace("\"80\"]", "\"8080\"]\n limits = { n = 1.5, on = true, no = null }");

        assertThat(json(before, after))
                .contains(
                        "\"before\":[\"-p\",\"80\"],\"after\":[\"-p\",\"8080\"]",
                        "\"after\":{\"n\":1.5,\"no\":null,\"on\":true}",
                        "\"before\":true",
                        "\"before\":\"9s\",\"after\":\"5s\"");
    }

    @Test
    void programs_get_long_texts_whole() {
        String long1 = "x".repeat(500);

        assertThat(json(JOB.replace("/bin/web", long1), JOB))
                .contains("\"before\":\"" + long1 + "\",\"after\":\"/bin/web\"");
    }

    @Test
    void programs_are_told_of_secrets_but_not_the_secrets() {
        String after =
                JOB.replace("\"one\"", "\"two\"")
                        .replace("\"80\"", "\"80\", \"--api-token=three\"");

        assertThat(json(JOB, after))
                .contains(
                        "{\"name\":\"DB_PASSWORD\",\"change\":\"changed\",\"effect\":\"replace\","
                                + "\"before\":\"<hidden>\",\"after\":\"<hidden>\",\"hidden\":true}",
                        "\"after\":[\"-p\",\"80\",\"--api-token=<hidden>\"],\"hidden\":true")
                .doesNotContain("one", "two", "three");
    }

    @Test
    void a_block_that_comes_without_a_field_says_what_it_does() {
        String after = JOB.replace("driver =", "csi_plugin {}\n driver =");
        List<Diff> differences = List.of(Differ.jobs(spec(JOB), spec(after)).getFirst());

        assertThat(differences.getFirst().strongest()).isEqualTo(Effect.REPLACE);
        assertThat(text(after)).contains("+ csiPlugin");
    }

    @Test
    void nothing_runs_of_a_group_that_comes() {
        String more = JOB.replace("group \"app\"", DB + "group \"app\"");

        assertThat(text(more)).contains("+ group \"db\"", "  (ignore)").doesNotContain("(replace)");
    }

    @Test
    void what_ran_of_a_group_that_goes_is_stopped() {
        String before = JOB.replace("group \"app\"", DB + "group \"app\"");

        assertThat(DiffText.of(Differ.jobs(spec(before), spec(JOB))))
                .contains("- group \"db\"", "  (stop)")
                .doesNotContain("(replace)", "(ignore)");
    }

    @Test
    void a_job_that_is_to_stop_stops_what_runs() {
        JobSpec stopped = Records.with(spec(JOB), "stop", Optional.of(true));

        assertThat(DiffText.of(Differ.jobs(spec(JOB), stopped)))
                .isEqualTo("+ stop: true  (stop)\n");
    }

    @Test
    void a_review_gets_a_table() {
        String after = JOB.replace("\"80\"", "\"a|b`c\"").replace("port \"http\" {}", "");

        assertThat(DiffMarkdown.of(Differ.jobs(spec(JOB), spec(after))))
                .isEqualTo(
                        """
                        | | field | before | after | what runs |
                        |---|---|---|---|---|
                        | - | group "app" › network › port "http" › label | `"http"` |  | replace |
                        | - | group "app" › network › port "http" › hostNetwork | `"default"` |  | replace |
                        | - | group "app" › network › port "http" › ignoreCollision | `false` |  | replace |
                        | ~ | group "app" › task "api" › config › args | `["-p", "80"]` | ``["-p", "a\\|b`c"]`` | replace |
                        """);
    }

    private static String json(String before, String after) {
        return JsonWriter.compact(DiffJson.of(Differ.jobs(spec(before), spec(after))));
    }

    private static String text(String after) {
        return DiffText.of(Differ.jobs(spec(JOB), spec(after)));
    }

    private static JobSpec spec(String text) {
        return switch (Manifests.read(text, "web.hcl", Syntax.HCL, Inputs.none())) {
            case Read.Resources(var manifests, _) ->
                    Defaults.applied(
                            ((Job) manifests.getFirst().resource()).spec(), Defaults.LEVEL);
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }
}
