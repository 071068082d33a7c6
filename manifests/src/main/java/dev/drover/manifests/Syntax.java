package dev.drover.manifests;

import java.util.Locale;
import java.util.regex.Pattern;

/// How a manifest is written.
public enum Syntax {
    HCL,
    YAML,
    JSON;

    /// The first line of a YAML document that is no comment: a key, or a mark of YAML's own. No HCL
    /// file can begin so.
    private static final Pattern YAML_START =
            Pattern.compile("---.*|%YAML .*|[A-Za-z][A-Za-z0-9]*:( .*)?");

    /// By the ending of the file's name; without a known one, by the text: JSON begins with a
    /// brace, YAML with a key and a colon, everything else is HCL.
    public static Syntax of(String fileName, String text) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YAML;
        }
        if (name.endsWith(".json") || text.stripLeading().startsWith("{")) {
            return JSON;
        }
        boolean ofUnknownName = !name.endsWith(".hcl") && !name.endsWith(".nomad");
        return ofUnknownName && yaml(text) ? YAML : HCL;
    }

    private static boolean yaml(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> YAML_START.matcher(line.stripTrailing()).matches())
                .isPresent();
    }
}
