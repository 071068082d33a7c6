package dev.drover.store.typed;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Allocations by node, job, deployment and phase, and by the beginning of their ids.
///
/// Kept in memory by a watch of its own, which is read up to the newest revision before each
/// answer: an answer is never older than what was acknowledged before the question.
public final class AllocationIndex {
    private static final String HIGHEST_NAME = "~".repeat(200);

    private final Store store;
    private final Table<Allocation> table;
    private final ReentrantLock lock = new ReentrantLock();
    private final NameIndex<String> byNode = new NameIndex<>(a -> Optional.of(a.spec().node()));
    private final NameIndex<ResourceName> byJob =
            new NameIndex<>(a -> Optional.of(beside(a, a.spec().jobName())));
    private final NameIndex<ResourceName> byDeployment =
            new NameIndex<>(a -> a.spec().deployment().map(id -> beside(a, id)));
    private final NameIndex<AllocationPhase> byPhase =
            new NameIndex<>(a -> Optional.of(a.status().phase()));
    private final List<NameIndex<?>> all = List.of(byNode, byJob, byDeployment, byPhase);
    private Optional<TypedWatch<Allocation>> watch = Optional.empty();

    AllocationIndex(Store store, Table<Allocation> table) {
        this.store = store;
        this.table = table;
    }

    /// The allocations of a node, whatever their state, in the order of their names.
    public List<Allocation> onNode(String node) {
        return rows(byNode, node);
    }

    /// The allocations of a job's name, those of its earlier lives included.
    public List<Allocation> ofJob(ResourceName job) {
        return rows(byJob, job);
    }

    /// The allocations that a deployment made.
    public List<Allocation> ofDeployment(ResourceName deployment) {
        return rows(byDeployment, deployment);
    }

    /// The allocations that their nodes say are in this phase.
    public List<Allocation> inPhase(AllocationPhase phase) {
        return rows(byPhase, phase);
    }

    private <K> List<Allocation> rows(NameIndex<K> index, K key) {
        List<ResourceName> names;
        lock.lock();
        try {
            catchUp();
            names = index.names(key);
        } finally {
            lock.unlock();
        }
        return names.stream().flatMap(name -> table.get(name).stream()).toList();
    }

    /// At most `limit` allocations whose id begins with `prefix`, of all namespaces: two or more
    /// say that the prefix is not unique.
    public List<Allocation> byIdPrefix(String prefix, int limit) {
        List<Allocation> found = new ArrayList<>();
        String escaped = ResourceName.escape(prefix);
        for (String namespace : namespaces()) {
            table.get(namespace, prefix).ifPresent(found::add);
            Key from = Key.of(Kind.ALLOCATION.plural(), ResourceName.escape(namespace), escaped);
            page(from, limit).stream()
                    .takeWhile(e -> e.key().name().startsWith(escaped))
                    .filter(e -> e.key().namespace().equals(ResourceName.escape(namespace)))
                    .flatMap(e -> table.get(Keys.name(e.key())).stream())
                    .forEach(found::add);
        }
        return found.stream().limit(limit).toList();
    }

    /// From one namespace to the next, without reading what lies between.
    private List<String> namespaces() {
        List<String> namespaces = new ArrayList<>();
        Optional<Entry> first =
                entries(ListRequest.of(Keys.all(Kind.ALLOCATION)).limit(1)).stream().findFirst();
        while (first.isPresent()) {
            String namespace = first.get().key().namespace();
            namespaces.add(ResourceName.unescape(namespace));
            Key last = Key.of(Kind.ALLOCATION.plural(), namespace, HIGHEST_NAME);
            first = page(last, 1).stream().findFirst();
        }
        return namespaces;
    }

    private List<Entry> page(Key after, int limit) {
        return entries(ListRequest.of(Keys.all(Kind.ALLOCATION)).limit(limit).after(after));
    }

    private List<Entry> entries(ListRequest request) {
        return switch (store.list(request)) {
            case Listing.Page(List<Entry> entries, var _, var _) -> entries;
            case Listing.TooOld _, Listing.TooNew _ ->
                    throw new IllegalStateException("the newest revision is always there");
        };
    }

    /// Reads everything up to the newest revision of now; with the lock.
    private void catchUp() {
        TypedWatch<Allocation> open = watch.orElseGet(this::begin);
        open.progress();
        boolean behind = true;
        while (behind) {
            behind =
                    switch (next(open)) {
                        case TypedDelivery.Frame<Allocation>(var changes) -> {
                            changes.forEach(this::apply);
                            yield true;
                        }
                        case TypedDelivery.InitialDone<Allocation> _ -> true;
                        case TypedDelivery.Bookmark<Allocation> _ -> false;
                        case TypedDelivery.TooOld<Allocation> _ -> {
                            open = begin();
                            open.progress();
                            yield true;
                        }
                        case TypedDelivery.Forbidden<Allocation> _ ->
                                throw new IllegalStateException("nothing is forbidden here");
                    };
        }
    }

    private TypedWatch<Allocation> begin() {
        watch.ifPresent(TypedWatch::close);
        all.forEach(NameIndex::clear);
        TypedWatch<Allocation> begun =
                table.watch(WatchOptions.initial().coalescing().unhurriedly());
        watch = Optional.of(begun);
        return begun;
    }

    private static TypedDelivery<Allocation> next(TypedWatch<Allocation> watch) {
        try {
            // Everything asked for is there already, so this does not wait.
            return watch.next(Duration.ofSeconds(10))
                    .orElseThrow(() -> new IllegalStateException("a watch does not answer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading allocations", e);
        }
    }

    private void apply(TypedChange<Allocation> change) {
        change.previous().ifPresent(this::forget);
        switch (change.type()) {
            case ADDED, MODIFIED -> remember(change.current());
            case DELETED -> forget(change.current());
        }
    }

    private void remember(Allocation allocation) {
        ResourceName name = allocation.name(); // one for all: there may be a million
        all.forEach(index -> index.remember(allocation, name));
    }

    private void forget(Allocation allocation) {
        all.forEach(index -> index.forget(allocation, allocation.name()));
    }

    private static ResourceName beside(Allocation allocation, String name) {
        return new ResourceName(allocation.metadata().namespace(), name);
    }

    /// The names of allocations by something that they have. Belongs to whoever holds the lock.
    private static final class NameIndex<K> {
        private final Function<Allocation, Optional<K>> keyOf;
        private final Map<K, NavigableSet<ResourceName>> names = new HashMap<>();

        /// @param keyOf what it has; empty when it has none
        NameIndex(Function<Allocation, Optional<K>> keyOf) {
            this.keyOf = keyOf;
        }

        void remember(Allocation allocation, ResourceName name) {
            keyOf.apply(allocation)
                    .ifPresent(key -> names.computeIfAbsent(key, _ -> new TreeSet<>()).add(name));
        }

        void forget(Allocation allocation, ResourceName name) {
            keyOf.apply(allocation)
                    .ifPresent(key ->
                            names.computeIfPresent(
                                    key,
                                    (_, left) -> {
                                        left.remove(name);
                                        return left.isEmpty() ? null : left;
                                    }));
        }

        /// In their order.
        List<ResourceName> names(K key) {
            return List.copyOf(names.getOrDefault(key, new TreeSet<>()));
        }

        void clear() {
            names.clear();
        }
    }
}
