package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Something to fetch before the task starts.
///
/// @param destination beneath the task's folder; `local/` when absent
/// @param options `checksum`, `archive`, `ref`, …
public record Artifact(
        Optional<String> source,
        Optional<String> destination,
        Optional<String> mode,
        Map<String, String> options,
        Map<String, String> headers,
        Optional<Boolean> insecure,
        Optional<Boolean> chown) {
    public Artifact {
        options = Copies.sorted(options);
        headers = Copies.sorted(headers);
    }
}
