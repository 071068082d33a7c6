package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Resource;
import java.time.Instant;
import java.util.List;

/// What may go.
public sealed interface SweepStep {
    /// The whole job: first what belongs to it, then (in one transaction) its versions and itself.
    ///
    /// @param belongings its allocations, evaluations, deployments, and holds on it
    /// @param last its versions and the job
    record Whole(List<Resource> belongings, List<Resource> last) implements SweepStep {
        /// Takes copies of the lists.
        public Whole {
            belongings = List.copyOf(belongings);
            last = List.copyOf(last);
        }
    }

    /// Its deletion is asked for: what it belongs to is gone.
    record Orphaned(String because) implements SweepStep {}

    /// These remains of its past.
    record Remains(List<Resource> resources) implements SweepStep {
        /// Takes a copy of the list.
        public Remains {
            resources = List.copyOf(resources);
        }
    }

    /// Nothing before that time.
    record Later(Instant when) implements SweepStep {}

    /// Nothing until something changes.
    record Nothing() implements SweepStep {}
}
