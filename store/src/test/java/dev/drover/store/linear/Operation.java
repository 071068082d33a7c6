package dev.drover.store.linear;

/// Something a caller asked one key for, when, and what it was told.
///
/// @param invokedNanos when it asked
/// @param returnedNanos when it had the answer
/// @param asked what it asked for
/// @param answer the value read, or 1 and 0 for done and not done
record Operation(long invokedNanos, long returnedNanos, Asked asked, long answer) {
    /// A key holds a number; 0 when it is absent.
    sealed interface Asked {
        record Read() implements Asked {}

        record Write(long value) implements Asked {}

        /// Only if the key holds `from`.
        record Replace(long from, long to) implements Asked {}
    }

    static final long ABSENT = 0;
    static final long DONE = 1;
    static final long NOT_DONE = 0;

    /// Whether this answer is right for a key that holds `value`.
    boolean fits(long value) {
        return switch (asked) {
            case Asked.Read _ -> answer == value;
            case Asked.Write _ -> answer == DONE;
            case Asked.Replace(long from, long _) -> answer == (from == value ? DONE : NOT_DONE);
        };
    }

    /// What the key holds afterwards.
    long after(long value) {
        return switch (asked) {
            case Asked.Read _ -> value;
            case Asked.Write(long written) -> written;
            case Asked.Replace(long from, long to) -> from == value ? to : value;
        };
    }
}
