package dev.drover.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Commits: conditions, steps, revisions, limits.
interface TransactionContract extends StoreUnderTest {
    @Test
    default void the_first_write_has_revision_one_and_is_there() {
        Revision first = put(WEB, ONE);

        assertThat(first).isEqualTo(new Revision(1));
        assertThat(store().revision()).isEqualTo(first);
        assertThat(store().get(WEB)).contains(new Entry(WEB, ONE, first, first, 1));
    }

    @Test
    default void a_second_write_keeps_the_creation_and_counts_the_version() {
        Revision first = put(WEB, ONE);
        Revision second = put(WEB, TWO);

        assertThat(store().get(WEB)).contains(new Entry(WEB, TWO, first, second, 2));
    }

    @Test
    default void a_deleted_key_is_gone_and_begins_anew_at_version_one() {
        put(WEB, ONE);
        delete(WEB);
        assertThat(store().get(WEB)).isEmpty();

        Revision again = put(WEB, TWO);

        assertThat(again).isEqualTo(new Revision(3));
        assertThat(store().get(WEB)).contains(new Entry(WEB, TWO, again, again, 1));
    }

    @Test
    default void one_transaction_has_one_revision_however_many_keys_it_writes() {
        Commit.Effect effect = done(Txn.always(new Op.Put(WEB, ONE), new Op.Put(API, TWO)));

        assertThat(effect).isEqualTo(new Commit.Effect(new Revision(1), List.of(), 2, 0));
        assertThat(store().get(WEB).orElseThrow().modified())
                .isEqualTo(store().get(API).orElseThrow().modified());
    }

    @Test
    default void a_transaction_without_effect_has_no_revision_of_its_own() {
        Revision before = put(WEB, ONE);

        Commit.Effect effect = done(Txn.always(new Op.Delete(API), new Op.Get(WEB)));

        assertThat(effect.revision()).isEqualTo(before);
        assertThat(store().revision()).isEqualTo(before);
    }

    @Test
    default void creating_what_exists_is_a_conflict_that_shows_it() {
        Revision first = put(WEB, ONE);

        Commit second = store().commit(Txn.create(WEB, TWO));

        assertThat(second)
                .isEqualTo(
                        new Commit.Conflict(
                                WEB,
                                Optional.of(new Entry(WEB, ONE, first, first, 1)),
                                new Commit.Effect(first, List.of(), 0, 0)));
        assertThat(value(WEB)).contains("one");
    }

    @Test
    default void replacing_what_changed_meanwhile_is_a_conflict() {
        Revision seen = put(WEB, ONE);
        put(WEB, TWO);

        assertThat(store().commit(Txn.replace(WEB, seen, ONE))).isInstanceOf(Commit.Conflict.class);
        assertThat(store().commit(Txn.replace(WEB, seen.next(), ONE)))
                .isInstanceOf(Commit.Done.class);
    }

    @Test
    default void a_deleted_and_recreated_key_is_another_object() {
        Revision created = put(WEB, ONE);
        put(WEB, TWO);
        Txn touch =
                Txn.when(List.of(Compare.sameObject(WEB, created)), List.of(new Op.Put(API, ONE)));
        assertThat(store().commit(touch)).isInstanceOf(Commit.Done.class);

        delete(WEB);
        put(WEB, ONE);

        assertThat(store().commit(touch)).isInstanceOf(Commit.Conflict.class);
    }

    @Test
    default void all_conditions_must_hold_and_the_first_that_does_not_is_named() {
        put(WEB, ONE);
        List<Compare> conditions = List.of(Compare.present(WEB), Compare.present(API));

        Commit commit = store().commit(Txn.when(conditions, List.of(new Op.Delete(WEB))));

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Conflict.class, c -> assertThat(c.key()).isEqualTo(API));
        assertThat(store().get(WEB)).isPresent();
    }

    @Test
    default void the_other_steps_are_done_when_a_condition_does_not_hold() {
        put(WEB, ONE);

        Commit commit = store().commit(Txn.create(WEB, TWO).otherwise(new Op.Put(API, TWO)));

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Conflict.class,
                        c -> assertThat(c.otherwise().revision()).isEqualTo(new Revision(2)));
        assertThat(value(API)).contains("two");
    }

    @Test
    default void a_get_in_a_transaction_reads_what_was_before_it() {
        put(WEB, ONE);

        Commit.Effect effect =
                done(Txn.always(new Op.Put(WEB, TWO), new Op.Get(WEB), new Op.Get(API)));

        assertThat(effect.read().stream().map(e -> e.map(Entry::value)).toList())
                .containsExactly(Optional.of(ONE), Optional.empty());
    }

    @Test
    default void a_prefix_is_deleted_in_key_order_as_far_as_asked() {
        for (String name : List.of("a", "b", "c")) {
            put(Key.of("jobs", "default", name), ONE);
        }
        put(Key.of("jobs", "other", "a"), ONE);

        Commit.Effect effect =
                done(Txn.always(new Op.DeletePrefix(Prefix.in("jobs", "default"), 2)));

        assertThat(effect.deleted()).isEqualTo(2);
        assertThat(names(ListRequest.of(JOBS))).containsExactly("c", "a");
    }

    @Test
    default void transactions_sent_together_are_answered_one_by_one() {
        List<Commit> commits =
                store().commitAll(
                                List.of(
                                        Txn.create(WEB, ONE),
                                        Txn.create(WEB, TWO),
                                        Txn.create(API, TWO)));

        assertThat(commits.get(0)).isInstanceOf(Commit.Done.class);
        assertThat(commits.get(1))
                .isInstanceOfSatisfying(
                        Commit.Conflict.class,
                        c -> assertThat(c.actual().orElseThrow().value()).isEqualTo(ONE));
        assertThat(commits.get(2)).isInstanceOf(Commit.Done.class);
        assertThat(store().revision()).isEqualTo(new Revision(2));
    }

    @Test
    default void no_transactions_are_no_answers() {
        assertThat(store().commitAll(List.of())).isEmpty();
    }

    @Test
    default void a_repeated_request_is_answered_and_not_done_again() {
        Txn named = Txn.create(WEB, ONE).requestId("r1");
        Commit first = store().commit(named);
        delete(WEB);

        assertThat(store().commit(named)).isEqualTo(first);
        assertThat(store().get(WEB)).isEmpty();
    }

    @Test
    default void a_request_is_forgotten_after_five_minutes() {
        Txn named = Txn.put(WEB, ONE).requestId("r1");
        store().commit(named);
        pass(Duration.ofMinutes(5).plusSeconds(1));

        store().commit(named);

        assertThat(store().revision()).isEqualTo(new Revision(2));
    }

    @Test
    default void a_key_written_twice_is_refused() {
        Commit twice = store().commit(Txn.always(new Op.Put(WEB, ONE), new Op.Delete(WEB)));
        Commit overlapping =
                store().commit(Txn.always(new Op.Put(WEB, ONE), new Op.DeletePrefix(JOBS, 10)));

        assertThat(twice).isInstanceOf(Commit.Refused.class);
        assertThat(overlapping).isInstanceOf(Commit.Refused.class);
        assertThat(store().revision()).isEqualTo(Revision.NONE);
    }

    @Test
    default void what_is_too_large_is_refused_and_says_what_is_allowed() {
        Bytes large = Bytes.copyOf(new byte[Limits.STANDARD.valueBytes() + 1]);

        assertThat(store().commit(Txn.put(WEB, large)))
                .isInstanceOfSatisfying(
                        Commit.Refused.class, r -> assertThat(r.why()).contains("1048576"));
    }

    @Test
    default void a_value_of_the_largest_size_and_an_empty_one_come_back() {
        byte[] content = new byte[Limits.STANDARD.valueBytes()];
        IntStream.range(0, content.length).forEach(i -> content[i] = (byte) i);
        put(WEB, Bytes.copyOf(content));
        put(API, Bytes.EMPTY);

        assertThat(store().get(WEB).orElseThrow().value()).isEqualTo(Bytes.copyOf(content));
        assertThat(store().get(API).orElseThrow().value()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    default void a_large_transaction_is_one() {
        Op[] puts =
                IntStream.range(0, 16_384)
                        .mapToObj(i -> new Op.Put(Key.of("jobs", "default", "j" + i), ONE))
                        .toArray(Op[]::new);

        assertThat(done(Txn.always(puts)).written()).isEqualTo(puts.length);
        assertThat(store().revision()).isEqualTo(new Revision(1));
        assertThat(names(ListRequest.of(JOBS))).hasSize(puts.length);
    }
}
