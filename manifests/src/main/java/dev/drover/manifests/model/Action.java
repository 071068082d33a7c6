package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A command that people may run inside a running task by its name.
///
/// @param name unique within the task
/// @param command what is run in the task, beside its own program
/// @param args its arguments
public record Action(String name, Optional<String> command, List<String> args) {
    public Action {
        args = List.copyOf(args);
    }
}
