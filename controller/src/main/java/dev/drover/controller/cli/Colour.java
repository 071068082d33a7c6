package dev.drover.controller.cli;

import java.util.Optional;

/// The few colours of the command line; all of them can be read on dark and on light.
enum Colour {
    BOLD(1),
    RED(31),
    GREEN(32),
    YELLOW(33);

    /// Back to the terminal's own.
    static final String OFF = "\u001b[0m";

    private final int code;

    Colour(int code) {
        this.code = code;
    }

    /// The bytes that switch to it.
    String on() {
        return "\u001b[" + code + "m";
    }

    /// The colour of a word that names a state.
    static Optional<Colour> of(String word) {
        return switch (word) {
            case "running", "ready", "complete", "healthy", "successful" -> Optional.of(GREEN);
            case "pending", "blocked", "initializing", "disconnected", "unknown" ->
                    Optional.of(YELLOW);
            case "failed", "lost", "down", "unhealthy" -> Optional.of(RED);
            default -> Optional.empty();
        };
    }
}
