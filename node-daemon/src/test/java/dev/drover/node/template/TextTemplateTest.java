package dev.drover.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.template.TextTemplate.Parsed;
import dev.drover.node.template.TextTemplate.Rendered;
import dev.drover.node.template.functions.Dependency;
import dev.drover.node.template.functions.Lookup;
import dev.drover.node.template.functions.Surroundings;
import dev.drover.node.template.functions.Surroundings.FileText;
import dev.drover.node.template.language.Delimiters;
import dev.drover.node.template.language.GoldenCase;
import dev.drover.node.template.language.MissingKey;
import dev.drover.node.template.language.Mistake;
import dev.drover.node.template.language.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextTemplateTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:05.5Z");

    private static final Map<String, String> ENV =
            Map.of(
                    "HOME",
                    "/root",
                    "NAME",
                    "web",
                    "EMPTY",
                    "",
                    "PORT",
                    "8080",
                    "LIST",
                    "a,b,c",
                    "JSON",
                    "{\"a\":{\"b\":[1,2.5,\"x\"]},\"t\":true,\"n\":null}");

    @Test
    void functions_do_what_consul_template_does() {
        List<GoldenCase> cases = GoldenCase.read("functions.jsonl");
        List<String> different = new ArrayList<>();

        for (GoldenCase golden : cases) {
            String wanted = golden.text().orElse("refused");
            String got =
                    switch (render(golden.template(), golden.missingKey(), Lookup.none())) {
                        case Rendered.Text(String text, _) -> text;
                        case Rendered.Missing(String what) -> "missing " + what;
                        case Rendered.Failed _ -> "refused";
                    };
            if (!got.equals(wanted)) {
                different.add(golden.template() + "\n  wanted: " + wanted + "\n  here:   " + got);
            }
        }

        assertThat(cases).hasSizeGreaterThan(200);
        assertThat(different).as(different.size() + " of " + cases.size()).isEmpty();
    }

    @Test
    void the_shells_variables_pass_through() {
        assertThat(text("jail -r ${NOMAD_ALLOC_ID} $HOME"))
                .isEqualTo("jail -r ${NOMAD_ALLOC_ID} $HOME");
    }

    @Test
    void reads_files_through_the_function_it_is_given() {
        assertThat(text("<{{ file \"local/a.txt\" }}>")).isEqualTo("<content>");
        assertThat(render("{{ file \"local/later\" }}"))
                .isEqualTo(new Rendered.Missing("file local/later"));
        assertThat(render("{{ file \"/etc/later\" }}"))
                .isEqualTo(new Rendered.Missing("file /etc/later beneath the task's folder"));
        assertThat(mistake("{{ file \"../../etc/shadow\" }}").message())
                .isEqualTo("file ../../etc/shadow: outside of the task's folder");
    }

    @Test
    void tells_what_it_has_read() {
        assertThat(
                        render(
                                "{{ env \"B\" }}{{ env \"A\" }}{{ file \"local/a.txt\" }}{{ nomadVar \"x\" }}",
                                MissingKey.NO_VALUE,
                                found(Value.of("v"))))
                .isInstanceOfSatisfying(
                        Rendered.Text.class,
                        text ->
                                assertThat(text.dependencies())
                                        .containsExactly(
                                                new Dependency.Elsewhere("nomadVar x"),
                                                new Dependency.EnvironmentVariable("A"),
                                                new Dependency.EnvironmentVariable("B"),
                                                new Dependency.FileContent("local/a.txt")));
    }

    @Test
    void what_cannot_be_looked_up_is_refused_with_the_reason() {
        assertThat(mistake("{{ with secret \"kv/x\" }}{{ .Data.k }}{{ end }}"))
                .hasToString(
                        "1:9: secret kv/x is not available: no Vault is connected to this node");
        assertThat(mistake("{{ key \"a/b\" }}").message()).contains("no Consul");
        assertThat(mistake("{{ nomadVar \"a/b\" }}").message()).contains("cannot ask the server");
        assertThat(mistake("{{ plugin \"/bin/sh\" }}").message()).contains("disabled");
    }

    @Test
    void what_is_found_elsewhere_is_a_value_like_any_other() {
        Value variable = new Value.Mapping(new TreeMap<>(Map.of("password", Value.of("s3cret"))));
        assertThat(
                        render(
                                "{{ with nomadVar \"app\" }}{{ .password }}{{ end }}",
                                MissingKey.NO_VALUE,
                                found(variable)))
                .isInstanceOfSatisfying(
                        Rendered.Text.class, t -> assertThat(t.text()).isEqualTo("s3cret"));
    }

    @Test
    void time_is_the_clock_it_is_given() {
        assertThat(text("{{ timestamp }}")).isEqualTo("2026-11-24T12:00:05Z");
        assertThat(text("{{ timestamp \"unix\" }}")).isEqualTo("1795521605");
        assertThat(text("{{ timestamp \"Mon Jan _2 15:04:05 2006 MST\" }}"))
                .isEqualTo("Tue Nov 24 12:00:05 2026 UTC");
        assertThat(text("{{ timestamp \"02.01.06 3:04pm .000 -0700\" }}"))
                .isEqualTo("24.11.26 12:00pm .500 +0000");
    }

    @Test
    void a_pattern_that_backtracks_without_end_is_stopped() {
        assertThat(
                        mistake("{{ regexMatch \"^(.*,){20}P\" \"" + "1,".repeat(40) + "\" }}")
                                .message())
                .contains("backtracks");
    }

    private static Lookup found(Value value) {
        return (_, _) -> new Lookup.Answer.Found(value);
    }

    private static String text(String template) {
        return render(template) instanceof Rendered.Text(String text, _) ? text : "no text";
    }

    private static Mistake mistake(String template) {
        return render(template) instanceof Rendered.Failed(Mistake mistake)
                ? mistake
                : new Mistake(0, 0, "no mistake");
    }

    private static Rendered render(String template) {
        return render(template, MissingKey.NO_VALUE, Lookup.none());
    }

    private static Rendered render(String template, MissingKey missingKey, Lookup lookup) {
        return switch (TextTemplate.parse(template, Delimiters.USUAL)) {
            case Parsed.Ready(TextTemplate ready) ->
                    ready.render(
                            new Surroundings(ENV, TextTemplateTest::file, NOON, lookup),
                            missingKey);
            case Parsed.Wrong(Mistake mistake) -> new Rendered.Failed(mistake);
        };
    }

    private static FileText file(String path) {
        return switch (path) {
            case "local/a.txt" -> new FileText.Found("content");
            case "local/later", "/etc/later" -> new FileText.Missing();
            default -> new FileText.Refused("outside of the task's folder");
        };
    }
}
