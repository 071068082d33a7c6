package dev.drover.node.template.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.template.language.Program.Output;
import dev.drover.node.template.language.Program.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void renders_and_refuses_what_go_renders_and_refuses() {
        List<GoldenCase> cases = GoldenCase.read("language.jsonl");
        List<String> different = new ArrayList<>();

        for (GoldenCase golden : cases) {
            String wanted = golden.text().orElse("refused in line " + golden.line());
            String got = outcome(golden);
            if (!got.equals(wanted)) {
                different.add(golden.template() + "\n  Go:   " + wanted + "\n  here: " + got);
            }
        }

        assertThat(cases).hasSizeGreaterThan(1500);
        assertThat(different).as(different.size() + " of " + cases.size()).isEmpty();
    }

    @Test
    void says_what_is_wrong_and_where() {
        assertThat(mistake("port = {{ .port }}\n{{ if }}x{{ end }}"))
                .hasToString("2:7: missing value for if");
        assertThat(mistake("a\n  {{ nofunc 1 }}"))
                .hasToString("2:6: function \"nofunc\" not defined");
        assertThat(mistake("ü{{ range .x }}"))
                .hasToString("1:16: unexpected end of the text: a block is not closed by {{end}}");
        assertThat(mistake("{{ \"x\" | len | index 0 }}"))
                .hasToString("1:16: can't index item of type int");
    }

    @Test
    void a_loop_that_runs_away_is_stopped() {
        assertThat(mistake("{{ range 100000000 }}{{ end }}").message()).contains("more than");
        assertThat(mistake("{{ range 9999 }}{{ range 9999 }}x{{ end }}{{ end }}").message())
                .contains("a loop runs away");
    }

    @Test
    void a_template_that_calls_itself_for_ever_is_stopped() {
        assertThat(
                        mistake(
                                        "{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}")
                                .message())
                .contains("depth");
    }

    @Test
    void nesting_is_bounded_before_it_fills_the_stack() {
        assertThat(mistake("{{" + "(".repeat(100_000)).message()).contains("nested deeper");
        assertThat(mistake("{{if 1}}".repeat(100_000)).message()).contains("nested deeper");
        assertThat(mistake("{{if 1}}x{{else ".repeat(100_000)).line()).isOne();
    }

    @Test
    void output_is_bounded() {
        assertThat(mistake("{{ range 100 }}{{ printf \"%999999d\" 1 }}{{ end }}").message())
                .contains("grows beyond");
    }

    @Test
    void half_of_a_character_is_not_cut() {
        assertThat(mistake("{{ slice \"ä\" 0 1 }}").message())
                .contains("cuts a character into halves");
    }

    private static Mistake mistake(String template) {
        return switch (Program.parse(template, Delimiters.USUAL, Set.of(), Limits.USUAL)) {
            case Parsed.Wrong(Mistake mistake) -> mistake;
            case Parsed.Ready(Program program) ->
                    switch (program.execute(Value.absent(), Map.of(), MissingKey.NO_VALUE)) {
                        case Output.Failed(Mistake mistake) -> mistake;
                        case Output.Text _, Output.Missing _ ->
                                throw new AssertionError("no mistake in " + template);
                    };
        };
    }

    private static String outcome(GoldenCase golden) {
        return switch (Program.parse(
                golden.template(), golden.delimiters(), Set.of(), Limits.USUAL)) {
            case Parsed.Wrong(Mistake mistake) -> "refused in line " + mistake.line();
            case Parsed.Ready(Program program) ->
                    switch (program.execute(golden.data(), Map.of(), golden.missingKey())) {
                        case Output.Text(String text) -> text;
                        case Output.Missing(String what) -> "missing " + what;
                        case Output.Failed(Mistake mistake) -> "refused in line " + mistake.line();
                    };
        };
    }
}
