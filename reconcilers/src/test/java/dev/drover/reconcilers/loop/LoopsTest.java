package dev.drover.reconcilers.loop;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.store.Commit;
import dev.drover.store.Revision;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryStore store = new MemoryStore("test", InstantSource.system());
    private final Tables tables = new Tables(store);
    private Optional<Loops> loops = Optional.empty();

    @BeforeEach
    void two_nodes() throws InterruptedException {
        write(new Step.Create(World.node("a1")), new Step.Create(World.node("b1")));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (loops.isPresent()) {
            loops.get().stop();
        }
        store.close();
    }

    private Loops start() throws InterruptedException {
        Loops started =
                Loops.start(tables, InstantSource.system(), Epoch.take(tables.store(), "test"));
        loops = Optional.of(started);
        return started;
    }

    @Test
    void places_a_job_that_is_admitted_while_they_run() throws InterruptedException {
        start();

        admit(service("web").count(3), 0);

        until(() -> live("web").size() == 3);
        assertThat(tables.evaluations().list()).hasSize(1);
    }

    @Test
    void a_view_that_is_asked_for_has_what_was_written_before() throws InterruptedException {
        Loops started = start();

        for (int i = 0; i < 50; i++) {
            Sketch web = service("web-" + i);
            admit(web, 0);
            write(new Step.Create(variable("v" + i))); // which the view does not follow
            Revision written = tables.revision();

            assertThat(started.current(PATIENCE))
                    .hasValueSatisfying(view -> {
                        assertThat(view.job(web.job(0).name())).isPresent();
                        assertThat(view.revision().before(written)).isFalse();
                    });
        }
    }

    private static Variable variable(String name) {
        return new Variable(Metadata.named("default", name), new VariableSpec(Map.of("k", "v")));
    }

    @Test
    void sweep_holds_on_what_is_not_there() throws InterruptedException {
        Instant longAgo = InstantSource.system().instant().minus(Duration.ofHours(2));
        HoldSpec spec = new HoldSpec(Kind.NODE, "z9", "ann", "we look", Optional.empty());
        Metadata old = Metadata.named("default", "dn-z9").born("u", longAgo);
        write(new Step.Create(new Hold(old, spec)));

        Loops started = start();

        until(() -> started.cluster().holds().isEmpty());
    }

    @Test
    void look_at_a_job_when_the_time_of_its_hold_is_over() throws InterruptedException {
        Instant soon = InstantSource.system().instant().plusSeconds(1);
        HoldSpec spec = new HoldSpec(Kind.JOB, "web", "ann", "we look", Optional.of(soon));
        write(new Step.Create(new Hold(Metadata.named("default", "job-web"), spec)));
        start();

        admit(service("web"), 0);
        until(() -> !job("web").status().conditions().isEmpty());
        assertThat(live("web")).isEmpty();

        until(() -> live("web").size() == 1);
        assertThat(InstantSource.system().instant()).isAfterOrEqualTo(soon);
    }

    @Test
    void finish_what_was_admitted_before_they_started() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            admit(service("web" + i), 0);
        }

        start();

        until(() -> tables.allocations().list().size() == 20);
    }

    @Test
    void replace_what_a_silent_node_held() throws InterruptedException {
        start();
        admit(service("web").constraint("${attr.rack}", "=", "a"), 0);
        until(() -> live("web").size() == 1);

        Node node = tables.nodes().get("", "a1").orElseThrow();
        Instant now = InstantSource.system().instant(); // one that is missed for long is swept
        write(new Step.Replace(node.withStatus(node.status().in(NodePhase.DOWN, "silent", now))));

        until(() -> phases("web").contains(AllocationPhase.LOST));
        until(() -> !job("web").status().conditions().isEmpty() && queued("web") == 1);
        Node down = tables.nodes().get("", "a1").orElseThrow();
        write(
                new Step.Replace(
                        down.withStatus(down.status().in(NodePhase.READY, "back", Sketch.NOON))));
        until(() -> live("web").size() == 1);
    }

    @Test
    void a_deleted_job_goes_with_all_that_belongs_to_it() throws InterruptedException {
        start();
        admit(service("web").count(2), 0);
        until(() -> live("web").size() == 2);

        Job job = job("web");
        write(new Step.Replace(job.withMetadata(job.metadata().deleted(Sketch.NOON))));
        until(() -> live("web").isEmpty());
        tables.allocations().list().forEach(copy -> report(copy, AllocationPhase.COMPLETE));

        until(() -> tables.jobs().list().isEmpty());
        assertThat(tables.allocations().list()).isEmpty();
        assertThat(tables.evaluations().list()).isEmpty();
        assertThat(tables.jobVersions().list()).isEmpty();
    }

    @Test
    void garbage_is_collected_on_demand() throws InterruptedException {
        Loops started = start();
        admit(service("web"), 0);
        until(() -> live("web").size() == 1);
        admitAgain(service("web").stopped(), 1);
        until(() -> live("web").isEmpty());
        tables.allocations().list().forEach(copy -> report(copy, AllocationPhase.COMPLETE));
        until(() -> job("web").status().phase() == JobPhase.DEAD);
        until(() -> started.cluster().revision().equals(tables.revision()));

        int removed = started.collectGarbage();

        assertThat(removed).isGreaterThanOrEqualTo(5);
        assertThat(tables.jobs().list()).isEmpty();
    }

    @Test
    void what_somebody_holds_is_no_garbage() throws InterruptedException {
        Loops started = start();
        admit(service("web").stopped(), 0);
        until(() -> job("web").status().phase() == JobPhase.DEAD);
        HoldSpec spec = new HoldSpec(Kind.JOB, "web", "ann", "we look", Optional.empty());
        write(new Step.Create(new Hold(Metadata.named("default", "job-web"), spec)));
        until(() -> started.cluster().revision().equals(tables.revision()));

        assertThat(started.collectGarbage()).isZero();

        assertThat(tables.jobs().list()).hasSize(1);
    }

    @Test
    void who_was_replaced_writes_nothing() throws InterruptedException {
        Loops first = start();
        admit(service("web"), 0);
        until(() -> live("web").size() == 1);
        admitAgain(service("web").stopped(), 1);
        until(() -> live("web").isEmpty());
        tables.allocations().list().forEach(copy -> report(copy, AllocationPhase.COMPLETE));
        until(() -> job("web").status().phase() == JobPhase.DEAD);

        Loops second = Loops.start(tables, InstantSource.system(), Epoch.take(store, "another"));
        try {
            until(() -> first.cluster().revision().equals(tables.revision()));
            assertThat(first.collectGarbage()).isZero();
            assertThat(first.leads()).isFalse();
            assertThat(second.leads()).isTrue();
            assertThat(tables.jobs().list()).hasSize(1);
        } finally {
            second.stop();
        }
    }

    private void admit(Sketch sketch, int version) throws InterruptedException {
        write(new Step.Create(sketch.version(version)), new Step.Create(sketch.job(version)));
    }

    private void admitAgain(Sketch sketch, int version) throws InterruptedException {
        Job old = job(sketch.job(version).metadata().name());
        Job now = sketch.job(version);
        write(
                new Step.Create(sketch.version(version)),
                new Step.Put(now.withMetadata(old.metadata().withGeneration(version + 1L))));
    }

    private void report(Allocation copy, AllocationPhase phase) {
        AllocationStatus status =
                new AllocationStatus(
                        phase,
                        "",
                        copy.status().tasks(),
                        Optional.empty(),
                        1,
                        Optional.of(Sketch.NOON));
        assertThat(tables.commit(Write.of(new Step.Replace(copy.withStatus(status)))))
                .isInstanceOf(Commit.Done.class);
    }

    /// Written by somebody who tries again after a lost race.
    private void write(Step... steps) throws InterruptedException {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }

    private Job job(String name) {
        return tables.jobs().get("default", name).orElseThrow();
    }

    private int queued(String job) {
        return job(job).status().groups().values().stream().mapToInt(g -> g.queued()).sum();
    }

    private List<AllocationPhase> phases(String job) {
        return copies(job).stream().map(copy -> copy.status().phase()).toList();
    }

    private List<Allocation> live(String job) {
        return copies(job).stream().filter(Allocation::live).toList();
    }

    private List<Allocation> copies(String job) {
        return tables.allocationIndex().ofJob(new ResourceName("default", job));
    }

    /// Looks again after every change of the store.
    private void until(BooleanSupplier condition) throws InterruptedException {
        try (TypedWatch<Resource> watch =
                tables.watch(Set.of(Kind.values()), WatchOptions.initial())) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("it did not come to pass").isLessThan(end);
                watch.next(Duration.ofMillis(200));
            }
        }
    }
}
