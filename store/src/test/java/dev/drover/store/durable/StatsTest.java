package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Key;
import dev.drover.store.ManualClock;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
    private static final Key WEB = Key.of("jobs", "default", "web");

    private static final Revision FIRST = new Revision(1);

    @TempDir Path folder;

    @Test
    void a_store_counts_what_it_did() {
        Settings settings = Settings.standard().halt(Opened.FAIL);
        try (DurableStore store = DurableStore.open(folder, settings, new ManualClock());
                Watch watch = store.watch(WatchRequest.from(Prefix.EVERYTHING, new Revision(1)))) {
            store.commit(Txn.create(WEB, Bytes.EMPTY));
            store.commit(Txn.create(WEB, Bytes.EMPTY));
            store.commit(Txn.put(WEB, Bytes.EMPTY));
            store.commit(Txn.always(new Op.Delete(WEB), new Op.Delete(WEB)));
            store.compact(new Revision(1));

            Stats stats = store.stats();
            Stats.Counts counts = stats.counts();

            assertThat(counts.done()).isEqualTo(2);
            assertThat(counts.conflicts()).isEqualTo(1);
            assertThat(counts.refused()).isEqualTo(1);
            assertThat(counts.unknown()).isZero();
            assertThat(counts.cleaned()).isLessThanOrEqualTo(1); // on a thread of its own
            Distribution syncs = stats.paces().syncs();
            assertThat(syncs.count()).isEqualTo(3); // two writes and the compaction
            assertThat(syncs.sum()).isPositive();
            assertThat(syncs.quantile(1)).isGreaterThanOrEqualTo(syncs.quantile(0.5)).isPositive();
            assertThat(stats.paces().groups().sum()).isEqualTo(3); // transactions that were taken
            assertThat(stats.paces().queued().count()).isEqualTo(stats.paces().groups().count());
            assertThat(stats.sizes().keys()).isEqualTo(1);
            assertThat(stats.revisions().kept()).isEqualTo(2);
            assertThat(stats.sizes().watches()).isEqualTo(1);
            assertThat(stats.sizes().watchLag()).isEqualTo(2);
            assertThat(stats.sizes().logBytes()).isPositive();
            assertThat(stats.sizes().freeBytes()).isPositive();
            watch.progress();
        }
    }

    @Test
    void a_watch_of_what_happened_lately_is_fed_from_memory() throws InterruptedException {
        Settings settings = Settings.standard().halt(Opened.FAIL);
        try (DurableStore store = DurableStore.open(folder, settings, new ManualClock())) {
            store.commit(Txn.put(Key.of("jobs", "default", "other"), Bytes.EMPTY));
            store.commit(Txn.put(WEB, Bytes.EMPTY));
            try (Watch watch = store.watch(WatchRequest.from(Prefix.exactly(WEB), FIRST))) {
                Delivery first = watch.next(Duration.ofSeconds(5)).orElseThrow();

                assertThat(((Delivery.Frame) first).changes())
                        .extracting(Change::key)
                        .containsExactly(WEB);
                assertThat(store.stats().counts().replays()).isZero();
            }
        }
    }
}
