package dev.drover.store.typed;

import dev.drover.manifests.model.Resource;
import dev.drover.store.Entry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was read lately, by the very entry it was read from: what one watch shows, others show at
/// the same time, and reading it takes longer than anything else they do.
final class Recent {
    /// Some frames of a watch, so that one that is a little behind still finds what it wants. Five
    /// megabytes of allocations.
    private static final int SLOTS = 1 << 12;

    /// A resource is where its key says, until another one comes to the same place.
    private final AtomicReferenceArray<@Nullable Read> lately = new AtomicReferenceArray<>(SLOTS);

    private record Read(Entry entry, Resource resource) {}

    /// What the entry holds.
    ///
    /// @param read how to find out; the same whenever it is asked
    @SuppressWarnings("ReferenceEquality") // an equal one is as good, and dear to compare with
    Optional<Resource> of(Entry entry, Function<Entry, Optional<Resource>> read) {
        int hash = entry.key().text().hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Read known = lately.get(slot);
        if (known != null && known.entry == entry) {
            return Optional.of(known.resource);
        }
        Optional<Resource> fresh = read.apply(entry);
        fresh.ifPresent(resource -> lately.set(slot, new Read(entry, resource)));
        return fresh;
    }
}
