package dev.drover.store;

import static dev.drover.store.Change.Type.ADDED;
import static dev.drover.store.Change.Type.DELETED;
import static dev.drover.store.Change.Type.MODIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Watches; the numbers are the points of the watch contract in the design.
interface WatchContract extends StoreUnderTest {
    Duration SOON = Duration.ofSeconds(30);

    @Test
    default void point_1_to_3_changes_come_in_order_once_and_without_a_gap() throws Exception {
        Store store = store();
        try (Watch watch = store.watch(WatchRequest.from(JOBS, new Revision(1)))) {
            int writers = 4;
            int each = 50;
            List<Thread> threads =
                    IntStream.range(0, writers)
                            .mapToObj(
                                    w -> Thread.ofVirtual().start(() -> writeMany(store, w, each)))
                            .toList();
            List<Long> seen = new ArrayList<>();
            while (seen.size() < writers * each) {
                changes(watch).forEach(c -> seen.add(c.revision().number()));
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(seen)
                    .isEqualTo(
                            IntStream.rangeClosed(1, writers * each)
                                    .mapToObj(i -> (long) i)
                                    .toList());
            assertThat(watch.next(Duration.ZERO)).isEmpty();
        }
    }

    private static void writeMany(Store store, int writer, int count) {
        for (int i = 0; i < count; i++) {
            store.commit(Txn.put(Key.of("jobs", "w" + writer, "j" + i % 7), Bytes.utf8("" + i)));
        }
    }

    @Test
    default void point_1_changes_of_one_revision_are_in_the_order_of_the_steps() throws Exception {
        done(Txn.always(new Op.Put(WEB, ONE), new Op.Put(API, ONE)));

        try (Watch watch = store().watch(WatchRequest.from(JOBS, new Revision(1)))) {
            assertThat(changes(watch)).extracting(Change::key).containsExactly(WEB, API);
        }
    }

    @Test
    default void point_3_a_watcher_that_never_asked_gets_everything_when_it_does()
            throws Exception {
        Store store = store();
        try (Watch watch = store.watch(WatchRequest.from(JOBS, new Revision(1)))) {
            for (int i = 0; i < 3_000; i++) {
                store.commitAll(List.of(Txn.put(WEB, Bytes.utf8("" + i))));
            }
            List<String> values = new ArrayList<>();
            while (values.size() < 3_000) {
                changes(watch).forEach(c -> values.add(c.entry().value().utf8()));
            }
            assertThat(values).isEqualTo(IntStream.range(0, 3_000).mapToObj(i -> "" + i).toList());
        }
    }

    @Test
    default void point_4_a_revision_is_never_cut_by_the_end_of_a_frame() throws Exception {
        int large = Watch.FRAME_CHANGES + 500;
        Op[] puts =
                IntStream.range(0, large)
                        .mapToObj(i -> new Op.Put(Key.of("jobs", "default", "j" + i), ONE))
                        .toArray(Op[]::new);
        put(WEB, ONE);
        done(Txn.always(puts));
        put(WEB, TWO);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, new Revision(1)))) {
            List<Change> all = new ArrayList<>();
            while (all.size() < large + 2) {
                List<Change> frame = changes(watch);
                assertThat(frame.stream().filter(c -> c.revision().number() == 2).count())
                        .isIn(0L, (long) large);
                all.addAll(frame);
            }
            assertThat(all).hasSize(large + 2);
        }
    }

    @Test
    default void point_5_what_is_delivered_can_be_read() throws Exception {
        Store store = store();
        try (Watch watch = store.watch(WatchRequest.from(JOBS, new Revision(1)))) {
            Thread writer = Thread.ofVirtual().start(() -> writeMany(store, 0, 100));
            Revision seen = Revision.NONE;
            while (seen.number() < 100) {
                seen = changes(watch).getLast().revision();
                assertThat(store.revision().before(seen)).isFalse();
            }
            writer.join();
        }
    }

    @Test
    default void point_6_an_idle_watch_says_how_far_it_is() throws Exception {
        Store store = store();
        store.commit(Txn.put(WEB, ONE));
        try (Watch watch =
                store.watch(
                        WatchRequest.from(Prefix.ofType("nodes"), new Revision(1))
                                .withBookmarks())) {
            pass(Watch.BOOKMARK_IDLE);

            assertThat(watch.next(SOON)).contains(new Delivery.Bookmark(new Revision(1)));
            assertThat(watch.next(Duration.ZERO)).isEmpty();
        }
    }

    /// A bookmark must not overtake what this stream has still to deliver.
    @Test
    default void point_6_etcd_15220_progress_is_answered_behind_what_was_still_to_come()
            throws Exception {
        Store store = store();
        try (Watch watch = store.watch(WatchRequest.from(JOBS, new Revision(1)))) {
            store.commit(Txn.put(WEB, ONE));
            store.commit(Txn.put(Key.ofCluster("nodes", "n1"), ONE));
            watch.progress();

            assertThat(changes(watch)).hasSize(1);
            assertThat(watch.next(SOON)).contains(new Delivery.Bookmark(new Revision(2)));
        }
    }

    @Test
    default void point_7_a_watch_goes_on_where_another_one_ended() throws Exception {
        put(WEB, ONE);
        put(WEB, TWO);
        Revision last;
        try (Watch watch = store().watch(WatchRequest.from(JOBS, new Revision(1)))) {
            last = changes(watch).getLast().revision();
        }
        put(API, ONE);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, last.next()))) {
            assertThat(changes(watch)).extracting(Change::key).containsExactly(API);
        }
    }

    /// Nothing from below the asked revision, not even a bookmark.
    @Test
    default void point_8_etcd_20221_a_watch_from_the_future_waits_for_it() throws Exception {
        Store store = store();
        try (Watch watch = store.watch(WatchRequest.from(JOBS, new Revision(3)).withBookmarks())) {
            store.commit(Txn.put(WEB, ONE));
            store.commit(Txn.put(WEB, TWO));
            pass(Watch.BOOKMARK_IDLE);
            watch.progress();
            assertThat(watch.next(Duration.ZERO)).isEmpty();

            store.commit(Txn.put(API, ONE));

            assertThat(watch.next(SOON).orElseThrow())
                    .isIn(
                            new Delivery.Bookmark(new Revision(3)),
                            new Delivery.Frame(
                                    List.of(
                                            Change.added(
                                                    store.get(API).orElseThrow(),
                                                    new Revision(3)))));
        }
    }

    @Test
    default void point_9_a_list_and_a_watch_from_the_next_revision_fit_together() throws Exception {
        put(WEB, ONE);
        Revision listed = page(ListRequest.of(JOBS)).revision();
        put(API, ONE);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, listed.next()))) {
            assertThat(changes(watch)).extracting(Change::key).containsExactly(API);
        }
    }

    @Test
    default void point_9_one_stream_begins_with_what_is_there_and_goes_on_with_changes()
            throws Exception {
        Store store = store();
        store.commit(Txn.put(WEB, ONE));
        Revision before = revision(store.commit(Txn.put(WEB, TWO)));
        try (Watch watch = store.watch(WatchRequest.initial(JOBS))) {
            Revision live = revision(store.commit(Txn.put(API, ONE)));
            store.commit(Txn.always(new Op.Delete(WEB)));

            List<Change> initial = changes(watch);
            assertThat(initial).extracting(Change::type).containsExactly(ADDED);
            assertThat(initial.getFirst().entry().value()).isEqualTo(TWO);
            assertThat(initial.getFirst().revision()).isEqualTo(before);
            assertThat(watch.next(SOON)).contains(new Delivery.InitialDone(before));
            List<Change> changes = atLeast(2, watch);
            assertThat(changes.getFirst().revision()).isEqualTo(live);
            assertThat(changes).extracting(Change::type).containsExactly(ADDED, DELETED);
        }
    }

    private static Revision revision(Commit commit) {
        return ((Commit.Done) commit).revision();
    }

    @Test
    default void point_9_an_empty_beginning_is_only_its_end() throws Exception {
        put(Key.ofCluster("nodes", "n1"), ONE);

        try (Watch watch = store().watch(WatchRequest.initial(JOBS))) {
            assertThat(watch.next(SOON)).contains(new Delivery.InitialDone(new Revision(1)));
        }
    }

    @Test
    default void point_10_types_and_what_was_there_before() throws Exception {
        Revision first = put(WEB, ONE);
        Revision second = put(WEB, TWO);
        Revision third = delete(WEB);
        Revision fourth = put(WEB, ONE);
        Entry one = new Entry(WEB, ONE, first, first, 1);
        Entry two = new Entry(WEB, TWO, first, second, 2);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, first))) {
            assertThat(atLeast(4, watch))
                    .containsExactly(
                            new Change(ADDED, one, Optional.empty(), first),
                            new Change(MODIFIED, two, Optional.of(one), second),
                            new Change(DELETED, two, Optional.of(two), third),
                            new Change(
                                    ADDED,
                                    new Entry(WEB, ONE, fourth, fourth, 1),
                                    Optional.empty(),
                                    fourth));
        }
    }

    @Test
    default void point_10_what_stops_being_selected_is_deleted_and_what_starts_is_added()
            throws Exception {
        put(WEB, ONE);
        put(WEB, TWO);
        put(WEB, ONE);
        put(API, TWO);

        try (Watch watch =
                store().watch(
                                WatchRequest.from(JOBS, new Revision(1))
                                        .selecting(e -> e.value().equals(ONE)))) {
            List<Change> changes = atLeast(3, watch);
            assertThat(changes).extracting(Change::type).containsExactly(ADDED, DELETED, ADDED);
            assertThat(changes).extracting(c -> c.entry().value()).containsOnly(ONE);
            assertThat(changes.get(1).revision()).isEqualTo(new Revision(2));
        }
    }

    @Test
    default void point_11_a_coalescing_watch_gets_only_the_newest_of_each_key() throws Exception {
        Store store = store();
        store.commit(Txn.put(WEB, ONE));
        try (Watch watch = store.watch(WatchRequest.initial(JOBS).coalescing())) {
            changes(watch);
            watch.next(SOON);
            store.commit(Txn.put(API, ONE));
            store.commit(Txn.put(WEB, TWO));
            store.commit(Txn.put(API, TWO));
            store.commit(Txn.put(Key.of("jobs", "default", "brief"), ONE));
            store.commit(Txn.always(new Op.Delete(Key.of("jobs", "default", "brief"))));

            List<Change> changes = changes(watch);
            assertThat(changes).extracting(Change::key).containsExactly(WEB, API);
            assertThat(changes).extracting(Change::type).containsExactly(MODIFIED, ADDED);
            assertThat(changes).extracting(c -> c.entry().value()).containsOnly(TWO);
        }
    }

    @Test
    default void point_12_a_lost_permission_ends_the_watch() throws Exception {
        Store store = store();
        AtomicBoolean permitted = new AtomicBoolean(true);
        try (Watch watch =
                store.watch(
                        WatchRequest.from(JOBS, new Revision(1))
                                .permitting(_ -> permitted.get()))) {
            store.commit(Txn.put(WEB, ONE));
            assertThat(changes(watch)).hasSize(1);

            permitted.set(false);
            store.commit(Txn.put(WEB, TWO));

            assertThat(watch.next(SOON)).contains(new Delivery.Forbidden());
            permitted.set(true);
            assertThat(watch.next(Duration.ZERO)).contains(new Delivery.Forbidden());
        }
    }

    @Test
    default void a_watch_of_one_key_sees_no_other() throws Exception {
        put(Key.of("jobs", "default", "web2"), ONE);
        put(WEB, ONE);

        try (Watch watch = store().watch(WatchRequest.from(Prefix.exactly(WEB), new Revision(1)))) {
            assertThat(changes(watch)).extracting(Change::key).containsExactly(WEB);
        }
    }

    @Test
    default void closing_a_watch_wakes_who_waits_on_it() throws Exception {
        Watch watch = store().watch(WatchRequest.from(JOBS, new Revision(1)));
        List<Optional<Delivery>> answers = new ArrayList<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                answers.add(watch.next(Duration.ofMinutes(1)));
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });

        watch.close();
        waiting.join();

        assertThat(answers).containsExactly(Optional.empty());
    }

    /// The changes of the next frame.
    private static List<Change> changes(Watch watch) throws InterruptedException {
        return switch (watch.next(SOON).orElseThrow()) {
            case Delivery.Frame(List<Change> changes) -> changes;
            case Delivery.Bookmark _,
                    Delivery.InitialDone _,
                    Delivery.TooOld _,
                    Delivery.Forbidden _ ->
                    throw new AssertionError("not a frame");
        };
    }

    private static List<Change> atLeast(int count, Watch watch) throws InterruptedException {
        List<Change> all = new ArrayList<>();
        while (all.size() < count) {
            all.addAll(changes(watch));
        }
        return all;
    }
}
