package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drover.manifests.bench.Bombs;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts of a few lines that stand for more than a machine has. On a quiet machine each is refused
/// within a tenth of a second; the bound here leaves room for a busy one.
class LimitsTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MANY = 100_000;

    static Stream<Bombs.Bomb> bombs() {
        return Bombs.all();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_ends_in_a_problem_soon(Bombs.Bomb bomb) {
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
