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
import java.util.List;
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
        List<Diff> differences =
                Differ.jobs(spec(JOB), spec(JOB.replace("count = 2", "count = 3")));

        assertThat(JsonWriter.compact(DiffJson.of(differences)))
                .isEqualTo(
                        "[{\"name\":\"group \\\"app\\\"\",\"change\":\"changed\",\"inside\":"
                                + "[{\"name\":\"count\",\"change\":\"changed\",\"before\":\"2\","
                                + "\"after\":\"3\",\"effect\":\"ignore\"}]}]");
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
