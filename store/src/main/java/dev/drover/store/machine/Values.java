package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.rocks.History;
import java.util.List;
import java.util.Optional;

/// Reads values that are not in memory.
@FunctionalInterface
public interface Values {
    /// For each of what is wanted the value; empty when that version has been compacted.
    List<Optional<Bytes>> values(List<History.Written> wanted);
}
