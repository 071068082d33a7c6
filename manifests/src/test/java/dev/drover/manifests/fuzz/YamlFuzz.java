package dev.drover.manifests.fuzz;

import dev.drover.manifests.Syntax;

/// Whole files in YAML.
public final class YamlFuzz {
    private YamlFuzz() {}

    /// One text.
    public static void fuzzerTestOneInput(byte[] data) {
        Property.holds(data, Syntax.YAML, "", "");
    }
}
