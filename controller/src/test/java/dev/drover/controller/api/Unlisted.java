package dev.drover.controller.api;

import dev.drover.store.At;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Lookup;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Another store that tells how often something was listed in it.
final class Unlisted implements Store {
    private final Store store;
    private int lists;

    Unlisted(Store store) {
        this.store = store;
    }

    int lists() {
        return lists;
    }

    @Override
    public Listing list(ListRequest request) {
        lists++;
        return store.list(request);
    }

    @Override
    public Commit commit(Txn txn) {
        return store.commit(txn);
    }

    @Override
    public List<Commit> commitAll(List<Txn> txns) {
        return store.commitAll(txns);
    }

    @Override
    public Revision revision() {
        return store.revision();
    }

    @Override
    public Revision compacted() {
        return store.compacted();
    }

    @Override
    public Revision revisionAt(Instant time) {
        return store.revisionAt(time);
    }

    @Override
    public Optional<Instant> timeOf(Revision revision) {
        return store.timeOf(revision);
    }

    @Override
    public String clusterId() {
        return store.clusterId();
    }

    @Override
    public Optional<Entry> get(Key key) {
        return store.get(key);
    }

    @Override
    public List<Entry> getAll(List<Key> keys) {
        return store.getAll(keys);
    }

    @Override
    public Lookup get(Key key, At at) {
        return store.get(key, at);
    }

    @Override
    public List<Change> history(Key key, int limit) {
        return store.history(key, limit);
    }

    @Override
    public Watch watch(WatchRequest request) {
        return store.watch(request);
    }

    @Override
    public void compact(Revision revision) {
        store.compact(revision);
    }

    @Override
    public void close() {
        store.close();
    }
}
