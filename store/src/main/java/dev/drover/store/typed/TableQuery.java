package dev.drover.store.typed;

import dev.drover.manifests.model.ResourceName;
import dev.drover.store.At;
import dev.drover.store.ListRequest;
import java.util.Optional;

/// Which rows of a table, as of when, and how many at once.
///
/// @param namespace only this one
/// @param beginning only names that begin with this: of a namespace, such rows lie side by side, so
///   no other one is read. A job's launches are called after it (`PARENT/…`): this is the index of
///   jobs by parent
/// @param at as of when
/// @param limit rows of a page
/// @param after the page begins behind this name: [TableListing.Page#next()] of the page before
public record TableQuery(
        Optional<String> namespace,
        String beginning,
        At at,
        int limit,
        Optional<ResourceName> after) {

    /// Everything, newest state.
    public static TableQuery all() {
        return new TableQuery(
                Optional.empty(), "", At.NEWEST, ListRequest.MAX_LIMIT, Optional.empty());
    }

    /// Everything in a namespace, newest state.
    public static TableQuery in(String namespace) {
        return new TableQuery(
                Optional.of(namespace), "", At.NEWEST, ListRequest.MAX_LIMIT, Optional.empty());
    }

    /// Takes a beginning only within a namespace.
    ///
    /// @throws IllegalArgumentException when there is a beginning and no namespace
    public TableQuery {
        if (!beginning.isEmpty() && namespace.isEmpty()) {
            throw new IllegalArgumentException("the beginning of a name needs a namespace");
        }
    }

    /// The same with names that begin so.
    public TableQuery beginning(String beginningOfName) {
        return new TableQuery(namespace, beginningOfName, at, limit, after);
    }

    /// The same as of another time.
    public TableQuery at(At time) {
        return new TableQuery(namespace, beginning, time, limit, after);
    }

    /// The same in pages of this size.
    public TableQuery limit(int rows) {
        return new TableQuery(namespace, beginning, at, rows, after);
    }

    /// The page behind this name.
    public TableQuery after(ResourceName name) {
        return new TableQuery(namespace, beginning, at, limit, Optional.of(name));
    }
}
