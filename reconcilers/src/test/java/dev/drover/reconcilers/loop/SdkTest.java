package dev.drover.reconcilers.loop;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What we rely on in the Operator SDK, and what it once got wrong: every new version has to pass.
@Timeout(60)
class SdkTest {
    private final MemoryStore store = new MemoryStore("test", InstantSource.system());
    private final Tables tables = new Tables(store);
    private final Turns.Shared shared =
            new Turns.Shared(
                    new LiveView(tables),
                    new Commits(tables, Epoch.take(store, "test"), () -> {}),
                    new Alarms(InstantSource.system()),
                    InstantSource.system());
    private final Sdk sdk = new Sdk(shared);
    private final BlockingQueue<Long> seen = new LinkedBlockingQueue<>();

    private record Loop(BiFunction<Job, Instant, Decision> thinks) implements Reconciler {
        @Override
        public Kind primary() {
            return Kind.JOB;
        }

        @Override
        public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
            return Stream.empty();
        }

        @Override
        public Decision decide(ResourceName name, Cluster cluster, Instant now) {
            return thinks.apply(cluster.job(name).orElseThrow(), now);
        }
    }

    private void start(BiFunction<Job, Instant, Decision> thinks) throws InterruptedException {
        shared.view().start();
        shared.alarms().start();
        sdk.register("loop", new Loop(thinks));
        sdk.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        sdk.stop();
        shared.alarms().stop();
        shared.view().stop();
        store.close();
    }

    /// P6: handlers called by the starting thread would wait for themselves.
    @Test
    void starting_over_many_jobs_ends() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            admit(service("job" + i));
        }

        start((job, _) -> {
            seen.add(job.metadata().generation());
            return Decision.nothing("");
        });

        for (int i = 0; i < 200; i++) {
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(1L);
        }
    }

    /// P1: a foreign change of the spec between the look and the loop's own status write was taken
    /// for the loop's own.
    @Test
    void a_foreign_write_during_a_turn_is_seen() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        admit(service("web"));

        start((job, _) -> {
            if (turns.getAndIncrement() == 0) {
                change(job);
            }
            seen.add(job.metadata().generation());
            return job.status().observedGeneration() == job.metadata().generation()
                    ? Decision.nothing("")
                    : Decision.of(List.of(new Action.Replace(observed(job))), "");
        });

        long last = 0;
        while (last < 2) {
            Long next = seen.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("the loop never saw generation 2").isNotNull();
            last = next == null ? 0 : next;
        }
    }

    @Test
    void a_status_write_does_not_wake_the_loop_that_made_it() throws InterruptedException {
        admit(service("web"));
        start((job, _) -> {
            seen.add(job.metadata().generation());
            return job.status().observedGeneration() == job.metadata().generation()
                    ? Decision.nothing("")
                    : Decision.of(List.of(new Action.Replace(observed(job))), "");
        });
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(1L);

        admit(service("other"));

        assertThat(seen.poll(20, TimeUnit.SECONDS)).as("of the other job").isEqualTo(1L);
        assertThat(seen).isEmpty();
    }

    @Test
    void a_bug_is_tried_again() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        admit(service("web"));

        start((job, _) -> {
            if (turns.getAndIncrement() == 0) {
                throw new IllegalStateException("on purpose");
            }
            seen.add(job.metadata().generation());
            return Decision.nothing("");
        });

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1L);
    }

    @Test
    void a_loop_looks_again_when_it_said_so() throws InterruptedException {
        AtomicInteger turns = new AtomicInteger();
        admit(service("web"));

        start((job, now) -> {
            seen.add(job.metadata().generation());
            return turns.getAndIncrement() == 0
                    ? Decision.wait(now.plusMillis(50), "")
                    : Decision.nothing("");
        });

        assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void a_job_that_is_to_be_deleted_has_a_turn() throws InterruptedException {
        admit(service("web"));
        start((job, _) -> {
            seen.add(job.metadata().deletionTimestamp().isPresent() ? -1 : 1L);
            return Decision.nothing("");
        });
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(1L);

        Job job = tables.jobs().get("default", "web").orElseThrow();
        commit(new Step.Replace(job.withMetadata(job.metadata().deleted(Sketch.NOON))));

        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(-1L);
    }

    private void admit(Sketch sketch) {
        commit(new Step.Create(sketch.version(0)), new Step.Create(sketch.job(0)));
    }

    private void change(Job job) {
        commit(new Step.Replace(job.withMetadata(job.metadata().withGeneration(2))));
    }

    private static Job observed(Job job) {
        var old = job.status();
        return job.withStatus(
                new JobStatus(
                        old.version(),
                        old.evaluation(),
                        job.metadata().generation(),
                        old.phase(),
                        old.groups(),
                        old.conditions(),
                        old.launched()));
    }

    private void commit(Step... steps) {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }
}
