package dev.drover.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What compaction forgets, and exactly where.
interface CompactionContract extends StoreUnderTest {
    @Test
    default void what_was_before_the_boundary_is_too_old_and_the_boundary_is_not() {
        put(WEB, ONE);
        Revision second = put(WEB, TWO);
        Revision third = put(API, ONE);

        store().compact(second);

        assertThat(store().compacted()).isEqualTo(second);
        assertThat(store().list(ListRequest.of(JOBS).at(new At.Exactly(second.previous()))))
                .isEqualTo(new Listing.TooOld(second, third));
        assertThat(store().get(WEB, new At.Exactly(second.previous())))
                .isEqualTo(new Lookup.TooOld(second, third));
        assertThat(names(ListRequest.of(JOBS).at(new At.Exactly(second)))).containsExactly("web");
    }

    @Test
    default void the_past_of_a_key_ends_with_what_it_held_at_the_boundary() {
        put(WEB, ONE);
        Revision second = put(WEB, TWO);
        Revision third = put(API, ONE);
        Revision fourth = put(WEB, ONE);

        store().compact(third);

        assertThat(store().history(WEB, 10))
                .extracting(Change::revision)
                .containsExactly(fourth, second);
        assertThat(store().history(WEB, 10).getLast().previous()).isEmpty();
        Revision gone = delete(WEB);
        store().compact(gone);
        assertThat(store().history(WEB, 10)).isEmpty();
    }

    @Test
    default void nothing_that_is_there_is_lost() {
        put(WEB, ONE);
        put(API, ONE);
        Revision third = put(API, TWO);

        store().compact(third);

        assertThat(value(WEB)).contains("one");
        assertThat(value(API)).contains("two");
        assertThat(store().get(WEB).orElseThrow().version()).isEqualTo(1);
    }

    /// After trailing deletes were compacted, nothing on disk carried the newest revision.
    @Test
    default void etcd_17780_the_revision_never_goes_down_though_all_that_carried_it_is_compacted() {
        put(WEB, ONE);
        Revision deleted = delete(WEB);

        store().compact(deleted);

        assertThat(store().revision()).isEqualTo(deleted);
        assertThat(put(WEB, TWO)).isEqualTo(deleted.next());
        assertThat(store().get(WEB).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    default void etcd_18089_19179_a_watch_from_behind_the_boundary_shows_a_deletion_there()
            throws InterruptedException {
        put(WEB, ONE);
        Revision second = put(API, ONE);
        Revision third = delete(WEB);

        store().compact(second);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, third))) {
            assertThat(watch.next(Duration.ofSeconds(5)).orElseThrow())
                    .isInstanceOfSatisfying(
                            Delivery.Frame.class,
                            frame -> {
                                Change change = frame.changes().getFirst();
                                assertThat(change.type()).isEqualTo(Change.Type.DELETED);
                                assertThat(change.entry().value()).isEqualTo(ONE);
                                assertThat(change.revision()).isEqualTo(third);
                            });
        }
    }

    @Test
    default void a_watch_from_the_boundary_is_too_old() throws InterruptedException {
        Revision first = put(WEB, ONE);
        Revision second = put(WEB, TWO);
        store().compact(first);

        try (Watch watch = store().watch(WatchRequest.from(JOBS, first))) {
            assertThat(watch.next(Duration.ofSeconds(5)))
                    .contains(new Delivery.TooOld(first, second));
            assertThat(watch.next(Duration.ZERO)).contains(new Delivery.TooOld(first, second));
        }
    }

    @Test
    default void compacting_backwards_changes_nothing_and_into_the_future_is_refused() {
        put(WEB, ONE);
        Revision second = put(WEB, TWO);
        store().compact(second);

        store().compact(second.previous());

        assertThat(store().compacted()).isEqualTo(second);
        assertThatThrownBy(() -> store().compact(second.next()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
