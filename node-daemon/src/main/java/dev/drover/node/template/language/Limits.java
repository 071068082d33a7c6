package dev.drover.node.template.language;

/// How much one template may cost, so that a daemon survives whatever a job says.
///
/// @param textChars of the template itself
/// @param outputChars of what it renders to
/// @param steps nodes walked and functions called, loops included
/// @param depth of blocks and parentheses within each other, and of templates calling templates
public record Limits(int textChars, int outputChars, int steps, int depth) {

    /// A stored spec holds 512 KiB, a configuration file some hundred KiB: 1 Mi and 8 Mi characters
    /// are generous. A million steps take about a second. A depth of 200 fits twice into the
    /// smallest stack we run on.
    public static final Limits USUAL = new Limits(1 << 20, 8 << 20, 1_000_000, 200);
}
