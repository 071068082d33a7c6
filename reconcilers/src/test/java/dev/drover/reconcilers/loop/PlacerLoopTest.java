package dev.drover.reconcilers.loop;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacerLoopTest {
    private static final ReschedulePolicy LATER =
            new ReschedulePolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofSeconds(5)),
                    Optional.of(DelayFunction.CONSTANT),
                    Optional.empty(),
                    Optional.of(true));

    private final MemoryStore store = new MemoryStore("test", InstantSource.system());
    private final Tables tables = new Tables(store);
    private final Semaphore deposed = new Semaphore(0);
    private final Turns.Shared shared =
            new Turns.Shared(
                    new LiveView(tables),
                    new Commits(tables, Epoch.take(store, "test"), this::deposed),
                    new Alarms(InstantSource.system()),
                    InstantSource.system());
    private final PlacerLoop placer = new PlacerLoop(shared);

    private void deposed() {
        deposed.release();
        throw new UnsupportedOperationException("a bug of who is told");
    }

    private void start() throws InterruptedException {
        shared.view().start();
        shared.alarms().start();
        placer.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        placer.stop();
        shared.alarms().stop();
        shared.view().stop();
        store.close();
    }

    /// A time that nothing can be added to, as of a node whose clock is mad.
    @Test
    void a_bug_about_one_job_is_said_of_it_and_the_others_go_on() throws InterruptedException {
        write(new Step.Create(World.node("a1")));
        admit(service("bad").reschedule(LATER));
        start();
        until(() -> copies("bad").size() == 1);

        Allocation copy = copies("bad").getFirst();
        write(new Step.Replace(copy.withStatus(failedAt(copy, Instant.MAX))));
        until(() -> stalled("bad").filter(why -> why.reason().equals("Bug")).isPresent());
        admit(service("web"));
        placer.look(Wakes.jobs(List.of(name("bad"), name("web"))));

        until(() -> copies("web").size() == 1);
        assertThat(stalled("bad").orElseThrow().message())
                .startsWith("a bug of the scheduler, which tries again: java.time.");
    }

    @Test
    void a_bug_in_writing_ends_no_loop() throws InterruptedException {
        write(new Step.Create(World.node("a1")));
        start();
        Epoch.take(store, "another");

        admit(service("web"));
        placer.look(Wakes.jobs(List.of(name("web"))));

        assertThat(deposed.tryAcquire(2, 20, TimeUnit.SECONDS)).as("it tries again").isTrue();
    }

    private static AllocationStatus failedAt(Allocation copy, Instant when) {
        return new AllocationStatus(
                AllocationPhase.FAILED,
                "exit code 1",
                copy.status().tasks(),
                Optional.empty(),
                1,
                Optional.of(when));
    }

    private void admit(Sketch sketch) {
        write(new Step.Create(sketch.version(0)), new Step.Create(sketch.job(0)));
    }

    private void write(Step... steps) {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }

    private Optional<Condition> stalled(String job) {
        Job some = tables.jobs().get(name(job)).orElseThrow();
        return some.status().conditions().stream()
                .filter(c -> c.type().equals("Stalled") && c.status().equals("True"))
                .findFirst();
    }

    private List<Allocation> copies(String job) {
        return tables.allocationIndex().ofJob(name(job));
    }

    private static ResourceName name(String job) {
        return new ResourceName("default", job);
    }

    /// Looks again whenever the view has moved.
    private void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come to pass").isLessThan(end);
            shared.view().await(tables.revision().next(), Duration.ofMillis(50));
        }
    }
}
