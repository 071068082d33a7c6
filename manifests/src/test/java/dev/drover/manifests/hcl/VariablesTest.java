package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.function.Files;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VariablesTest {
    private static final String TEXT =
            """
            variable "count" {
              type = number
              validation {
                condition     = var.count < 10
                error_message = "count is below ten"
              }
            }
            job "x" {
              priority = var.count
            }
            """;

    private static final Source FILE = new Source("a.vars", "count = 5\n");
    private static final Source JSON = new Source("a.json", "{\"count\": 6}");

    private static Inputs inputs(
            Map<String, String> environment, List<Source> files, Map<String, String> arguments) {
        return new Inputs(environment, files, arguments, Files.none());
    }

    private static int priority(Inputs inputs) {
        return switch (Manifests.read(TEXT, "x.hcl", Syntax.HCL, inputs)) {
            case Read.Resources(var manifests, _) ->
                    ((Job) manifests.getFirst().resource()).spec().priority().orElseThrow();
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }

    private static List<Problem> problems(Inputs inputs) {
        return switch (Manifests.read(TEXT, "x.hcl", Syntax.HCL, inputs)) {
            case Read.Resources(_, var warnings) -> warnings;
            case Read.Problems(var problems, _) -> problems;
        };
    }

    @Test
    void arguments_win_over_files_and_those_over_the_environment() {
        Map<String, String> environment = Map.of("count", "4");

        assertThat(priority(inputs(environment, List.of(), Map.of()))).isEqualTo(4);
        assertThat(priority(inputs(environment, List.of(FILE), Map.of()))).isEqualTo(5);
        assertThat(priority(inputs(environment, List.of(FILE, JSON), Map.of()))).isEqualTo(6);
        assertThat(priority(inputs(environment, List.of(JSON, FILE), Map.of("count", "7"))))
                .isEqualTo(7);
    }

    @Test
    void what_is_wrong_with_a_variable_is_said_once() {
        assertThat(problems(Inputs.none()))
                .extracting(Problem::code)
                .containsExactly(Code.UNSET_VARIABLE);
        assertThat(problems(inputs(Map.of(), List.of(), Map.of("count", "many"))))
                .extracting(Problem::code)
                .containsExactly(Code.INVALID_VARIABLE);
        assertThat(problems(inputs(Map.of(), List.of(), Map.of("count", "10"))))
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .endsWith("count is below ten");
    }

    @Test
    void a_word_without_quotes_is_not_taken_for_a_reference() {
        assertThat(problems(inputs(Map.of(), List.of(), Map.of("count", "many"))))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("the variable's type is number, and many is nothing of that");
    }

    @Test
    void a_misspelt_variable_is_told_the_one_that_is_meant() {
        assertThat(problems(inputs(Map.of(), List.of(FILE), Map.of("cuont", "1"))))
                .singleElement()
                .extracting(Problem::fix)
                .isEqualTo("did you mean count?");
        Source misspelt = new Source("a.json", "{\"count\": 1, \"conut\": 1}");
        assertThat(problems(inputs(Map.of(), List.of(misspelt), Map.of())))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.text()).startsWith("a.json:1:14 E1101");
                    assertThat(problem.fix()).isEqualTo("did you mean count?");
                });
        String text = TEXT.replace("= var.count\n}", "= var.cuont\n}");
        assertThat(
                        Manifests.read(
                                text,
                                "x.hcl",
                                Syntax.HCL,
                                inputs(Map.of(), List.of(FILE), Map.of())))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        read ->
                                assertThat(read.first().fix())
                                        .isEqualTo("did you mean \"count\"?"));
    }
}
