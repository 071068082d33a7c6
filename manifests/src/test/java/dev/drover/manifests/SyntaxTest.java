package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    web.yml         | job "web" {}                            | YAML
                    web.nomad       | apiVersion: drover.dev/v1               | HCL
                    web.nomad       | {"job": {}}                             | JSON
                    -               | apiVersion: drover.dev/v1               | YAML
                    -               | kind: Job                               | YAML
                    -               | '# a comment\\n\\n---\\nkind: Job'      | YAML
                    -               | '%YAML 1.2\\n---'                       | YAML
                    -               | '{"apiVersion": ""}'                    | JSON
                    -               | 'job "web" {}'                          | HCL
                    -               | 'variable "a" {\\n}'                    | HCL
                    -               | 'locals {\\n a = <<E\\nkind: Job\\nE\\n}' | HCL
                    """)
    void is_known_by_the_name_and_without_one_by_the_text(
            String name, String text, Syntax expected) {
        assertThat(Syntax.of(name, text.replace("\\n", "\n"))).isEqualTo(expected);
    }
}
