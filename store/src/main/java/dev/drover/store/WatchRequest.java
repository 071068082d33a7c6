package dev.drover.store;

import java.util.function.Predicate;

/// What to watch, from when on, and how.
///
/// @param coalesce of several undelivered changes of one key only the newest: bounds what a slow
///   watcher costs
/// @param bookmarks say now and then up to which revision everything was delivered
/// @param unhurried it is read only when somebody wants to know, so nobody counts it as slow
/// @param selector only entries it accepts exist for this watcher; asked on every change, so keep
///   it quick
/// @param permission asked for the key of every change about to be delivered; the first no ends the
///   watch
public record WatchRequest(
        Prefix prefix,
        Start start,
        boolean coalesce,
        boolean bookmarks,
        boolean unhurried,
        Predicate<Entry> selector,
        Predicate<Key> permission) {

    /// Where a watch begins.
    public sealed interface Start {
        /// With this revision, past or future; what was seen before must not have been compacted.
        record From(Revision revision) implements Start {}

        /// With what is there, as additions at one revision, then [Delivery.InitialDone], then what
        /// changes.
        record Initial() implements Start {}
    }

    /// Every change with this revision or a later one.
    public static WatchRequest from(Prefix prefix, Revision first) {
        return new WatchRequest(
                prefix, new Start.From(first), false, false, false, _ -> true, _ -> true);
    }

    /// What is there, and then every change.
    public static WatchRequest initial(Prefix prefix) {
        return new WatchRequest(
                prefix, new Start.Initial(), false, false, false, _ -> true, _ -> true);
    }

    /// The same, but only the newest of several undelivered changes of a key.
    public WatchRequest coalescing() {
        return new WatchRequest(prefix, start, true, bookmarks, unhurried, selector, permission);
    }

    /// The same with bookmarks.
    public WatchRequest withBookmarks() {
        return new WatchRequest(prefix, start, coalesce, true, unhurried, selector, permission);
    }

    /// The same for the selected entries only.
    public WatchRequest selecting(Predicate<Entry> entries) {
        return new WatchRequest(prefix, start, coalesce, bookmarks, unhurried, entries, permission);
    }

    /// The same as long as the watcher may see the keys.
    public WatchRequest permitting(Predicate<Key> keys) {
        return new WatchRequest(prefix, start, coalesce, bookmarks, unhurried, selector, keys);
    }
}
