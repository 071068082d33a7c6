package dev.drover.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store that a contract is checked on, and the few words its tests are written in.
interface StoreUnderTest {
    Key WEB = Key.of("jobs", "default", "web");
    Key API = Key.of("jobs", "default", "api");
    Prefix JOBS = Prefix.ofType("jobs");
    Bytes ONE = Bytes.utf8("one");
    Bytes TWO = Bytes.utf8("two");

    /// The same data on every call of a test; another object where the store is reopened between
    /// steps.
    Store store();

    /// What the store's clock says.
    Instant now();

    /// Moves the store's clock.
    void pass(Duration time);

    default Revision put(Key key, Bytes value) {
        return done(Txn.put(key, value)).revision();
    }

    default Revision delete(Key key) {
        return done(Txn.always(new Op.Delete(key))).revision();
    }

    default Commit.Effect done(Txn txn) {
        return switch (store().commit(txn)) {
            case Commit.Done(Commit.Effect effect) -> effect;
            case Commit.Conflict _, Commit.Unknown _, Commit.Refused _ ->
                    throw new AssertionError("not done: " + txn);
        };
    }

    default List<String> names(ListRequest request) {
        return page(request).entries().stream().map(e -> e.key().name()).toList();
    }

    default Listing.Page page(ListRequest request) {
        return switch (store().list(request)) {
            case Listing.Page page -> page;
            case Listing.TooOld _, Listing.TooNew _ -> throw new AssertionError("no page");
        };
    }

    default Optional<String> value(Key key) {
        return store().get(key).map(e -> e.value().utf8());
    }
}
