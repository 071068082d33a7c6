package dev.drover.store.typed;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Revision;
import dev.drover.store.index.CompactId;
import dev.drover.store.index.KeyedSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Allocations by node, job, deployment, phase and the services they offer.
///
/// Kept in memory by a watch of its own, which is read up to the newest revision before each
/// answer: an answer is never older than what was acknowledged before the question.
public final class AllocationIndex {
    private static final KeyedSet<CompactId, CompactId> NOBODY = KeyedSet.empty(id -> id);

    private final Table<Allocation> table;
    private final ReentrantLock lock = new ReentrantLock();
    private final NameIndex<String> byNode = new NameIndex<>(a -> Stream.of(a.spec().node()));
    private final NameIndex<ResourceName> byJob =
            new NameIndex<>(a -> Stream.of(beside(a, a.spec().jobName())));
    private final NameIndex<ResourceName> byDeployment =
            new NameIndex<>(a -> a.spec().deployment().map(id -> beside(a, id)).stream());
    private final NameIndex<AllocationPhase> byPhase =
            new NameIndex<>(a -> Stream.of(a.status().phase()));
    private final NameIndex<ResourceName> byService = new NameIndex<>(AllocationIndex::services);
    private final List<NameIndex<?>> all = List.of(byNode, byJob, byDeployment, byPhase, byService);
    private Optional<TypedWatch<Allocation>> watch = Optional.empty();

    AllocationIndex(Table<Allocation> table) {
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

    /// The same as [#onNode(String)], all as of one revision and in the order of their keys, for
    /// who goes on with a watch from there.
    public TableListing<Allocation> listOnNode(String node) {
        return listing(byNode, node);
    }

    /// The same as [#ofJob(ResourceName)], all as of one revision and in the order of their keys.
    public TableListing<Allocation> listOfJob(ResourceName job) {
        return listing(byJob, job);
    }

    /// The allocations that a deployment made.
    public List<Allocation> ofDeployment(ResourceName deployment) {
        return rows(byDeployment, deployment);
    }

    /// The allocations that their nodes say are in this phase.
    public List<Allocation> inPhase(AllocationPhase phase) {
        return rows(byPhase, phase);
    }

    /// The living allocations that offer the service of this name.
    public List<Allocation> offering(ResourceName service) {
        return rows(byService, service);
    }

    /// The names of all services that living allocations offer.
    public List<ResourceName> services() {
        lock.lock();
        try {
            catchUp();
            return byService.keys().stream().sorted().toList();
        } finally {
            lock.unlock();
        }
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
        return table.all(names);
    }

    private <K> TableListing<Allocation> listing(NameIndex<K> index, K key) {
        List<ResourceName> names;
        Revision at;
        lock.lock();
        try {
            at = catchUp();
            names = index.names(key);
        } finally {
            lock.unlock();
        }
        return table.all(names, at);
    }

    /// Reads everything up to the newest revision of now, with the lock; what is known then is as
    /// of the revision that this returns.
    private Revision catchUp() {
        TypedWatch<Allocation> open = watch.orElseGet(this::begin);
        open.progress();
        Optional<Revision> reached = Optional.empty();
        while (reached.isEmpty()) {
            switch (next(open)) {
                case TypedDelivery.Frame<Allocation>(var changes) -> changes.forEach(this::apply);
                case TypedDelivery.InitialDone<Allocation> _ -> {}
                case TypedDelivery.Bookmark<Allocation>(Revision at) -> reached = Optional.of(at);
                case TypedDelivery.TooOld<Allocation> _ -> {
                    open = begin();
                    open.progress();
                }
                case TypedDelivery.Forbidden<Allocation> _ ->
                        throw new IllegalStateException("nothing is forbidden here");
            }
        }
        return reached.get();
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
        CompactId id = CompactId.of(allocation.id()); // one for all: there may be a million
        all.forEach(index -> index.remember(allocation, id));
    }

    private void forget(Allocation allocation) {
        CompactId id = CompactId.of(allocation.id());
        all.forEach(index -> index.forget(allocation, id));
    }

    private static ResourceName beside(Allocation allocation, String name) {
        return new ResourceName(allocation.metadata().namespace(), name);
    }

    private static Stream<ResourceName> services(Allocation allocation) {
        return allocation.live()
                ? allocation.status().services().stream()
                        .map(service -> beside(allocation, service.name()))
                : Stream.empty();
    }

    /// The names of allocations by something that they have. Belongs to whoever holds the lock.
    private static final class NameIndex<K> {
        private final Function<Allocation, Stream<K>> keysOf;

        /// By what they have, then by their namespace.
        private final Map<K, NavigableMap<String, KeyedSet<CompactId, CompactId>>> ids =
                new HashMap<>();

        /// @param keysOf what it has
        NameIndex(Function<Allocation, Stream<K>> keysOf) {
            this.keysOf = keysOf;
        }

        void remember(Allocation allocation, CompactId id) {
            String namespace = allocation.metadata().namespace();
            keysOf.apply(allocation)
                    .forEach(key ->
                            ids.computeIfAbsent(key, _ -> new TreeMap<>())
                                    .merge(namespace, NOBODY.with(id), (some, _) -> some.with(id)));
        }

        void forget(Allocation allocation, CompactId id) {
            String namespace = allocation.metadata().namespace();
            keysOf.apply(allocation)
                    .forEach(key ->
                            ids.computeIfPresent(
                                    key,
                                    (_, some) -> {
                                        some.computeIfPresent(namespace, (_, of) -> less(of, id));
                                        return some.isEmpty() ? null : some;
                                    }));
        }

        private static @Nullable KeyedSet<CompactId, CompactId> less(
                KeyedSet<CompactId, CompactId> some, CompactId id) {
            KeyedSet<CompactId, CompactId> left = some.without(id);
            return left.isEmpty() ? null : left;
        }

        /// In their order.
        List<ResourceName> names(K key) {
            List<ResourceName> names = new ArrayList<>();
            ids.getOrDefault(key, new TreeMap<>())
                    .forEach((namespace, some) ->
                            some.forEach(id -> names.add(new ResourceName(namespace, id.text()))));
            return names;
        }

        Set<K> keys() {
            return Set.copyOf(ids.keySet());
        }

        void clear() {
            ids.clear();
        }
    }
}
