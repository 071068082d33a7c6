package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Indexer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.informers.cache.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The primaries of one kind as the Operator SDK wants to be told of them, read from the view. No
/// second watch and no second decoding: a primary is a name and a few numbers.
///
/// Handlers are called on a thread of its own, never on the one that starts it: the SDK holds a
/// lock while it waits for the start.
final class Informer<P extends HasMetadata> implements SharedIndexInformer<P>, LiveView.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Informer.class);

    private final Kind kind;
    private final Class<P> type;
    private final Function<ObjectMeta, P> make;
    private final LiveView view;
    private final PrimaryCache<P> cache = new PrimaryCache<>();
    private final List<ResourceEventHandler<? super P>> handlers = new CopyOnWriteArrayList<>();

    /// Unbounded, for the view must not wait; it holds names of one kind and is drained at once.
    private final BlockingQueue<ClusterChange> queue = new LinkedBlockingQueue<>();

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Thread thread;
    private volatile String revision = "0";
    private volatile boolean running;

    Informer(Kind kind, Class<P> type, Function<ObjectMeta, P> make, LiveView view) {
        this.kind = kind;
        this.type = type;
        this.make = make;
        this.view = view;
        this.thread =
                Thread.ofPlatform()
                        .name("drover-" + kind.plural() + "-informer")
                        .daemon()
                        .unstarted(this::drain);
    }

    @Override
    public CompletionStage<Void> start() {
        Cluster first = view.listen(this);
        revision = first.revision().toString();
        List<Resource> there = new ArrayList<>();
        switch (kind) {
            case JOB -> first.jobs().forEach(there::add);
            case NODE -> first.nodes().forEach(there::add);
            case HOLD -> first.holds().forEach(there::add);
            default -> throw new IllegalStateException("no loop has primaries of kind " + kind);
        }
        for (Resource resource : there) {
            cache.put(primary(resource));
            queue.add(ClusterChange.added(resource));
        }
        running = true;
        thread.start();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void changed(List<ClusterChange> changes, Cluster cluster) {
        for (ClusterChange change : changes) {
            if (change.newest().kind() == kind) {
                queue.add(change);
            }
        }
    }

    private P primary(Resource resource) {
        Metadata metadata = resource.metadata();
        ObjectMeta said = new ObjectMeta(); // its builder copies a dozen empty lists, twice
        said.setName(metadata.name());
        said.setNamespace(metadata.namespace().isEmpty() ? null : metadata.namespace());
        said.setUid(metadata.uid().orElse(null));
        said.setGeneration(generation(metadata));
        said.setResourceVersion(metadata.resourceVersion().orElse("0"));
        return make.apply(said);
    }

    /// Counts the wish for deletion as one more change. The SDK is not told of it as such: it would
    /// call nobody who has no finalizer of the SDK's own, and ours are part of the decisions.
    private static long generation(Metadata metadata) {
        return 2 * metadata.generation() + (metadata.deletionTimestamp().isPresent() ? 1 : 0);
    }

    private void drain() {
        try {
            while (running) {
                deliver(queue.take());
            }
        } catch (InterruptedException closed) {
            LOG.debug("the informer of {} is closed", kind.plural());
        }
    }

    private void deliver(ClusterChange change) {
        P primary = primary(change.newest());
        if (change.after().isEmpty()) {
            cache.remove(primary);
            handlers.forEach(handler -> handler.onDelete(primary, false));
            return;
        }
        revision = primary.getMetadata().getResourceVersion();
        Optional<P> known = cache.put(primary);
        if (change.before().isEmpty()) {
            handlers.forEach(handler -> handler.onAdd(primary));
            return;
        }
        P before = known.orElseGet(() -> primary(change.before().get()));
        if (!sameSpec(before, primary)) { // else whom it concerns hears it from its ChangeSource
            handlers.forEach(handler -> handler.onUpdate(before, primary));
        }
    }

    private static boolean sameSpec(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getGeneration().equals(other.getMetadata().getGeneration());
    }

    @Override
    public SharedIndexInformer<P> run() {
        start();
        return this;
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        stopped.complete(null);
    }

    @Override
    public CompletionStage<Void> stopped() {
        return stopped;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isWatching() {
        return running;
    }

    @Override
    public String lastSyncResourceVersion() {
        return revision;
    }

    @Override
    public Class<P> getApiTypeClass() {
        return type;
    }

    @Override
    public Indexer<P> getIndexer() {
        return cache;
    }

    @Override
    public Store<P> getStore() {
        return cache;
    }

    @Override
    public SharedIndexInformer<P> addEventHandler(ResourceEventHandler<? super P> handler) {
        handlers.add(handler);
        return this;
    }

    @Override
    public SharedIndexInformer<P> removeEventHandler(ResourceEventHandler<? super P> handler) {
        handlers.remove(handler);
        return this;
    }

    @Override
    public SharedIndexInformer<P> addEventHandlerWithResyncPeriod(
            ResourceEventHandler<? super P> handler, long period) {
        return addEventHandler(handler);
    }

    @Override
    public SharedIndexInformer<P> addIndexers(Map<String, Function<P, List<String>>> indexers) {
        return this;
    }

    @Override
    public SharedIndexInformer<P> removeIndexer(String name) {
        return this;
    }

    @Override
    public SharedIndexInformer<P> initialState(Stream<P> items) {
        return this;
    }

    @Override
    public SharedIndexInformer<P> itemStore(ItemStore<P> store) {
        return this;
    }

    @Override
    public SharedIndexInformer<P> exceptionHandler(ExceptionHandler handler) {
        return this;
    }
}
