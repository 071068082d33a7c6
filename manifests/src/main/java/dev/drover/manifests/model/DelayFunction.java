package dev.drover.manifests.model;

/// How the delay between two replacements grows.
public enum DelayFunction {
    CONSTANT,
    EXPONENTIAL,
    FIBONACCI
}
