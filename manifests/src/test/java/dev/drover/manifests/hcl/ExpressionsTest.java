package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.function.Files;
import dev.drover.manifests.hcl.function.Functions;
import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Expressions and what the language's own implementation makes of them, a line each: the
/// expression, a tab, its value in JSON or the word error. The file was made once by that
/// implementation and is never rewritten by ours.
class ExpressionsTest {
    private static final Functions FUNCTIONS = new Functions(Files.none());

    @Test
    void every_expression_has_the_value_that_it_has_elsewhere() throws IOException {
        List<String> lines = golden();
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            int tab = line.lastIndexOf('\t');
            String actual = json(line.substring(0, tab));
            if (!actual.equals(line.substring(tab + 1))) {
                wrong.add(line + "\n  got " + actual);
            }
        }

        assertThat(lines).hasSizeGreaterThan(400);
        assertThat(wrong).isEmpty();
    }

    private static List<String> golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ExpressionsTest.class.getResourceAsStream("expressions.golden"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String json(String text) {
        Source source = new Source("expression", text);
        Budget budget = new Budget();
        Evaluator evaluator = new Evaluator(text, FUNCTIONS, budget);
        try {
            Value value = evaluator.evaluate(Parser.expression(source), Scope.empty());
            return FUNCTIONS.call("jsonencode", List.of(value), budget)
                            instanceof Value.Text(var json)
                    ? json
                    : "";
        } catch (SyntaxError | EvaluationError e) {
            return "error";
        }
    }
}
