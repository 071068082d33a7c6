package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DisconnectPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of the allocations of a node by the node's phase: those of one that is down are
/// lost, those of one that is disconnected may come back where their group says so.
public final class Absence {
    private Absence() {}

    /// A step for each allocation of which something else has to be said now than is said.
    public static List<AbsenceStep> next(AbsenceView view) {
        String name = view.node().metadata().name();
        List<AbsenceStep> steps = new ArrayList<>();
        for (AbsenceView.Resident resident : view.residents()) {
            switch (view.node().status().phase()) {
                case READY, INITIALIZING -> {}
                case DOWN -> steps.add(lost(resident.allocation(), "node " + name + " is down"));
                case DISCONNECTED -> disconnected(resident, name).ifPresent(steps::add);
            }
        }
        return steps;
    }

    private static Optional<AbsenceStep> disconnected(AbsenceView.Resident resident, String node) {
        Allocation allocation = resident.allocation();
        if (resident.policy().flatMap(DisconnectPolicy::lostAfter).isEmpty()) {
            return Optional.of(lost(allocation, "node " + node + " is silent"));
        }
        return allocation.status().phase() == AllocationPhase.UNKNOWN
                ? Optional.empty()
                : Optional.of(
                        new AbsenceStep.Unknown(
                                allocation, "node " + node + " is silent and may come back"));
    }

    private static AbsenceStep lost(Allocation allocation, String because) {
        return new AbsenceStep.Lost(allocation, because);
    }
}
