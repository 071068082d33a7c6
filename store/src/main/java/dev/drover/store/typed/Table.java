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
import dev.drover.store.Revision;
import dev.drover.store.Store;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The resources of one kind. Each row's `resourceVersion` is the revision that wrote it.
public final class Table<T extends Resource> {
    /// Behind every escaped name that people give and programs make: a tilde is the last of the
    /// letters, and only two digits follow it in a name.
    private static final String HIGHEST = "~~";

    /// Rows read at once where few are expected.
    private static final int STEP = 64;

    private final Kind kind;
    private final Store store;
    private final Rows<T> rows;

    /// The rows that can be read, in the order of their keys.
    ///
    /// @param trouble why the others cannot be: one sentence for each, which names it
    public record Legible<T extends Resource>(List<T> rows, List<String> trouble) {
        /// Takes copies.
        public Legible {
            rows = List.copyOf(rows);
            trouble = List.copyOf(trouble);
        }
    }

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

    /// The rows of those names as they are now, without those that are not there.
    List<T> all(List<ResourceName> names) {
        List<Key> keys = names.stream().map(name -> Keys.of(kind, name)).toList();
        return store.getAll(keys).stream().flatMap(entry -> rows.row(entry).stream()).toList();
    }

    /// The rows of those names as of a revision that has just been the newest, without those that
    /// were not there. What was written since is read from the past.
    TableListing<T> all(List<ResourceName> names, Revision at) {
        List<Key> keys = names.stream().map(name -> Keys.of(kind, name)).sorted().toList();
        Map<Key, Entry> now =
                store.getAll(keys).stream().collect(Collectors.toMap(Entry::key, entry -> entry));
        List<T> found = new ArrayList<>(keys.size());
        for (Key key : keys) {
            Entry entry = now.get(key);
            Lookup then =
                    entry == null || entry.modified().after(at)
                            ? store.get(key, new At.Exactly(at))
                            : new Lookup.Found(entry, at);
            switch (then) {
                case Lookup.Found(Entry was, var _) -> rows.row(was).ifPresent(found::add);
                case Lookup.Absent _ -> {}
                case Lookup.TooOld(var compacted, var current) -> {
                    return new TableListing.TooOld<>(compacted, current);
                }
                case Lookup.TooNew(var current) -> {
                    return new TableListing.TooNew<>(current);
                }
            }
        }
        return new TableListing.Page<>(found, at, Optional.empty());
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

    /// All rows as they are now that can be read, for who goes on without the others.
    public Legible<T> legible() {
        List<T> read = new ArrayList<>();
        List<String> trouble = new ArrayList<>();
        for (Entry entry : page(ListRequest.of(Keys.all(kind)))) {
            try {
                rows.row(entry).ifPresent(read::add);
            } catch (UncheckedIOException e) {
                trouble.add(String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()));
            }
        }
        return new Legible<>(read, trouble);
    }

    /// All rows of a namespace as they are now.
    public List<T> list(String namespace) {
        return now(Keys.in(kind, namespace));
    }

    private List<T> now(Prefix prefix) {
        return page(ListRequest.of(prefix)).stream().flatMap(e -> rows.row(e).stream()).toList();
    }

    /// A page of rows as of one revision.
    public TableListing<T> list(TableQuery query) {
        Prefix prefix =
                query.namespace().map(ns -> Keys.in(kind, ns)).orElseGet(() -> Keys.all(kind));
        Optional<Key> after = query.after().map(name -> Keys.of(kind, name));
        return query.beginning().isEmpty()
                ? listing(new ListRequest(prefix, query.at(), query.limit(), after))
                : beginning(prefix, query, after);
    }

    private TableListing<T> listing(ListRequest request) {
        return switch (store.list(request)) {
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

    /// In small steps, all of one revision: what lies behind the last one is not read.
    private TableListing<T> beginning(Prefix namespace, TableQuery query, Optional<Key> from) {
        String beginning = ResourceName.escape(query.beginning());
        Key before = new Key(namespace.text() + before(beginning));
        Optional<Key> after = from.isPresent() ? from : Optional.of(before);
        List<T> found = new ArrayList<>();
        At at = query.at();
        while (true) {
            int step = Math.min(STEP, query.limit() - found.size());
            TableListing<T> listing = listing(new ListRequest(namespace, at, step, after));
            if (!(listing instanceof TableListing.Page<T>(var some, var revision, var next))) {
                return listing;
            }
            some.stream()
                    .filter(row -> row.metadata().name().startsWith(query.beginning()))
                    .forEach(found::add);
            Optional<ResourceName> more =
                    next.filter(name -> name.name().startsWith(query.beginning()));
            if (more.isEmpty() || found.size() >= query.limit()) {
                return new TableListing.Page<>(found, revision, more);
            }
            after = more.map(name -> Keys.of(kind, name));
            at = new At.Exactly(revision);
        }
    }

    /// A name before all that begin so, with none between them: no name has the slash that comes
    /// before `0`.
    private static String before(String beginning) {
        int last = beginning.length() - 1;
        char lower = (char) (beginning.charAt(last) - 1);
        return beginning.substring(0, last) + (lower == '/' ? '.' : lower) + HIGHEST;
    }

    /// At most `limit` rows whose name begins with `prefix`, of all namespaces: two or more say
    /// that the prefix is not unique. Reads no more than those, however many there are.
    public List<T> beginning(String prefix, int limit) {
        List<T> found = new ArrayList<>();
        String escaped = ResourceName.escape(prefix);
        for (String namespace : namespaces()) {
            get(ResourceName.unescape(namespace), prefix).ifPresent(found::add);
            page(Key.of(kind.plural(), namespace, escaped), limit).stream()
                    .takeWhile(e -> e.key().namespace().equals(namespace))
                    .takeWhile(e -> e.key().name().startsWith(escaped))
                    .flatMap(e -> rows.row(e).stream())
                    .forEach(found::add);
        }
        return found.stream().limit(limit).toList();
    }

    /// Escaped; from one to the next, without reading what lies between.
    private List<String> namespaces() {
        List<String> namespaces = new ArrayList<>();
        Optional<Entry> first = page(ListRequest.of(Keys.all(kind)).limit(1)).stream().findFirst();
        while (first.isPresent()) {
            String namespace = first.get().key().namespace();
            namespaces.add(namespace);
            first = page(Key.of(kind.plural(), namespace, HIGHEST), 1).stream().findFirst();
        }
        return namespaces;
    }

    private List<Entry> page(Key after, int limit) {
        return page(ListRequest.of(Keys.all(kind)).limit(limit).after(after));
    }

    private List<Entry> page(ListRequest request) {
        return switch (store.list(request)) {
            case Listing.Page(List<Entry> entries, var _, var _) -> entries;
            case Listing.TooOld _, Listing.TooNew _ ->
                    throw new IllegalStateException("the newest revision is always there");
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
