package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// Marks a task as the plugin of a storage interface (CSI).
///
/// @param id the plugin's name in the cluster
/// @param type `node`, `controller` or `monolith`
/// @param mountDir where in the task its socket lies
/// @param stagePublishBaseDir where in the task volumes are staged
/// @param healthTimeout 30 s when absent
public record CsiPlugin(
        Optional<String> id,
        Optional<String> type,
        Optional<String> mountDir,
        Optional<String> stagePublishBaseDir,
        Optional<Duration> healthTimeout) {}
