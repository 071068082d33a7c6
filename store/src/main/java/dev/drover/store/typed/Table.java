package dev.drover.store.typed;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.At;
import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Lookup;
import dev.drover.store.Prefix;
import dev.drover.store.Store;
import java.util.List;
import java.util.Optional;

/// The resources of one kind. Each row's `resourceVersion` is the revision that wrote it.
public final class Table<T extends Resource> {
    private final Kind kind;
    private final Store store;
    private final Rows<T> rows;

    Table(Kind kind, Store store, Rows<T> rows) {
        this.kind = kind;
        this.store = store;
        this.rows = rows;
    }

    /// The kind of its rows.
    public Kind kind() {
        return kind;
    }

    /// The row of that name as it is now.
    public Optional<T> get(String namespace, String name) {
        return get(new ResourceName(namespace, name));
    }

    /// The row of that name as it is now.
    public Optional<T> get(ResourceName name) {
        return store.get(Keys.of(kind, name)).flatMap(rows::row);
    }

    /// The row of that name as of some time.
    public TableLookup<T> get(ResourceName name, At at) {
        return switch (store.get(Keys.of(kind, name), at)) {
            case Lookup.Found(Entry entry, var revision) ->
                    rows.row(entry)
                            .<TableLookup<T>>map(row -> new TableLookup.Found<>(row, revision))
                            .orElseGet(() ->
                                    new TableLookup.TooOld<>(store.compacted(), store.revision()));
            case Lookup.Absent(var revision) -> new TableLookup.Absent<>(revision);
            case Lookup.TooOld(var compacted, var current) ->
                    new TableLookup.TooOld<>(compacted, current);
            case Lookup.TooNew(var current) -> new TableLookup.TooNew<>(current);
        };
    }

    /// What happened to the row of that name, newest first: at most `limit` changes. See
    /// [Store#history(dev.drover.store.Key, int)]; a change whose spec is forgotten is left out.
    public List<TypedChange<T>> history(ResourceName name, int limit) {
        return store.history(Keys.of(kind, name), limit).stream()
                .flatMap(change -> typed(change).stream())
                .toList();
    }

    private Optional<TypedChange<T>> typed(Change change) {
        Optional<T> previous = change.previous().flatMap(rows::row);
        return rows.row(change.entry())
                .map(row -> new TypedChange<>(change.type(), row, previous, change.revision()));
    }

    /// All rows as they are now, in the order of their keys.
    public List<T> list() {
        return now(Keys.all(kind));
    }

    /// All rows of a namespace as they are now.
    public List<T> list(String namespace) {
        return now(Keys.in(kind, namespace));
    }

    private List<T> now(Prefix prefix) {
        return switch (store.list(ListRequest.of(prefix))) {
            case Listing.Page(List<Entry> entries, var _, var _) ->
                    entries.stream().flatMap(e -> rows.row(e).stream()).toList();
            case Listing.TooOld _, Listing.TooNew _ ->
                    throw new IllegalStateException("the newest revision is always there");
        };
    }

    /// A page of rows as of one revision.
    public TableListing<T> list(TableQuery query) {
        Prefix prefix =
                query.namespace().map(ns -> Keys.in(kind, ns)).orElseGet(() -> Keys.all(kind));
        Optional<Key> after = query.after().map(name -> Keys.of(kind, name));
        return switch (store.list(new ListRequest(prefix, query.at(), query.limit(), after))) {
            case Listing.Page(List<Entry> entries, var revision, var next) ->
                    new TableListing.Page<>(
                            entries.stream().flatMap(e -> rows.row(e).stream()).toList(),
                            revision,
                            next.map(Keys::name));
            case Listing.TooOld(var compacted, var current) ->
                    new TableListing.TooOld<>(compacted, current);
            case Listing.TooNew(var current) -> new TableListing.TooNew<>(current);
        };
    }

    /// Changes of all rows.
    public TypedWatch<T> watch(WatchOptions options) {
        return watch(Keys.all(kind), options);
    }

    /// Changes of the rows of a namespace.
    public TypedWatch<T> watch(String namespace, WatchOptions options) {
        return watch(Keys.in(kind, namespace), options);
    }

    /// Changes of one row.
    public TypedWatch<T> watch(ResourceName name, WatchOptions options) {
        return watch(Prefix.exactly(Keys.of(kind, name)), options);
    }

    private TypedWatch<T> watch(Prefix prefix, WatchOptions options) {
        return new TypedWatch<>(store.watch(options.request(prefix)), store, rows);
    }
}
