package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Allocation;
import dev.drover.store.index.CompactId;
import dev.drover.store.index.KeyedSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Allocations in the order of their ids; never changes. Small, for there may be a million: a
/// record is made each time one is asked for, which takes less than a microsecond, or some when its
/// tasks have much to tell.
public final class Allocations implements Iterable<Allocation> {
    private static final Allocations NONE = new Allocations(KeyedSet.empty(CompactAllocation::id));

    private final KeyedSet<CompactId, CompactAllocation> all;

    private Allocations(KeyedSet<CompactId, CompactAllocation> all) {
        this.all = all;
    }

    /// None.
    public static Allocations none() {
        return NONE;
    }

    /// How many.
    public int size() {
        return all.size();
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// The one of this id.
    public Optional<Allocation> get(String id) {
        return all.get(CompactId.of(id)).map(CompactAllocation::full);
    }

    /// All of them.
    @Override
    public Iterator<Allocation> iterator() {
        return stream().iterator();
    }

    /// All of them.
    public Stream<Allocation> stream() {
        return all.stream().map(CompactAllocation::full);
    }

    /// All of them as they are kept, for one who looks at many and wants few of them as records.
    public Iterable<CompactAllocation> compact() {
        return all;
    }

    Allocations with(CompactAllocation one) {
        return new Allocations(all.with(one));
    }

    /// These after one was put among them, and the one that it replaced.
    record After(Allocations allocations, Optional<CompactAllocation> replaced) {}

    After put(CompactAllocation one) {
        KeyedSet.After<CompactId, CompactAllocation> after = all.put(one);
        return new After(new Allocations(after.set()), after.replaced());
    }

    Allocations without(CompactId id) {
        return new Allocations(all.without(id));
    }

    Optional<CompactAllocation> compact(CompactId id) {
        return all.get(id);
    }

    /// Some that may be like the one of this id.
    List<CompactAllocation> beside(CompactId id) {
        return all.near(id, CompactAllocation.ASKED);
    }
}
