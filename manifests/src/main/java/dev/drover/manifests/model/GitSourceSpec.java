package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// What to follow.
///
/// @param url `file:` or `https:`; credentials in it are refused
/// @param ref a branch, tag or commit; the remote's default branch when absent
/// @param path the folder in the repository; its top when absent
/// @param interval between two fetches; 1 minute when absent, never below 1 second
/// @param policy what may be done about a difference; `detect` when absent
public record GitSourceSpec(
        String url,
        Optional<String> ref,
        Optional<String> path,
        Optional<Duration> interval,
        Optional<SyncPolicy> policy) {}
