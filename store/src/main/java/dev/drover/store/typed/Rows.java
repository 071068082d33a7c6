package dev.drover.store.typed;

import dev.drover.store.Entry;
import java.util.Optional;

/// Entries as resources.
@FunctionalInterface
interface Rows<T> {
    /// The resource an entry holds; empty when the spec it refers to is no longer kept.
    Optional<T> row(Entry entry);
}
