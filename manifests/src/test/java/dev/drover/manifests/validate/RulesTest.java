package dev.drover.manifests.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every rule by name: `rules.cases` breaks one at a time, `rules.golden` has what is said then.
class RulesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/drover/manifests/validate");
    private static final Path GOLDEN = FOLDER.resolve("rules.golden");
    private static final String DRIVER =
            "driver = \"raw_exec\"\nconfig {\n command = \"/bin/true\"\n}\n";

    @TestFactory
    Stream<DynamicTest> a_broken_rule_is_named_with_place_and_remedy() throws IOException {
        Map<String, List<String>> cases = cases();
        Map<String, String> actual = new LinkedHashMap<>();
        cases.forEach((name, lines) -> actual.put(name, said(job(lines))));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text(actual));
        }
        String golden = Files.readString(GOLDEN);
        return actual.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(),
                                () -> {
                                    assertThat(entry.getValue()).isNotEmpty();
                                    assertThat(golden)
                                            .contains(
                                                    text(Map.of(entry.getKey(), entry.getValue())));
                                }));
    }

    @Test
    void nothing_is_said_of_a_job_that_breaks_none() {
        assertThat(said(job(List.of()))).isEmpty();
    }

    @Test
    void what_several_parts_have_from_around_them_is_wrong_once_and_where_it_stands() {
        String two =
                """
                job "a" {
                  update {
                    canary = -1
                  }
                  vault {
                    change_mode = "reload"
                    polices     = []
                  }
                  group "g" {
                    task "t" {
                      %1$s
                    }
                    task "u" {
                      %1$s
                    }
                  }
                  group "h" {
                    task "t" {
                      %1$s
                    }
                  }
                }
                """
                        .formatted(DRIVER.indent(6).strip());

        assertThat(places(two))
                .containsExactly(
                        "3 update.canary: canary cannot be negative",
                        "5 vault: vault has no effect",
                        "6 vault.change_mode: \"reload\" is not one of noop, signal, restart",
                        "7 vault: there is no field \"polices\" here");
    }

    @Test
    void a_file_may_list_the_checksum_of_an_artifact() {
        for (String sums : List.of("file:https://a/SHA256SUMS", "file:../SHA256SUMS")) {
            String options = "options { checksum = \"" + sums + "\" }";

            assertThat(
                            said(
                                    job(
                                            List.of(
                                                    "task artifact { source = \"https://a/b\" "
                                                            + options
                                                            + " }"))))
                    .as(sums)
                    .isEmpty();
        }
    }

    private static Map<String, List<String>> cases() throws IOException {
        Map<String, List<String>> cases = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("rules.cases"))) {
            if (line.startsWith("== ")) {
                lines = new ArrayList<>();
                assertThat(cases.put(line.substring(3), lines)).isNull();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        return cases;
    }

    private static String job(List<String> lines) {
        String whole = of("whole", lines);
        String driver = of("driver", lines);
        return whole.isEmpty()
                ? "job \"j\" {\n%sgroup \"g\" {\n%stask \"t\" {\n%s%s}\n}\n}\n"
                        .formatted(
                                of("job", lines),
                                of("group", lines),
                                driver.isEmpty() ? DRIVER : driver,
                                of("task", lines))
                : whole;
    }

    private static String of(String where, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(where + " "))
                .map(line -> broken(line.substring(where.length() + 1)) + "\n")
                .collect(Collectors.joining());
    }

    /// A line of blocks as lines, since HCL wants each argument on its own.
    private static String broken(String line) {
        return line.replaceAll("(?<=[^=] )\\{ ", "{\n")
                .replaceAll(" }", "\n}\n")
                .replaceAll("(?<=}) (?=[a-z])", "\n")
                .replaceAll("(?<=[\\]\"\\da-z]) (?=[a-z_]+ (= |\\{|\"))", "\n")
                .replaceAll(
                        "\\b(group|task|volume|port|target|action|region|scaling)\\n\"", "$1 \"");
    }

    private static List<String> places(String job) {
        return problems(job).stream()
                .map(each -> each.place().orElseThrow().position().line() + " " + each.what())
                .toList();
    }

    private static String said(String job) {
        return problems(job).stream().map(RulesTest::line).collect(Collectors.joining());
    }

    private static List<Problem> problems(String job) {
        Read read = Manifests.check(job, "j.hcl", Syntax.HCL, Inputs.none());
        return switch (read) {
            case Read.Resources(_, var warnings) -> warnings;
            case Read.Problems(var all, _) -> all;
        };
    }

    private static String line(Problem problem) {
        return problem.code().id()
                + " "
                + problem.what()
                + "\n"
                + (problem.why().isEmpty() ? "" : "  why: " + problem.why() + "\n")
                + (problem.fix().isEmpty() ? "" : "  fix: " + problem.fix() + "\n");
    }

    private static String text(Map<String, String> said) {
        return said.entrySet().stream()
                .map(entry -> "== " + entry.getKey() + "\n" + entry.getValue())
                .collect(Collectors.joining());
    }
}
