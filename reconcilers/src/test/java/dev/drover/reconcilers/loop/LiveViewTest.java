package dev.drover.reconcilers.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Txn;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveViewTest {
    private final MemoryStore store = new MemoryStore("test", InstantSource.system());
    private final Tables tables = new Tables(store);
    private final LiveView view = new LiveView(tables);
    private final Semaphore told = new Semaphore(0);

    @AfterEach
    void stop() throws InterruptedException {
        view.stop();
        store.close();
    }

    @Test
    void a_bug_of_one_listener_keeps_neither_the_others_nor_the_view() throws InterruptedException {
        view.start();
        view.listen((_, _) -> {
            throw new UnsupportedOperationException("a bug");
        });
        view.listen((changes, _) -> told.release(changes.size()));

        write("a1");
        write("b1");

        assertThat(told.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(view.cluster().nodes().stream()).hasSize(2);
    }

    /// As while the process stood for longer than the store's history goes back.
    @Test
    void what_is_deleted_while_nothing_is_read_is_told() throws InterruptedException {
        view.start();
        write("a1");
        Semaphore held = new Semaphore(0);
        Semaphore holding = new Semaphore(0);
        Semaphore gone = new Semaphore(0);
        view.listen((changes, _) -> {
            if (changes.stream().anyMatch(change -> named(change, "b1"))) {
                holding.release();
                held.acquireUninterruptibly();
            }
            if (changes.stream()
                    .anyMatch(change -> change.after().isEmpty() && named(change, "a1"))) {
                gone.release();
            }
        });
        write("b1");
        holding.acquire();

        delete("a1");
        write("c1");
        store.compact(store.revision());
        held.release(2);

        assertThat(gone.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(view.cluster().nodes().get("c1")).isPresent();
    }

    @Test
    void what_cannot_be_read_ends_the_view_no_longer_than_it_is_there()
            throws InterruptedException {
        view.start();
        Semaphore seen = new Semaphore(0);
        view.listen((changes, _) -> {
            if (changes.stream().anyMatch(change -> named(change, "b1"))) {
                seen.release();
            }
        });
        Key key = Key.ofCluster("nodes", "rubbish");

        store.commit(Txn.put(key, Bytes.utf8("no record")));
        do {
            assertThat(view.current(Duration.ofSeconds(1))).as("it stands").isEmpty();
        } while (view.trouble().isEmpty()); // no longer than this class may take
        assertThat(view.trouble().orElseThrow())
                .contains("/nodes//rubbish at revision 1 cannot be read", "restore a backup");
        store.commit(Txn.always(new Op.Delete(key)));
        write("b1");

        assertThat(seen.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        assertThat(view.trouble()).isEmpty();
    }

    /// It waited for ever, and no server listened.
    @Test
    void what_cannot_be_read_at_the_start_is_said() {
        store.commit(Txn.put(Key.ofCluster("nodes", "rubbish"), Bytes.utf8("no record")));

        assertThatThrownBy(view::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("/nodes//rubbish at revision 1 cannot be read");
    }

    private static boolean named(ClusterChange change, String name) {
        return change.newest().metadata().name().equals(name);
    }

    private void delete(String node) {
        Node there = tables.nodes().get("", node).orElseThrow();
        assertThat(tables.commit(Write.of(new Write.Step.Delete(there))))
                .isInstanceOf(Commit.Done.class);
    }

    private void write(String node) {
        assertThat(tables.commit(Write.of(new Write.Step.Create(World.node(node)))))
                .isInstanceOf(Commit.Done.class);
    }
}
