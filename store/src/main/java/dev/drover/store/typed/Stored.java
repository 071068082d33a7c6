package dev.drover.store.typed;

import dev.drover.store.Bytes;

/// A record as it was read, and the fields that a newer program wrote beside it: whoever writes the
/// record again keeps them.
record Stored<T>(T value, Bytes unknown) {}
