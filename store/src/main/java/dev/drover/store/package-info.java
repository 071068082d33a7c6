/// The room that remembers: a durable, watchable map from keys to bytes with a history of
/// revisions.
///
/// [dev.drover.store.Store] is the whole of it; everything else here is what goes in or comes out.
/// The executable specification is `dev.drover.store.memory`, the product is opened by
/// `dev.drover.store.durable`, and records instead of bytes are offered by
/// `dev.drover.store.typed`.
@NullMarked
package dev.drover.store;

import org.jspecify.annotations.NullMarked;
