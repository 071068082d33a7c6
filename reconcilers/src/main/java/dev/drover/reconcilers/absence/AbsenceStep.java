package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;

/// What has to be assumed of one allocation of a silent node.
public sealed interface AbsenceStep {
    /// Nothing of it runs any more as far as the cluster is concerned; its slot is free.
    record Lost(Allocation allocation, String because) implements AbsenceStep {}

    /// It may come back; its slot is held for it.
    record Unknown(Allocation allocation, String because) implements AbsenceStep {}
}
