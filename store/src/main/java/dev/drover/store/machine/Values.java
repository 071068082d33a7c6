package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import java.util.Optional;

/// Reads values that are not in memory.
@FunctionalInterface
public interface Values {
    /// What `revision` wrote to `key`; empty when that version has been compacted.
    Optional<Bytes> value(Key key, Revision revision);
}
