package dev.drover.manifests.fuzz;

import dev.drover.manifests.Syntax;

/// Expressions and what they are worth, in the place of a job's `meta`.
public final class ExpressionFuzz {
    private static final String BEFORE =
            """
            variable "v" {
              default = { list = ["a", "b"], number = 1.5, text = "ä€😀", nothing = null }
            }
            locals {
              l = [for i in range(3) : { i = i, name = "n${i}" }]
            }
            job "j" {
              group "g" {
                task "t" {
                  driver = "raw_exec"
                  config {
                    command = "/bin/true"
                  }
                  template {
                    destination = "local/a"
                    data = jsonencode(
            """;

    private ExpressionFuzz() {}

    /// One expression.
    public static void fuzzerTestOneInput(byte[] data) {
        Property.holds(data, Syntax.HCL, BEFORE, "\n)\n}\n}\n}\n}\n");
    }
}
