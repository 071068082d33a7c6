package dev.drover.manifests.fuzz;

import dev.drover.manifests.Syntax;

/// Whole files, ours, Nomad's and HCL's in JSON.
public final class JsonFuzz {
    private JsonFuzz() {}

    /// One text.
    public static void fuzzerTestOneInput(byte[] data) {
        Property.holds(data, Syntax.JSON, "", "");
    }
}
