package dev.drover.store;

import java.time.Duration;

/// How much a store takes at once.
///
/// @param valueBytes of one value
/// @param txnBytes of all keys and values one transaction puts
/// @param txnParts conditions and steps of one transaction, together
/// @param requestIdLength in characters
/// @param requestsKept how many request ids are remembered at most, whatever their age
/// @param requestsKeptFor how long a request id is remembered
public record Limits(
        int valueBytes,
        int txnBytes,
        int txnParts,
        int requestIdLength,
        int requestsKept,
        Duration requestsKeptFor) {

    /// Each is checked against each written key, so few; a sweep needs one.
    static final int PREFIXES_PER_TXN = 16;

    /// What the product uses.
    public static final Limits STANDARD =
            new Limits(
                    1 << 20, // a large stored spec is half of that
                    4 << 20, // one replicated log entry; larger ones starve the heartbeats
                    32_768, // 16,384 objects of a plan, one condition and one step each
                    128, // a UUID and a name before it
                    65_536, // 200 a second for five minutes
                    Duration.ofMinutes(5)); // longer than any client goes on trying
}
