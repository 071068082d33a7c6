package dev.drover.manifests.shape;

/// Whose names a tree uses for the fields of the model.
public enum Dialect {
    /// Ours, in YAML and JSON: the record component's name.
    DROVER,
    /// Job files: `snake_case`, blocks in the singular, names as labels.
    HCL,
    /// Nomad's API: `UpperCamel`, durations in nanoseconds.
    NOMAD
}
