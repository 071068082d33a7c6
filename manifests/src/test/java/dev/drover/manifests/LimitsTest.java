package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts of a few lines that stand for more than a machine has. On a quiet machine each is refused
/// within a tenth of a second; the bound here leaves room for a busy one.
class LimitsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MANY = 100_000;

    record Bomb(String name, Syntax syntax, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bomb> bombs() {
        return Stream.of(
                hcl("brackets", "a = " + "[".repeat(MANY)),
                hcl("braces", "a = " + "{b=".repeat(MANY)),
                hcl("parentheses", "a = " + "(".repeat(MANY)),
                hcl("signs", "a = " + "-".repeat(MANY) + "1"),
                hcl("conditions", "a = " + "true ? 1 : ".repeat(MANY) + "1"),
                hcl("templates", "a = " + "\"${".repeat(MANY)),
                hcl("blocks", "a {\n".repeat(MANY)),
                hcl("a number", "locals {\n a = 1e9999\n}\njob \"x\" {\n name = local.a\n}"),
                hcl("digits", local("format(\"%09999d\", 1)")),
                hcl("a range", local("range(0, 1000000000)")),
                hcl("doubling", doubling()),
                hcl(
                        "replacing",
                        local(
                                "replace(\""
                                        + "a".repeat(9999)
                                        + "\", \"a\", \""
                                        + "b".repeat(9999)
                                        + "\")")),
                hcl("combinations", local("setproduct(range(999), range(999), range(999))")),
                hcl(
                        "loops",
                        local(
                                "[for a in range(999) : [for b in range(999) : [for c in range(999) : c]]]")),
                hcl(
                        "a loop in text",
                        local(
                                "\""
                                        + "%{for a in range(999)}".repeat(4)
                                        + "x"
                                        + "%{endfor}".repeat(4)
                                        + "\"")),
                new Bomb("YAML brackets", Syntax.YAML, "a: " + "[".repeat(MANY)),
                new Bomb("YAML braces", Syntax.YAML, "a: " + "{b: ".repeat(MANY)),
                new Bomb("YAML aliases", Syntax.YAML, laughs()),
                new Bomb("a YAML number", Syntax.YAML, "a: 1e999999999"),
                new Bomb("JSON brackets", Syntax.JSON, "{\"a\": " + "[".repeat(MANY)),
                new Bomb("a JSON number", Syntax.JSON, "{\"a\": 1e999999999}"));
    }

    private static Bomb hcl(String name, String text) {
        return new Bomb(name, Syntax.HCL, text);
    }

    private static String local(String expression) {
        return "locals {\n  a = " + expression + "\n}\n";
    }

    private static String doubling() {
        StringBuilder text = new StringBuilder("locals {\n  a0 = \"xxxxxxxxxx\"\n");
        for (int i = 1; i < 60; i++) {
            text.append("  a%d = \"${local.a%d}${local.a%d}\"\n".formatted(i, i - 1, i - 1));
        }
        return text + "}\n";
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String item = "*a" + (i - 1);
            text.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(
                                            ", ",
                                            List.of(
                                                    item, item, item, item, item, item, item, item,
                                                    item))));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_ends_in_a_problem_soon(Bomb bomb) {
        Read read =
                assertTimeoutPreemptively(
                        SOON,
                        () -> Manifests.read(bomb.text(), "bomb", bomb.syntax(), Inputs.none()));

        assertThat(read).isInstanceOf(Read.Problems.class);
    }

    @Test
    void long_chains_are_no_bombs() {
        String sum = "locals {\n  a = 1" + " + 1".repeat(MANY) + "\n}\n";
        String path = "job \"x\" {\n  name = \"${a" + ".b".repeat(MANY) + "}\"\n}\n";

        assertThat(Manifests.read(sum, "sum", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
        assertThat(Manifests.read(path, "path", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
    }

    @Test
    void files_are_not_read_unless_somebody_gives_them() {
        String text = "job \"x\" {\n  name = file(\"/etc/passwd\")\n}\n";

        Read read = Manifests.read(text, "x.hcl", Syntax.HCL, Inputs.none());

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems ->
                                assertThat(problems.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(Code.FUNCTION_CALL));
    }
}
