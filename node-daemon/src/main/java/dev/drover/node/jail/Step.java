package dev.drover.node.jail;

import java.util.List;

/// One step of a plan, in words.
///
/// @param undo the step that takes it back; empty when it vanishes with the jail's last process
public record Step(List<String> words, List<String> undo) {
    /// Takes copies.
    public Step {
        words = List.copyOf(words);
        undo = List.copyOf(undo);
    }

    static Step of(String... words) {
        return new Step(List.of(words), List.of());
    }
}
