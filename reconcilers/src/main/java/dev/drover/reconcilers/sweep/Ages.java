package dev.drover.reconcilers.sweep;

import java.time.Duration;

/// How old things become before they are swept.
///
/// @param job after everything of it was over
/// @param history allocations that are over and evaluations, of jobs that live
public record Ages(Duration job, Duration history) {
    /// What people expect from Nomad: four hours, one hour.
    public static final Ages USUAL = new Ages(Duration.ofHours(4), Duration.ofHours(1));

    /// Nothing is kept that nobody needs: `system gc`.
    public static final Ages NONE = new Ages(Duration.ZERO, Duration.ZERO);
}
