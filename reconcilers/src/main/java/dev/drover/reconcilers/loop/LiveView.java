package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.store.Change;
import dev.drover.store.Revision;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest view of the cluster, carried forward by one thread that reads the store's watch.
///
/// A view holds whole revisions only. A record that cannot be read therefore stops it: without a
/// job its copies would be stopped, without a node they would be lost, without a copy its room
/// would be given again, and whose it is nobody can tell. Listeners hear of changes after the view
/// that has them can be read, on the view's own thread, in order.
final class LiveView {
    /// Hears what changed from the view before to this one.
    interface Listener {
        /// Must not block: everybody's view waits for it.
        void changed(List<ClusterChange> changes, Cluster cluster);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);

    /// What loops look at. Variables and namespaces decide nothing.
    private static final Set<Kind> KINDS =
            Set.of(
                    Kind.JOB,
                    Kind.JOB_VERSION,
                    Kind.ALLOCATION,
                    Kind.EVALUATION,
                    Kind.DEPLOYMENT,
                    Kind.NODE,
                    Kind.HOLD,
                    Kind.SCHEDULER_CONFIG);

    /// Between looks at whether the view was closed; a change ends the wait at once. After a
    /// mistake it is the time until everything is read anew.
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Tables tables;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Thread thread;
    private volatile Cluster cluster = Cluster.empty();
    private volatile boolean complete;

    /// Why the view stands; empty while it goes on.
    private volatile Optional<RuntimeException> trouble = Optional.empty();

    /// What is read at the moment; empty between two.
    private volatile Optional<TypedWatch<Resource>> reading = Optional.empty();

    LiveView(Tables tables) {
        this.tables = tables;
        this.thread = Thread.ofPlatform().name("drover-view").daemon().unstarted(this::run);
    }

    /// Starts reading, and waits until the first view is there. Without one nothing could ever be
    /// decided.
    ///
    /// @throws UncheckedIOException when a record cannot be read
    void start() throws InterruptedException {
        thread.start();
        Optional<RuntimeException> never;
        lock.lockInterruptibly();
        try {
            while (!complete && trouble.isEmpty()) {
                moved.await();
            }
            never = trouble;
        } finally {
            lock.unlock();
        }
        if (never.isPresent()) {
            stop();
            throw never.get();
        }
    }

    /// Why nothing is decided at the moment; empty when the view goes on.
    Optional<String> trouble() {
        return trouble.map(LiveView::text);
    }

    private static String text(RuntimeException why) {
        Throwable said = why instanceof UncheckedIOException ? why.getCause() : why;
        return String.valueOf(said == null ? why : said.getMessage());
    }

    /// The newest view.
    Cluster cluster() {
        return cluster;
    }

    /// The view with everything that the store has when this is called; empty when it has not got
    /// there in that time.
    Optional<Cluster> current(Duration atMost) throws InterruptedException {
        Revision newest = tables.revision();
        reading.ifPresent(TypedWatch::progress); // what the view does not follow moves it too
        await(newest, atMost);
        return Optional.of(cluster).filter(view -> !view.revision().before(newest));
    }

    /// Tells `listener` of every change after the view that this answers.
    Cluster listen(Listener listener) {
        lock.lock();
        try {
            listeners.add(listener);
            return cluster;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the view has everything up to `revision`, or the time is over: then the caller
    /// looks at an older view and at worst decides what the store refuses.
    void await(Revision revision, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (cluster.revision().before(revision) && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the view has everything up to `revision`.
    void await(Revision revision) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (cluster.revision().before(revision)) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (var watch = tables.watch(KINDS, WatchOptions.initial().withBookmarks())) {
                    reading = Optional.of(watch);
                    follow(watch);
                } catch (RuntimeException why) {
                    stand(why);
                    TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                } finally {
                    reading = Optional.empty();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("the view is closed");
        }
    }

    /// Said once: it is tried again every second for as long as the reason is there.
    private void stand(RuntimeException why) {
        String text = text(why);
        if (!trouble().equals(Optional.of(text))) {
            LOG.error("nothing is decided until this is mended: {}", text, why);
        }
        lock.lock();
        try {
            trouble = Optional.of(why);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Reads one watch to its end. Its first part, what is there, becomes visible as a whole.
    private void follow(TypedWatch<Resource> watch) throws InterruptedException {
        Cluster read = Cluster.empty(); // page by page: a million records at once are too many
        List<ClusterChange> untold = new ArrayList<>();
        boolean begun = false;
        while (true) {
            var next = watch.next(POLL);
            if (next.isEmpty()) {
                continue;
            }
            switch (next.get()) {
                case TypedDelivery.Frame<Resource> frame -> {
                    List<ClusterChange> changes =
                            frame.changes().stream().map(LiveView::change).toList();
                    if (begun) {
                        show(ClusterFeed.apply(cluster, changes, frame.revision()), changes);
                    } else {
                        read = ClusterFeed.apply(read, changes, frame.revision());
                        if (complete) { // before the first view nobody listens
                            untold.addAll(changes);
                        }
                    }
                }
                case TypedDelivery.InitialDone<Resource>(Revision revision) -> {
                    untold.addAll(gone(cluster, read));
                    show(ClusterFeed.apply(read, List.of(), revision), untold);
                    read = Cluster.empty();
                    untold.clear();
                    begun = true;
                }
                case TypedDelivery.Bookmark<Resource>(Revision revision) -> {
                    if (begun) {
                        show(ClusterFeed.apply(cluster, List.of(), revision), List.of());
                    }
                }
                case TypedDelivery.TooOld<Resource> _, TypedDelivery.Forbidden<Resource> _ -> {
                    LOG.warn("the watch fell behind the store's history: reading anew");
                    return;
                }
            }
        }
    }

    /// What was deleted while nothing was read. All that is there is told anew, which wakes whoever
    /// it concerns; only who is a loop's own would be there for ever.
    private static List<ClusterChange> gone(Cluster before, Cluster after) {
        List<ClusterChange> gone = new ArrayList<>();
        before.jobs().stream()
                .filter(job -> after.job(job.name()).isEmpty())
                .forEach(job -> gone.add(ClusterChange.removed(job)));
        before.nodes().stream()
                .filter(node -> after.nodes().get(node.metadata().name()).isEmpty())
                .forEach(node -> gone.add(ClusterChange.removed(node)));
        return gone;
    }

    private static ClusterChange change(TypedChange<Resource> change) {
        return change.type() == Change.Type.DELETED
                ? ClusterChange.removed(change.current())
                : new ClusterChange(change.previous(), Optional.of(change.current()));
    }

    private void show(Cluster after, List<ClusterChange> changes) {
        lock.lock();
        try {
            cluster = after;
            complete = true;
            if (trouble.isPresent()) {
                LOG.warn("what is decided goes on");
                trouble = Optional.empty();
            }
            moved.signalAll();
            if (!changes.isEmpty()) {
                listeners.forEach(listener -> tell(listener, changes, after));
            }
        } finally {
            lock.unlock();
        }
    }

    /// A bug of one listener keeps neither the others nor the view.
    private static void tell(Listener listener, List<ClusterChange> changes, Cluster after) {
        try {
            listener.changed(changes, after);
        } catch (RuntimeException bug) {
            LOG.error("a bug of who was told of {} changes", changes.size(), bug);
        }
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
