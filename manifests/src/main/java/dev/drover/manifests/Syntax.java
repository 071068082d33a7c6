package dev.drover.manifests;

import java.util.Locale;

/// How a manifest is written.
public enum Syntax {
    HCL,
    YAML,
    JSON;

    /// By the ending of the file's name; without a known one, by the text: JSON begins with a
    /// brace, YAML names its `apiVersion` at the start of a line, everything else is HCL.
    public static Syntax of(String fileName, String text) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        if (name.endsWith(".json") || text.stripLeading().startsWith("{")) {
            return JSON;
        }
        boolean ofUnknownName = !name.endsWith(".hcl") && !name.endsWith(".nomad");
        return ofUnknownName && text.lines().anyMatch(line -> line.startsWith("apiVersion:"))
                ? YAML
                : HCL;
    }
}
