package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// What somebody brings to a parameterized job.
///
/// @param payload in Base64
/// @param meta by key; only what the job asks for
/// @param idPrefix comes before the id in the name of the launched job, unless there is a token
/// @param idempotencyToken the same token, the same launch of that job
/// @param priority instead of the job's
public record Dispatch(
        Optional<String> payload,
        Map<String, String> meta,
        Optional<String> idPrefix,
        Optional<String> idempotencyToken,
        Optional<Integer> priority) {
    public Dispatch {
        meta = Copies.sorted(meta);
    }
}
