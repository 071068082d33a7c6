package dev.drover.store.typed;

import dev.drover.manifests.model.ResourceName;
import dev.drover.store.At;
import dev.drover.store.ListRequest;
import java.util.Optional;

/// Which rows of a table, as of when, and how many at once.
///
/// @param namespace only this one
/// @param at as of when
/// @param limit rows of a page
/// @param after the page begins behind this name: [TableListing.Page#next()] of the page before
public record TableQuery(
        Optional<String> namespace, At at, int limit, Optional<ResourceName> after) {

    /// Everything, newest state.
    public static TableQuery all() {
        return new TableQuery(Optional.empty(), At.NEWEST, ListRequest.MAX_LIMIT, Optional.empty());
    }

    /// Everything in a namespace, newest state.
    public static TableQuery in(String namespace) {
        return new TableQuery(
                Optional.of(namespace), At.NEWEST, ListRequest.MAX_LIMIT, Optional.empty());
    }

    /// The same as of another time.
    public TableQuery at(At time) {
        return new TableQuery(namespace, time, limit, after);
    }

    /// The same in pages of this size.
    public TableQuery limit(int rows) {
        return new TableQuery(namespace, at, rows, after);
    }

    /// The page behind this name.
    public TableQuery after(ResourceName name) {
        return new TableQuery(namespace, at, limit, Optional.of(name));
    }
}
