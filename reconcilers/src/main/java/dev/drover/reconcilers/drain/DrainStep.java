package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What comes next while a node is drained.
public sealed interface DrainStep {
    /// These leave now.
    ///
    /// @param deadline when the rest must
    record Leave(List<Allocation> allocations, String because, Optional<Instant> deadline)
            implements DrainStep {
        /// Takes a copy of the list.
        public Leave {
            allocations = List.copyOf(allocations);
        }
    }

    /// Nobody may leave before something changes, or the deadline comes.
    record Wait(String because, Optional<Instant> deadline) implements DrainStep {}

    /// The node is empty.
    record Done() implements DrainStep {}
}
