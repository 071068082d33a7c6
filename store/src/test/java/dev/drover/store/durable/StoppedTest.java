package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.log.LocalLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store says that could not sync, to those who ask before its process has ended.
class StoppedTest {
    private static final Txn WRITE = Txn.put(Key.of("jobs", "default", "a"), Bytes.utf8("1"));

    private final AtomicBoolean broken = new AtomicBoolean();

    private void sync() {
        if (broken.get()) {
            throw new UncheckedIOException(new IOException("EIO"));
        }
    }

    @Test
    void nothing_that_it_did_not_take_is_acknowledged(@TempDir Path folder) {
        try (Store store =
                DurableStore.open(
                        folder,
                        Settings.standard(),
                        InstantSource.system(),
                        (machine, _, pace) ->
                                new LocalLog(machine, this::sync, (_, _) -> {}, pace))) {
            store.commit(WRITE);
            Revision taken = store.revision();
            broken.set(true);

            assertThat(store.commit(WRITE)).isInstanceOf(Commit.Unknown.class);

            assertThat(store.commit(WRITE)).isInstanceOf(Commit.Unknown.class);
            assertThatThrownBy(() -> store.compact(taken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the store has stopped");
            assertThat(store.compacted()).isEqualTo(Revision.NONE);
        }
    }
}
