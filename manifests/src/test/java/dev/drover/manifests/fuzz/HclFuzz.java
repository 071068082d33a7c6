package dev.drover.manifests.fuzz;

import dev.drover.manifests.Syntax;

/// Whole files in HCL.
public final class HclFuzz {
    private HclFuzz() {}

    /// One text.
    public static void fuzzerTestOneInput(byte[] data) {
        Property.holds(data, Syntax.HCL, "", "");
    }
}
