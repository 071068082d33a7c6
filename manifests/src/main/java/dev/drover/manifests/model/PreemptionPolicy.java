package dev.drover.manifests.model;

import java.util.Optional;

/// Jobs of which types may evict copies of others whose priority is lower by ten or more, when they
/// have no place otherwise.
///
/// @param system yes when absent
/// @param sysbatch no when absent
/// @param service no when absent
/// @param batch no when absent
public record PreemptionPolicy(
        Optional<Boolean> system,
        Optional<Boolean> sysbatch,
        Optional<Boolean> service,
        Optional<Boolean> batch) {
    /// Where nobody says otherwise.
    public static final PreemptionPolicy UNSAID =
            new PreemptionPolicy(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether jobs of this type may.
    public boolean allows(JobType type) {
        return switch (type) {
            case SYSTEM -> system.orElse(true);
            case SYSBATCH -> sysbatch.orElse(false);
            case SERVICE -> service.orElse(false);
            case BATCH -> batch.orElse(false);
        };
    }
}
