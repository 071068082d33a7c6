package dev.drover.reconcilers.sweep;

import java.time.Duration;

/// How old things become before they are swept.
///
/// @param job after everything of it was over
/// @param history allocations that are over, evaluations and deployments, of jobs that live; holds
///   that are over
/// @param node after it was heard last and held nothing any more
public record Ages(Duration job, Duration history, Duration node) {
    /// What people expect from Nomad: four hours, one hour, a day.
    public static final Ages USUAL =
            new Ages(Duration.ofHours(4), Duration.ofHours(1), Duration.ofDays(1));

    /// Nothing is kept that nobody needs: `system gc`.
    public static final Ages NONE = new Ages(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
