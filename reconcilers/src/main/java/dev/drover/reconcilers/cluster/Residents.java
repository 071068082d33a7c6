package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;

/// The allocations that hold room on one node, and how much they hold together.
///
/// @param allocations by id; all of them [Allocation#occupies()]
/// @param cpu in MHz
public record Residents(
        Sorted<String, Allocation> allocations, int cpu, int memoryMib, int diskMib) {
    private static final Residents NOBODY = new Residents(Sorted.empty(), 0, 0, 0);

    /// An empty node.
    public static Residents nobody() {
        return NOBODY;
    }

    /// After an allocation came, changed or ended.
    Residents with(Allocation allocation) {
        Residents others = without(allocation.id());
        if (!allocation.occupies()) {
            return others;
        }
        Granted held = allocation.spec().granted();
        return new Residents(
                others.allocations.with(allocation.id(), allocation),
                others.cpu + held.cpu(),
                others.memoryMib + held.memoryMib(),
                others.diskMib + held.diskMib());
    }

    /// After an allocation went away.
    Residents without(String id) {
        return allocations
                .get(id)
                .map(Allocation::spec)
                .map(gone ->
                        new Residents(
                                allocations.without(id),
                                cpu - gone.granted().cpu(),
                                memoryMib - gone.granted().memoryMib(),
                                diskMib - gone.granted().diskMib()))
                .orElse(this);
    }
}
