package dev.drover.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Gets and lists, now and as of a revision.
interface ReadContract extends StoreUnderTest {
    @Test
    default void an_absent_key_is_empty() {
        assertThat(store().get(WEB)).isEmpty();
        assertThat(store().get(WEB, At.NEWEST)).isEqualTo(new Lookup.Absent(Revision.NONE));
    }

    @Test
    default void keys_are_read_together_in_the_order_of_the_question() {
        Key other = Key.of("jobs", "default", "other");
        put(WEB, ONE);
        put(other, TWO);
        delete(other);
        Revision again = put(other, ONE);
        Key absent = Key.of("jobs", "default", "absent");

        assertThat(store().getAll(List.of(other, absent, WEB, other)))
                .extracting(Entry::key)
                .containsExactly(other, WEB, other);
        assertThat(store().getAll(List.of(other)))
                .containsExactly(new Entry(other, ONE, again, again, 1));
        assertThat(store().getAll(List.of())).isEmpty();
    }

    @Test
    default void a_key_can_be_read_as_of_every_revision() {
        Revision first = put(WEB, ONE);
        Revision second = put(WEB, TWO);
        Revision third = delete(WEB);

        assertThat(store().get(WEB, new At.Exactly(Revision.NONE)))
                .isEqualTo(new Lookup.Absent(Revision.NONE));
        assertThat(store().get(WEB, new At.Exactly(first)))
                .isEqualTo(new Lookup.Found(new Entry(WEB, ONE, first, first, 1), first));
        assertThat(store().get(WEB, new At.Exactly(second)))
                .isEqualTo(new Lookup.Found(new Entry(WEB, TWO, first, second, 2), second));
        assertThat(store().get(WEB, new At.Exactly(third))).isEqualTo(new Lookup.Absent(third));
    }

    @Test
    default void a_list_is_in_key_order_and_stays_inside_its_prefix() {
        for (String name : List.of("web2", "web", "web-1", "a.b", "Z")) {
            put(Key.of("jobs", "default", name), ONE);
        }
        put(Key.of("jobs", "default2", "x"), ONE);
        put(Key.of("jobs2", "default", "x"), ONE);

        assertThat(names(ListRequest.of(Prefix.in("jobs", "default"))))
                .containsExactly("Z", "a.b", "web", "web-1", "web2");
        assertThat(names(ListRequest.of(Prefix.exactly(WEB)))).containsExactly("web");
        assertThat(names(ListRequest.of(Prefix.EVERYTHING))).hasSize(7);
    }

    @Test
    default void objects_of_the_cluster_have_an_empty_namespace() {
        Key node = Key.ofCluster("nodes", "n1");
        put(node, ONE);

        assertThat(names(ListRequest.of(Prefix.in("nodes", "")))).containsExactly("n1");
    }

    @Test
    default void a_list_as_of_a_revision_is_what_it_was() {
        Revision first = put(WEB, ONE);
        put(WEB, TWO);
        Revision third = put(API, ONE);
        delete(WEB);

        assertThat(page(ListRequest.of(JOBS).at(new At.Exactly(first))).entries())
                .containsExactly(new Entry(WEB, ONE, first, first, 1));
        assertThat(names(ListRequest.of(JOBS).at(new At.Exactly(third))))
                .containsExactly("api", "web");
        assertThat(names(ListRequest.of(JOBS))).containsExactly("api");
    }

    @Test
    default void pages_of_one_revision_fit_together_whatever_is_written_meanwhile() {
        for (int i = 0; i < 10; i++) {
            put(Key.of("jobs", "default", "j" + i), ONE);
        }
        List<String> names = new ArrayList<>();
        ListRequest request = ListRequest.of(JOBS).limit(3);
        Optional<Key> next;
        do {
            Listing.Page page = page(request);
            page.entries().forEach(e -> names.add(e.key().name()));
            next = page.next();
            request = request.at(new At.Exactly(page.revision()));
            request = next.map(request::after).orElse(request);
            delete(page.entries().getFirst().key());
            put(Key.of("jobs", "default", "j" + names.size() + "x"), ONE);
        } while (next.isPresent());

        assertThat(names)
                .containsExactly("j0", "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9");
    }

    @Test
    default void a_page_that_ends_with_the_last_entry_has_no_next() {
        put(WEB, ONE);
        put(API, ONE);

        assertThat(page(ListRequest.of(JOBS).limit(2)).next()).isEmpty();
        assertThat(page(ListRequest.of(JOBS).limit(1)).next()).contains(API);
    }

    @Test
    default void a_page_behind_a_key_outside_the_prefix_begins_with_the_prefix_or_is_empty() {
        Revision now = put(WEB, ONE);
        put(API, ONE);
        ListRequest before = ListRequest.of(JOBS).after(Key.of("aa", "z", "z"));
        ListRequest behind = ListRequest.of(JOBS).after(Key.of("zz", "a", "a"));

        assertThat(names(before)).containsExactly("api", "web");
        assertThat(names(before.at(new At.Exactly(now)))).containsExactly("web");
        assertThat(names(behind)).isEmpty();
        assertThat(names(behind.at(new At.Exactly(now)))).isEmpty();
    }

    /// Found by seed 1343 of the model test.
    @Test
    default void a_page_behind_the_only_key_of_its_prefix_is_empty() {
        Revision first = put(WEB, ONE);
        put(WEB, TWO);
        ListRequest behind = ListRequest.of(Prefix.exactly(WEB)).after(WEB);

        assertThat(names(behind)).isEmpty();
        assertThat(names(behind.at(new At.Exactly(first)))).isEmpty();
    }

    @Test
    default void the_past_of_a_key_comes_newest_first() {
        Revision first = put(WEB, ONE);
        put(API, ONE);
        Revision third = put(WEB, TWO);
        Revision fourth = delete(WEB);
        Revision fifth = put(WEB, ONE);

        List<Change> past = store().history(WEB, 10);

        assertThat(past).extracting(Change::revision).containsExactly(fifth, fourth, third, first);
        assertThat(past)
                .extracting(Change::type)
                .containsExactly(
                        Change.Type.ADDED,
                        Change.Type.DELETED,
                        Change.Type.MODIFIED,
                        Change.Type.ADDED);
        assertThat(past.get(1).previous()).isEqualTo(past.get(2).current());
        assertThat(past.get(2).previous()).isEqualTo(past.get(3).current());
        assertThat(store().history(WEB, 2)).isEqualTo(past.subList(0, 2));
        assertThat(store().history(Key.of("jobs", "default", "we"), 10)).isEmpty();
    }

    @Test
    default void the_second_of_a_revision_is_known() {
        Instant start = now();
        Revision first = put(WEB, ONE);
        pass(Duration.ofSeconds(3));
        Revision second = put(WEB, TWO);
        Revision third = put(API, TWO);

        assertThat(store().timeOf(first)).contains(start.truncatedTo(ChronoUnit.SECONDS));
        assertThat(store().timeOf(second)).isEqualTo(store().timeOf(third));
        assertThat(store().timeOf(third).orElseThrow())
                .isEqualTo(start.plusSeconds(3).truncatedTo(ChronoUnit.SECONDS));
        assertThat(store().timeOf(third.next())).isEmpty();
        assertThat(store().timeOf(Revision.NONE)).isEmpty();
    }

    @Test
    default void the_state_of_a_second_is_found_by_its_time() {
        Instant start = now();
        assertThat(store().revisionAt(start)).isEqualTo(Revision.NONE);
        put(WEB, ONE);
        Revision second = put(WEB, TWO);
        pass(Duration.ofSeconds(3));
        Revision third = put(API, ONE);
        pass(Duration.ofSeconds(1));

        assertThat(store().revisionAt(start.minusSeconds(1))).isEqualTo(Revision.NONE);
        assertThat(store().revisionAt(start)).isEqualTo(Revision.NONE);
        assertThat(store().revisionAt(start.plusSeconds(1))).isEqualTo(second);
        assertThat(store().revisionAt(start.plusSeconds(3))).isEqualTo(second);
        assertThat(store().revisionAt(start.plusSeconds(4))).isEqualTo(third);
    }

    @Test
    default void what_is_old_is_told_to_the_minute() {
        pass(Duration.between(now(), now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60)));
        Instant minute = now().truncatedTo(ChronoUnit.MINUTES);
        Revision first = put(WEB, ONE);
        pass(Duration.ofSeconds(20));
        Revision second = put(WEB, TWO);
        pass(Duration.ofSeconds(50));
        Revision next = put(API, ONE);
        assertThat(store().revisionAt(minute.plusSeconds(10))).isEqualTo(first);

        pass(Duration.ofMinutes(62));
        put(API, TWO);

        assertThat(store().timeOf(first)).contains(minute);
        assertThat(store().timeOf(second)).contains(minute);
        assertThat(store().timeOf(next)).contains(minute.plusSeconds(70));
        assertThat(store().revisionAt(minute.plusSeconds(10))).isEqualTo(Revision.NONE);
        assertThat(store().revisionAt(minute.plusSeconds(59))).isEqualTo(Revision.NONE);
        assertThat(store().revisionAt(minute.plusSeconds(60))).isEqualTo(second);
        assertThat(store().revisionAt(minute.plusSeconds(130))).isEqualTo(next);
    }

    @Test
    default void a_revision_that_is_not_here_yet_is_too_new() {
        Revision now = put(WEB, ONE);

        assertThat(store().list(ListRequest.of(JOBS).at(new At.Exactly(now.next()))))
                .isEqualTo(new Listing.TooNew(now));
    }

    @Test
    default void etcd_15271_a_read_not_older_than_a_revision_waits_for_it()
            throws InterruptedException {
        Revision now = put(WEB, ONE);
        Store store = store();
        List<Listing> answers = new ArrayList<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() ->
                                answers.add(
                                        store.list(
                                                ListRequest.of(JOBS)
                                                        .at(new At.NotOlderThan(now.next())))));
        store.commit(Txn.put(API, ONE));
        reader.join();

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Listing.Page.class, page -> assertThat(page.entries()).hasSize(2));
    }
}
