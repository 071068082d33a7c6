package dev.drover.store;

import java.util.Optional;

/// What to list: the entries of a prefix in key order, one page at a time.
///
/// The next page: the same prefix and limit, [Listing.Page#next()] as `after`, and exactly the
/// revision of the page.
///
/// @param after the page begins behind this key
/// @param limit entries of a page, at most [#MAX_LIMIT]
public record ListRequest(Prefix prefix, At at, int limit, Optional<Key> after) {
    /// A page is built in memory: a million entries of some hundred bytes are all that a caller may
    /// want at once.
    public static final int MAX_LIMIT = 1_000_000;

    /// @throws IllegalArgumentException when the limit is not in 1…[#MAX_LIMIT]
    public ListRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit not in 1…" + MAX_LIMIT + ": " + limit);
        }
    }

    /// Everything beneath the prefix, newest state.
    public static ListRequest of(Prefix prefix) {
        return new ListRequest(prefix, At.NEWEST, MAX_LIMIT, Optional.empty());
    }

    /// The same as of another time.
    public ListRequest at(At time) {
        return new ListRequest(prefix, time, limit, after);
    }

    /// The same in pages of this size.
    public ListRequest limit(int entries) {
        return new ListRequest(prefix, at, entries, after);
    }

    /// The page that begins behind this key.
    public ListRequest after(Key key) {
        return new ListRequest(prefix, at, limit, Optional.of(key));
    }
}
