package dev.drover.store;

/// One step of a transaction.
public sealed interface Op {
    /// Writes the value, whether or not something was there.
    record Put(Key key, Bytes value) implements Op {}

    /// Removes what is there; nothing there is no effect.
    record Delete(Key key) implements Op {}

    /// Removes the first `max` entries of the prefix in key order; ask again until fewer than `max`
    /// were deleted.
    record DeletePrefix(Prefix prefix, int max) implements Op {
        /// @throws IllegalArgumentException when `max` is not positive
        public DeletePrefix {
            if (max < 1) {
                throw new IllegalArgumentException("max must be 1 or more: " + max);
            }
        }
    }

    /// Reads the key as it was before the transaction.
    record Get(Key key) implements Op {}
}
