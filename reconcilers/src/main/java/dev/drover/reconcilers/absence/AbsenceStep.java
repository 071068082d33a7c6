package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import java.time.Instant;
import java.util.Optional;

/// What has to be assumed of one allocation of a node that is silent, or was.
public sealed interface AbsenceStep {
    /// Nothing of it runs any more as far as the cluster is concerned; its slot is free.
    record Lost(Allocation allocation, String because) implements AbsenceStep {}

    /// It may come back.
    ///
    /// @param until when it is given up
    record Unknown(Allocation allocation, String because, Instant until) implements AbsenceStep {}

    /// It is as it was before its node fell silent.
    record Back(Allocation allocation, String because) implements AbsenceStep {}

    /// Nothing is assumed before that time.
    record Wait(Instant until, String because) implements AbsenceStep {}

    /// When time alone brings the next step.
    default Optional<Instant> next() {
        return switch (this) {
            case Unknown(_, _, Instant until) -> Optional.of(until);
            case Wait(Instant until, _) -> Optional.of(until);
            case Lost _, Back _ -> Optional.empty();
        };
    }
}
