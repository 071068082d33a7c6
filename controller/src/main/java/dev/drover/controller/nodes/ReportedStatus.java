package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
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
        // A node that does not have it (any more) has no tasks to tell of, and does not know
        // better.
        boolean knowsNothing = told(allocation.status().phase()) && said.tasks().isEmpty();
        if (!own || !news || revives || knowsNothing) {
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

    /// Whether it is an end that a node has told: all but the one that is assumed.
    private static boolean told(AllocationPhase phase) {
        return phase.terminal() && phase != AllocationPhase.LOST;
    }
}
