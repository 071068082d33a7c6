package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What comes next while a node is drained.
public sealed interface DrainStep {
    /// These leave now.
    ///
    /// @param seen on condition that these are as they were seen
    /// @param deadline when the rest must
    record Leave(
            List<Allocation> allocations,
            List<Resource> seen,
            String because,
            Optional<Instant> deadline)
            implements DrainStep {
        /// Takes copies of the lists.
        public Leave {
            allocations = List.copyOf(allocations);
            seen = List.copyOf(seen);
        }
    }

    /// Nobody may leave before something changes, or the deadline comes.
    record Wait(String because, Optional<Instant> deadline) implements DrainStep {}

    /// The node is empty.
    record Done() implements DrainStep {}
}
