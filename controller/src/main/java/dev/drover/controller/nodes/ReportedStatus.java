package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationStatus;
import java.util.Optional;

/// What a node's word changes about an allocation. Lost, doubled and late reports change nothing.
final class ReportedStatus {
    private ReportedStatus() {}

    /// The allocation with the reported status; empty when the report is not news, or not this
    /// node's to say.
    ///
    /// @param node who says it
    /// @param sequence of the report
    static Optional<Allocation> apply(
            Allocation allocation, String node, long sequence, AllocationStatus said) {
        boolean own = allocation.spec().node().equals(node);
        boolean news = sequence > allocation.status().reported();
        // An end that was stored is final: the room may have been given to somebody else. The true
        // end may still replace one that was only assumed.
        boolean revives = allocation.status().phase().terminal() && !said.phase().terminal();
        if (!own || !news || revives) {
            return Optional.empty();
        }
        return Optional.of(
                allocation.withStatus(
                        new AllocationStatus(
                                said.phase(),
                                said.because(),
                                said.tasks(),
                                said.healthy(),
                                sequence,
                                said.finished(),
                                said.services())));
    }
}
