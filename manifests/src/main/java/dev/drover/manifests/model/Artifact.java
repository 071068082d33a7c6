package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Something to fetch before the task starts.
///
/// @param source where it is fetched: a URL, or a path in git
/// @param destination beneath the task's folder; `local/` when absent
/// @param mode `file` for a file, `dir` for a folder or an archive, `any` for whichever it is
/// @param options `checksum`, `archive`, `ref`, …
/// @param headers what an http request says beside the address
/// @param insecure whether a certificate that nobody vouches for will do
/// @param chown whether the files shall belong to the task's user
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
