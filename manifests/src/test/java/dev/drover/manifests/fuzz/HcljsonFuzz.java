package dev.drover.manifests.fuzz;

import dev.drover.manifests.Syntax;

/// What stands in a job's place in HCL's JSON syntax: blocks as objects and lists, and templates in
/// every text.
public final class HcljsonFuzz {
    private static final String BEFORE =
            """
            {"variable": {"v": {"default": {"list": ["a", "b"], "number": 1.5, "text": "ä€😀"}}},
             "locals": {"l": "${[for i in range(3) : { i = i }]}"},
             "job": {"j":
            """;

    private HcljsonFuzz() {}

    /// One value.
    public static void fuzzerTestOneInput(byte[] data) {
        Property.holds(data, Syntax.JSON, BEFORE, "}}");
    }
}
