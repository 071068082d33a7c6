package dev.drover.store.typed;

import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.WatchRequest;
import java.util.Optional;
import java.util.function.Predicate;

/// How to watch a table; see [WatchRequest].
///
/// @param from every change with this revision or a later one; empty: first what is there, then
///   changes
/// @param coalesce only the newest of several undelivered changes of one resource
/// @param unhurried it is read only when somebody wants to know
/// @param permission asked for each change about to be delivered
public record WatchOptions(
        Optional<Revision> from,
        boolean coalesce,
        boolean bookmarks,
        boolean unhurried,
        Predicate<Key> permission) {

    /// Every change from a revision on.
    public static WatchOptions from(Revision first) {
        return new WatchOptions(Optional.of(first), false, false, false, _ -> true);
    }

    /// What is there, then every change.
    public static WatchOptions initial() {
        return new WatchOptions(Optional.empty(), false, false, false, _ -> true);
    }

    /// The same, coalescing.
    public WatchOptions coalescing() {
        return new WatchOptions(from, true, bookmarks, unhurried, permission);
    }

    /// The same, with bookmarks.
    public WatchOptions withBookmarks() {
        return new WatchOptions(from, coalesce, true, unhurried, permission);
    }

    /// The same, as long as the watcher may see the keys.
    public WatchOptions permitting(Predicate<Key> keys) {
        return new WatchOptions(from, coalesce, bookmarks, unhurried, keys);
    }

    /// The same, not counted as slow though it is read only now and then.
    WatchOptions unhurriedly() {
        return new WatchOptions(from, coalesce, bookmarks, true, permission);
    }

    WatchRequest request(Prefix prefix) {
        WatchRequest begin =
                from.map(first -> WatchRequest.from(prefix, first))
                        .orElseGet(() -> WatchRequest.initial(prefix));
        return new WatchRequest(
                prefix,
                begin.start(),
                coalesce,
                bookmarks,
                unhurried,
                begin.selector(),
                permission);
    }
}
