package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is run in the task when a template has changed.
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
