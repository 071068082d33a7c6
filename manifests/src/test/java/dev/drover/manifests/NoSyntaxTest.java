package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said about texts that are no YAML or no JSON: in the words of those who write them, and
/// not in those of the libraries that read them.
class NoSyntaxTest {
    private static final String JOB =
            """
            apiVersion: drover.dev/v1
            kind: Job
            metadata: {name: a}
            spec:
              meta:
                v: %s
              groups:
                - name: g
                  tasks: [{name: t, driver: fake}]
            """;

    /// Found by fuzzing.
    @Test
    void a_carriage_return_alone_ends_a_line_of_yaml() {
        String text =
                """
                apiVersion: drover.dev/v1
                kind: Job
                metadata:
                  n\uFFFD     command: /bin/over.devw\uFFFD\rame: web
                spec:
                  datacenters: ["dc1"]
                  groups:
                    - name: app
                      tasks:
                        - name: a\uFFFDpi
                          driver: raw_exe List
                items:
                  - apiVersion: droverc\
                """;

        assertThat(Manifests.check(text, "a", Syntax.YAML, Inputs.none()))
                .isInstanceOf(Read.Problems.class);
    }

    /// It is no end of a line for an editor, nor is a byte order mark nothing.
    @Test
    void places_in_yaml_are_those_that_an_editor_shows() {
        String text = "# a\r# b\nkind: {\uFEFF\"😀\": %}\n";

        assertThat(said(text, Syntax.YAML).getFirst()).startsWith("2:14 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "%a -> 6:8 found character '%' that cannot start any token -> put the text in quotes",
                "@a -> 6:8 found character '@' that cannot start any token -> put the text in quotes",
                "a: b -> 6:9 mapping values are not allowed here -> put the text in quotes if the colon is part of it, or begin a line with the key",
                "- a -> 6:8 sequence entries are not allowed here -> begin the list on a line of its own",
                "[a -> 7:9 expected ',' or ']', but got : -> close the bracket, or put the text in quotes if the bracket is part of it",
                "{{ .a }} -> 6:9 a key must be plain text -> put the text in quotes if the bracket is part of it",
            })
    void yaml(String value, String what, String fix) {
        assertThat(said(JOB.formatted(value), Syntax.YAML)).containsExactly(what, fix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '`',
            value = {
                "{'a': 1,} -> 1:9 a comma is followed by no field -> remove the comma before the brace",
                "{'a': [1,]} -> 1:10 a comma is followed by no value -> remove the comma before the bracket",
                "{'a': 1 /* b */} -> 1:9 it has no comments -> remove the comment, or write the manifest in YAML or HCL",
                "// b -> 1:1 it has no comments -> remove the comment, or write the manifest in YAML or HCL",
                "{*a*: 1} -> 1:2 single quotes are not valid -> use double quotes (') around texts and names",
                "{'a': NaN} -> 1:10 NaN is no number -> write a number",
            })
    void json(String text, String what, String fix) {
        String written = text.replace('\'', '"').replace('*', '\'');

        assertThat(said(written, Syntax.JSON)).containsExactly(what, fix.replace('\'', '"'));
    }

    @Test
    void bytes_that_are_no_text_are_found_where_they_are() {
        String yaml = JOB.formatted("caf" + Source.NO_TEXT);
        String json =
                "{\"ID\": \"a\",\n \"Meta\": {\"a\": \"caf"
                        + Source.NO_TEXT
                        + "\"}, \"TaskGroups\": []}";

        assertThat(said(yaml, Syntax.YAML))
                .containsExactly("6:11 " + Source.NOT_UTF_8, Source.SAVE_AS_UTF_8);
        assertThat(said(json, Syntax.JSON))
                .containsExactly("2:16 " + Source.NOT_UTF_8, Source.SAVE_AS_UTF_8);
    }

    @Test
    void what_yaml_does_not_have_is_found_where_it_is() {
        assertThat(said(JOB.formatted("\"a\u0007\""), Syntax.YAML))
                .containsExactly(
                        "6:10 the character U+0007 cannot stand in YAML",
                        "write it as \"\\u0007\" in double quotes");
    }

    @Test
    void an_alias_of_nothing_is_one_mistake() {
        assertThat(problems(JOB.formatted("*b"), Syntax.YAML))
                .extracting(Problem::code)
                .containsExactly(Code.UNKNOWN_REFERENCE);
    }

    @Test
    void a_time_without_a_unit_is_warned_of() {
        String job = JOB.formatted("a").replace("fake}", "fake, killTimeout: 90}");

        assertThat(said(job, Syntax.YAML))
                .containsExactly(
                        "9:52 group \"g\".task \"t\".killTimeout: 90 is a number of nanoseconds",
                        "write a unit: \"90s\"");
        assertThat(problems(job.replace("90", "90000000000"), Syntax.YAML)).isEmpty();
    }

    /// What and how to mend it, of the only problem.
    private static List<String> said(String text, Syntax syntax) {
        Problem problem = problems(text, syntax).getFirst();
        return List.of(
                problem.place().orElseThrow().position()
                        + " "
                        + problem.what().replaceFirst("this is not valid (YAML|JSON): ", ""),
                problem.fix());
    }

    private static List<Problem> problems(String text, Syntax syntax) {
        return switch (Manifests.read(text, "a", syntax, Inputs.none())) {
            case Read.Resources(_, var warnings) -> warnings;
            case Read.Problems(var all, _) -> all;
        };
    }
}
