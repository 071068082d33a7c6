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
/// expression, a tab, its type and value in JSON, or the word error and the column of what has no
/// value. The program in `go` beside the file has made it; ours never rewrites it.
class ExpressionsTest {
    private static final Functions FUNCTIONS = new Functions(Files.none());

    @Test
    void every_expression_has_the_value_that_it_has_elsewhere() throws IOException {
        List<String> lines = golden();
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            int tab = line.lastIndexOf('\t');
            String actual = value(line.substring(0, tab));
            if (!same(line.substring(tab + 1), actual, line.substring(0, tab))) {
                wrong.add(line + "\n  got " + actual);
            }
        }

        assertThat(lines).hasSizeGreaterThan(1500);
        assertThat(wrong).isEmpty();
    }

    /// Where both blame a part of the expression, it is the same part. (A string's place is its
    /// quote here and what is inside of it there.)
    private static boolean same(String theirs, String ours, String expression) {
        if (!ours.startsWith("error ") || !theirs.startsWith("error ")) {
            return theirs.equals(ours);
        }
        int column = Integer.parseInt(ours.substring("error ".length()));
        int other = Integer.parseInt(theirs.substring("error ".length()));
        boolean quote = column <= expression.length() && expression.charAt(column - 1) == '"';
        return column == 1
                || other == 1
                || column == other
                || (quote && other - column > 0 && other - column <= 2);
    }

    private static List<String> golden() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        ExpressionsTest.class.getResourceAsStream("expressions.golden"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String value(String text) {
        Source source = new Source("expression", text);
        Budget budget = new Budget(0);
        Evaluator evaluator = new Evaluator(text, FUNCTIONS, budget);
        try {
            Value value = evaluator.evaluate(Parser.expression(source), Scope.empty());
            return FUNCTIONS.call("jsonencode", List.of(value), budget)
                            instanceof Value.Text(var json)
                    ? value.kind() + " " + json
                    : "";
        } catch (SyntaxError e) {
            return "error " + source.at(e.at()).column();
        } catch (EvaluationError e) {
            return "error " + source.at(e.span().start()).column();
        }
    }
}
