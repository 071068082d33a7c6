package dev.drover.store.bench;

import static dev.drover.store.bench.Desk.KILOBYTE;
import static dev.drover.store.bench.Desk.atMost;
import static dev.drover.store.bench.Desk.key;
import static dev.drover.store.bench.Desk.middle;

import dev.drover.store.At;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;

/// Lists: from the tree in memory, and of an older revision from disk.
final class ReadRows {
    private final Desk desk;

    ReadRows(Desk desk) {
        this.desk = desk;
    }

    void lists() {
        desk.withStore(store -> {
            Desk.fill(store, 10_000, 300);
            Revision old = store.revision();
            store.commit(Txn.put(key(0), KILOBYTE));
            atMost(
                    "store.list-10000-from-tree",
                    middle(() -> list(store, At.NEWEST)) / 1e6,
                    "ms",
                    1);
            atMost(
                    "store.list-10000-from-rocksdb",
                    middle(() -> list(store, new At.Exactly(old))) / 1e6,
                    "ms",
                    20);
            return 0;
        });
    }

    private static long list(Store store, At at) {
        long begin = System.nanoTime();
        Listing listing = store.list(ListRequest.of(Prefix.ofType("jobs")).at(at));
        long took = System.nanoTime() - begin;
        if (((Listing.Page) listing).entries().size() != 10_000) {
            throw new IllegalStateException("not all of them");
        }
        return took;
    }
}
