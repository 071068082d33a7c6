package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is run in the task when a template has changed.
///
/// @param command what is run in the task when the template has changed
/// @param args its arguments
/// @param timeout the longest it may take
/// @param failOnError whether its failure is the task's
/// @param runOnFirstRender whether it is run for the first rendering too
public record ChangeScript(
        Optional<String> command,
        List<String> args,
        Optional<Duration> timeout,
        Optional<Boolean> failOnError,
        Optional<Boolean> runOnFirstRender) {
    public ChangeScript {
        args = List.copyOf(args);
    }
}
