package dev.drover.node.template.language;

/// What a key is that a mapping lacks. (Go's third mode, `zero`, makes no difference for data from
/// outside.)
public enum MissingKey {
    /// Printed as `<no value>`.
    NO_VALUE,
    /// A mistake that ends the rendering.
    ERROR
}
