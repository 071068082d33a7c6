package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Granted;
import dev.drover.store.index.CompactId;
import java.util.List;

/// The allocations that hold room on one node, and how much they hold together.
///
/// @param at the node's name, one text for all who are here; empty when nobody is
/// @param allocations all of them [dev.drover.manifests.model.Allocation#occupies()]
/// @param cpu in MHz
public record Residents(String at, Allocations allocations, int cpu, int memoryMib, int diskMib) {
    private static final Granted NOTHING = new Granted(0, 0, 0, List.of());
    private static final Residents NOBODY = new Residents("", Allocations.none(), 0, 0, 0);

    /// An empty node.
    public static Residents nobody() {
        return NOBODY;
    }

    /// After an allocation came or changed, and holds room.
    Residents with(CompactAllocation allocation) {
        Allocations.After after = allocations.put(allocation);
        Granted before = after.replaced().map(CompactAllocation::granted).orElse(NOTHING);
        Granted held = allocation.granted();
        return new Residents(
                allocation.node(),
                after.allocations(),
                cpu + held.cpu() - before.cpu(),
                memoryMib + held.memoryMib() - before.memoryMib(),
                diskMib + held.diskMib() - before.diskMib());
    }

    /// After an allocation ended or went away.
    Residents without(CompactId id) {
        return allocations
                .compact(id)
                .map(CompactAllocation::granted)
                .map(gone ->
                        new Residents(
                                at,
                                allocations.without(id),
                                cpu - gone.cpu(),
                                memoryMib - gone.memoryMib(),
                                diskMib - gone.diskMib()))
                .orElse(this);
    }

    /// The node's name as those who are here have it; `name` when nobody is.
    public String node(String name) {
        return at.isEmpty() ? name : at;
    }
}
