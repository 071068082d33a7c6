package dev.drover.store.typed;

import dev.drover.manifests.model.Resource;
import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Store;
import dev.drover.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A watch that delivers resources; see [Watch], whose rules all hold.
public final class TypedWatch<T extends Resource> implements AutoCloseable {
    private final Watch watch;
    private final Store store;
    private final Rows<T> rows;
    private Optional<TypedDelivery<T>> end = Optional.empty();

    TypedWatch(Watch watch, Store store, Rows<T> rows) {
        this.watch = watch;
        this.store = store;
        this.rows = rows;
    }

    /// The next delivery; empty when there was none within `timeout` or the watch is closed.
    ///
    /// @throws InterruptedException when interrupted while waiting
    public Optional<TypedDelivery<T>> next(Duration timeout) throws InterruptedException {
        if (end.isPresent()) {
            return end;
        }
        Optional<TypedDelivery<T>> next = watch.next(timeout).map(this::typed);
        end = next.filter(d -> d instanceof TypedDelivery.TooOld);
        return next;
    }

    private TypedDelivery<T> typed(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Frame(List<Change> changes) -> frame(changes);
            case Delivery.Bookmark(var revision) -> new TypedDelivery.Bookmark<>(revision);
            case Delivery.InitialDone(var revision) -> new TypedDelivery.InitialDone<>(revision);
            case Delivery.TooOld(var compacted, var current) ->
                    new TypedDelivery.TooOld<>(compacted, current);
            case Delivery.Forbidden _ -> new TypedDelivery.Forbidden<>();
        };
    }

    /// A row that lost its spec to compaction cannot be shown any more, and so ends the watch.
    private TypedDelivery<T> frame(List<Change> changes) {
        List<TypedChange<T>> typed = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Optional<T> current = rows.row(change.entry());
            Optional<Entry> before = change.previous();
            Optional<T> previous = before.flatMap(rows::row);
            if (current.isEmpty() || previous.isEmpty() != before.isEmpty()) {
                return new TypedDelivery.TooOld<>(store.compacted(), store.revision());
            }
            typed.add(new TypedChange<>(change.type(), current.get(), previous, change.revision()));
        }
        return new TypedDelivery.Frame<>(typed);
    }

    /// Asks for a bookmark at or after the newest revision of now.
    public void progress() {
        watch.progress();
    }

    @Override
    public void close() {
        watch.close();
    }
}
