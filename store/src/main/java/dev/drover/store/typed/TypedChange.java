package dev.drover.store.typed;

import dev.drover.store.Change;
import dev.drover.store.Revision;
import java.util.Optional;

/// What one revision did to one resource; see [Change].
///
/// @param current what is there now; for a deletion what was there last
/// @param previous what was there before
/// @param revision the one that did it
public record TypedChange<T>(
        Change.Type type, T current, Optional<T> previous, Revision revision) {}
