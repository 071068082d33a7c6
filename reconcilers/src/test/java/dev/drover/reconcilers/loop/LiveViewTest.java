package dev.drover.reconcilers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reconcilers.World;
import dev.drover.store.Commit;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
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
        view.listen((_, _) -> told.release());

        write("a1");
        write("b1");

        assertThat(told.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(view.cluster().nodes().stream()).hasSize(2);
    }

    private void write(String node) {
        assertThat(tables.commit(Write.of(new Write.Step.Create(World.node(node)))))
                .isInstanceOf(Commit.Done.class);
    }
}
