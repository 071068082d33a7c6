package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// Marks a task as the plugin of a storage interface (CSI).
///
/// @param type `node`, `controller` or `monolith`
/// @param healthTimeout 30 s when absent
public record CsiPlugin(
        Optional<String> id,
        Optional<String> type,
        Optional<String> mountDir,
        Optional<String> stagePublishBaseDir,
        Optional<Duration> healthTimeout) {}
