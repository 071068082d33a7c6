package dev.drover.manifests.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a source found.
///
/// @param commit the commit last looked at; absent before the first fetch that worked
/// @param fetched when a fetch last worked
/// @param attempted when a fetch was last tried
/// @param because in a sentence: what was done, or why nothing could be
/// @param manifests one for each resource or broken file, sorted by path
public record GitSourceStatus(
        Optional<String> commit,
        Optional<Instant> fetched,
        Optional<Instant> attempted,
        String because,
        List<ManifestDecision> manifests) {
    public GitSourceStatus {
        manifests = List.copyOf(manifests);
    }

    /// What a source has before anybody fetched it.
    public static GitSourceStatus unseen() {
        return new GitSourceStatus(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "waits for its first fetch",
                List.of());
    }
}
