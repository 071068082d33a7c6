package dev.drover.manifests.wire;

/// How large a terminal is, in characters.
public record TerminalSize(int rows, int columns) {}
