package dev.drover.manifests.model;

import java.util.Optional;

/// The config of the driver `fake`, which runs nothing and behaves as it is told: for trying out
/// what a cluster does.
///
/// @param runForMs milliseconds until it ends; never when absent
/// @param exitCode how it ends; 0 when absent
/// @param stubborn whether it ignores every signal but a kill
/// @param startError why it cannot be started
public record FakeConfig(
        Optional<Long> runForMs,
        Optional<Integer> exitCode,
        Optional<Boolean> stubborn,
        Optional<String> startError) {}
