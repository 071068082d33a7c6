package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.drover.manifests.bench.Bombs;
import dev.drover.manifests.bench.FunctionBombs;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.hcl.function.Files;
import dev.drover.manifests.hcl.function.Functions;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts of a few lines that stand for more than a machine has. How long each takes is measured by
/// `make bench WHAT=manifests`.
class LimitsTest {
    /// 64 MB, for a text that is read once.
    private static final long ALLOCATED_MAX = 64_000_000;

    private static final int MANY = 20_000;
    private static final int SPEC_MAX = 524_288;

    static Stream<Bombs.Bomb> bombs() {
        return Bombs.all();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_ends_in_a_problem_before_it_has_filled_the_memory(Bombs.Bomb bomb) {
        long before = allocated();

        Read read = Manifests.read(bomb.text(), "bomb", bomb.syntax(), Inputs.none());

        assertThat(read).isInstanceOf(Read.Problems.class);
        assertThat(allocated() - before).isLessThan(ALLOCATED_MAX);
    }

    /// Bytes that this thread has asked for so far: what lives at once is less.
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    @Test
    void there_is_a_bomb_for_every_function() {
        assertThat(FunctionBombs.names()).containsAll(new Functions(Files.none()).names());
    }

    /// A mistake behind it is not looked for.
    @Test
    void what_nests_too_deep_ends_the_file() {
        String text = "a = " + "[".repeat(300) + "]".repeat(300) + "\nb = ?\n";

        assertThat(Manifests.read(text, "deep", Syntax.HCL, Inputs.none()))
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems ->
                                assertThat(problems.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(Code.LIMIT));
    }

    @Test
    void long_chains_are_no_bombs() {
        String sum = "locals {\n  a = 1" + " + 1".repeat(MANY / 4) + "\n}\n";
        String path = "job \"x\" {\n  name = \"${a" + ".b".repeat(MANY) + "}\"\n}\n";

        assertThat(Manifests.read(sum, "sum", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
        assertThat(Manifests.read(path, "path", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
    }

    /// As in a file that a program has written.
    @Test
    void a_large_file_may_have_as_many_more_expressions() {
        StringBuilder job = new StringBuilder("job \"large\" {\n");
        for (int i = 0; i < MANY / 4; i++) {
            job.append(
                    """
                      group "g%d" {
                        task "t" {
                          driver = "exec"
                          config {
                            command = "/bin/server"
                            args    = ["-port", "${NOMAD_PORT_http}", "-name", "${upper("a")}"]
                          }
                          env {
                            GREETING = "hello ${meta.zone}"
                          }
                        }
                      }
                    """
                            .formatted(i));
        }

        assertThat(Manifests.read(job + "}\n", "large", Syntax.HCL, Inputs.none()))
                .isInstanceOf(Read.Resources.class);
    }

    @Test
    void a_job_that_is_too_large_to_be_stored_is_refused() {
        String job =
                """
                job "x" {
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                      template {
                        destination = "local/x"
                        data        = "%s"
                      }
                    }
                  }
                }
                """;

        Read fits =
                Manifests.check(
                        job.formatted("a".repeat(SPEC_MAX - 1_000)),
                        "x",
                        Syntax.HCL,
                        Inputs.none());
        Read large = // two bytes in UTF-8
                Manifests.check(
                        job.formatted("ä".repeat(SPEC_MAX / 2)), "x", Syntax.HCL, Inputs.none());

        assertThat(fits).isInstanceOf(Read.Resources.class);
        assertThat(large)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        problems ->
                                assertThat(problems.first().what())
                                        .contains("524,288 can be stored"));
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
