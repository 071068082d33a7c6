package dev.drover.controller.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.controller.admit.Admitted.Effect;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.NamespaceSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.store.Revision;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Terms ANN = Terms.of("ann");
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final Tables tables = new Tables(new MemoryStore("c", InstantSource.system()));
    private final AtomicInteger ids = new AtomicInteger();
    private final Admission admission = admission(List.of());

    private Admission admission(List<String> mistakes) {
        Rules rules =
                new Rules() {
                    @Override
                    public List<String> mistakes(Resource resource) {
                        return mistakes;
                    }

                    @Override
                    public int defaultsLevel() {
                        return 1;
                    }
                };
        return new Admission(
                tables,
                Epoch.take(tables.store(), "test"),
                rules,
                InstantSource.fixed(Samples.NOON),
                () -> "id-" + ids.incrementAndGet());
    }

    @BeforeEach
    void the_default_namespace_is_there() {
        admission.prepare();
    }

    @Test
    void a_new_job_is_stored_with_its_first_version_in_one_revision() {
        Job job = stored(admission.put(Samples.job("web"), ANN), Effect.CREATED);
        JobVersion version = version(job, 0);

        assertThat(job.metadata().generation()).isEqualTo(1);
        assertThat(job.status().evaluation()).isPresent();
        assertThat(version.spec().job()).isEqualTo(Samples.spec(1));
        assertThat(version.spec().author()).hasValue("ann");
        assertThat(version.metadata().resourceVersion())
                .isEqualTo(job.metadata().resourceVersion());
    }

    @Test
    void the_same_again_changes_nothing_and_writes_nothing() {
        admission.put(Samples.job("web"), ANN);
        Revision before = tables.revision();

        stored(admission.put(Samples.job("web"), ANN), Effect.UNCHANGED);

        assertThat(tables.revision()).isEqualTo(before);
    }

    @Test
    void another_spec_is_a_new_generation_version_and_evaluation() {
        Job first = stored(admission.put(Samples.job("web"), ANN), Effect.CREATED);

        Job second = stored(admission.put(counted(3), ANN), Effect.CHANGED);

        assertThat(second.metadata().generation()).isEqualTo(2);
        assertThat(second.metadata().uid()).isEqualTo(first.metadata().uid());
        assertThat(second.status().version()).isEqualTo(1);
        assertThat(second.status().evaluation()).isNotEqualTo(first.status().evaluation());
        assertThat(version(second, 1).spec().job()).isEqualTo(Samples.spec(3));
        assertThat(version(second, 0).spec().job()).isEqualTo(Samples.spec(1));
    }

    @Test
    void nobody_says_that_another_job_launched_theirs() {
        Job parent = stored(admission.put(Samples.job("parent"), ANN), Effect.CREATED);
        Job claims = Samples.job("web").withMetadata(parent.metadata().child("web"));

        Job put = stored(admission.put(claims, ANN), Effect.CREATED);

        assertThat(put.launchedBy(parent)).isFalse();
        assertThat(put.metadata().ownerReferences()).isEmpty();
    }

    @Test
    void another_label_is_no_new_version() {
        admission.put(Samples.job("web"), ANN);

        Job labelled = stored(admission.put(labelled(), ANN), Effect.CHANGED);

        assertThat(labelled.metadata().labels()).containsEntry("team", "a");
        assertThat(labelled.metadata().generation()).isEqualTo(1);
        assertThat(labelled.status().version()).isZero();
    }

    @Test
    void a_job_that_breaks_a_rule_leaves_no_trace() {
        Revision before = tables.revision();

        Admitted answer = admission(List.of("no tasks", "no name")).put(Samples.job("web"), ANN);

        assertThat(answer).isEqualTo(new Admitted.Refused(Cause.INVALID, "no tasks\nno name"));
        assertThat(tables.jobs().list()).isEmpty();
        assertThat(tables.revision()).isEqualTo(before.next()); // the second epoch of this test
    }

    @Test
    void a_job_needs_its_namespace() {
        Job job = Samples.job("web");
        Job elsewhere = job.withMetadata(job.metadata().in("nowhere"));

        assertThat(refused(admission.put(elsewhere, ANN)).because())
                .contains("namespace nowhere does not exist");
    }

    @Test
    void create_refuses_what_exists() {
        admission.put(Samples.job("web"), ANN);

        assertThat(refused(admission.create(counted(2), ANN)).cause()).isEqualTo(Cause.EXISTS);
    }

    @Test
    void a_condition_on_an_old_state_is_a_conflict() {
        Job first = stored(admission.put(Samples.job("web"), ANN), Effect.CREATED);
        admission.put(counted(2), ANN);

        Admitted late =
                admission.put(
                        counted(3), ANN.over(first.metadata().resourceVersion(), Optional.empty()));

        assertThat(refused(late).cause()).isEqualTo(Cause.CONFLICT);
        assertThat(tables.jobs().get(WEB).orElseThrow().spec()).isEqualTo(Samples.spec(2));
    }

    @Test
    void a_condition_on_what_is_not_there_never_creates() {
        Admitted answer = admission.put(counted(1), ANN.over(Optional.of("7"), Optional.empty()));

        assertThat(refused(answer).cause()).isEqualTo(Cause.NOT_FOUND);
        assertThat(tables.jobs().list()).isEmpty();
    }

    @Test
    void another_life_of_the_name_is_a_conflict() {
        admission.put(Samples.job("web"), ANN);

        Admitted answer =
                admission.delete(
                        Kind.JOB, WEB, ANN.over(Optional.empty(), Optional.of("an-older-uid")));

        assertThat(refused(answer).because()).contains("another one now");
    }

    @Test
    void a_dry_run_says_what_would_be_and_stores_nothing() {
        Revision before = tables.revision();

        Job job = stored(admission.put(Samples.job("web"), ANN.dryRun(true)), Effect.CREATED);

        assertThat(job.spec()).isEqualTo(Samples.spec(1));
        assertThat(tables.revision()).isEqualTo(before);
    }

    @Test
    void stopping_keeps_the_job_and_starting_is_putting_it_again() {
        admission.put(Samples.job("web"), ANN);

        Job stopped = stored(admission.stop(WEB, ANN), Effect.CHANGED);
        stored(admission.stop(WEB, ANN), Effect.UNCHANGED);
        Job started = stored(admission.put(Samples.job("web"), ANN), Effect.CHANGED);

        assertThat(stopped.stopped()).isTrue();
        assertThat(started.stopped()).isFalse();
        assertThat(started.status().version()).isEqualTo(2);
    }

    @Test
    void a_job_keeps_its_type() {
        admission.put(Samples.job("web"), ANN);

        Admitted answer = admission.put(with("\"type\":\"batch\""), ANN);

        assertThat(refused(answer).cause()).isEqualTo(Cause.INVALID);
        assertThat(refused(answer).because())
                .isEqualTo(
                        """
                        Job default/web: type = "batch", but it is a service job
                          why: what runs and what is known of it belong to a job of another kind
                          fix: `drover stop -purge web` first, or give this job another name\
                        """);
        assertThat(tables.jobs().get(WEB).orElseThrow().spec()).isEqualTo(Samples.spec(1));
    }

    @Test
    void a_job_that_is_stopped_keeps_its_type_until_it_is_gone() {
        admission.put(Samples.job("web"), ANN);
        Job stopped = stored(admission.stop(WEB, ANN), Effect.CHANGED);

        refused(admission.put(with("\"type\":\"system\""), ANN));
        tables.commit(Write.of(new Write.Step.Delete(stopped)));

        stored(admission.put(with("\"type\":\"system\""), ANN), Effect.CREATED);
    }

    @Test
    void a_job_that_runs_is_not_launched_and_the_other_way_round() {
        String crons = "\"periodic\":{\"crons\":[\"@daily\"]}";
        String batch = "\"type\":\"batch\"";
        admission.put(with(batch), ANN);

        assertThat(refused(admission.put(with(batch + "," + crons), ANN)).because())
                .startsWith("Job default/web: a periodic block, but it is not periodic\n");
        assertThat(refused(admission.put(with(batch + ",\"parameterized\":{}"), ANN)).because())
                .startsWith("Job default/web: a parameterized block, but it is not parameterized");
        tables.commit(Write.of(new Write.Step.Delete(tables.jobs().get(WEB).orElseThrow())));
        admission.put(with(batch + "," + crons), ANN);
        assertThat(refused(admission.put(with(batch), ANN)).because())
                .startsWith("Job default/web: no periodic block, but it is periodic\n");
    }

    @Test
    void a_type_that_is_not_said_is_that_of_a_service() {
        admission.put(Samples.job("web"), ANN);

        stored(admission.put(with("\"priority\":60"), ANN), Effect.CHANGED);
    }

    private static Job with(String spec) {
        Job job = Samples.job("web");
        try {
            return new Job(
                    job.metadata(), RecordJson.read(JobSpec.class, "{" + spec + "}"), job.status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_deleted_job_waits_for_its_allocations_and_takes_no_changes() {
        admission.put(Samples.job("web"), ANN);

        Job dying = stored(admission.delete(Kind.JOB, WEB, ANN), Effect.DELETING);

        assertThat(dying.metadata().deletionTimestamp()).hasValue(Samples.NOON);
        assertThat(refused(admission.put(counted(2), ANN)).because()).contains("being deleted");
        stored(admission.delete(Kind.JOB, WEB, ANN), Effect.UNCHANGED);
    }

    @Test
    void a_deleted_allocation_stops_and_stays_until_its_slot_has_another() {
        Allocation runs = Samples.allocation("a-1", "web", "n1");
        tables.commit(Write.of(new Write.Step.Create(runs)));

        written(admission.delete(Kind.ALLOCATION, runs.name(), ANN), Effect.DELETING);

        Allocation dying = tables.allocations().get(runs.name()).orElseThrow();
        assertThat(dying.spec().desired()).isEqualTo(DesiredState.STOP);
        assertThat(dying.spec().desiredBecause()).isEqualTo("it was deleted by ann");
        assertThat(dying.metadata().deletionTimestamp()).hasValue(Samples.NOON);
    }

    @Test
    void an_allocation_that_is_over_is_history() {
        Allocation runs = Samples.allocation("a-1", "web", "n1");
        Allocation over = runs.withStatus(Samples.status(AllocationPhase.COMPLETE));
        tables.commit(Write.of(new Write.Step.Create(over)));

        Admitted answer = admission.delete(Kind.ALLOCATION, over.name(), ANN);

        assertThat(refused(answer).because()).contains("kept as its job's history");
    }

    @Test
    void what_a_deleted_node_held_is_lost() {
        NodeStatus silent = Samples.nodeStatus().in(NodePhase.DOWN, "it is silent", Samples.NOON);
        Node node =
                new Node(
                        Metadata.named("", "n1").born("u-1", Samples.NOON),
                        NodeSpec.open(),
                        silent);
        Allocation unknown =
                Samples.allocation("a-1", "web", "n1")
                        .withStatus(Samples.status(AllocationPhase.UNKNOWN));
        Allocation over =
                Samples.allocation("a-2", "web", "n1")
                        .withStatus(Samples.status(AllocationPhase.COMPLETE));
        tables.commit(
                Write.of(
                        new Write.Step.Create(node),
                        new Write.Step.Create(unknown),
                        new Write.Step.Create(over)));

        admission.delete(Kind.NODE, node.name(), ANN);

        assertThat(tables.nodes().list()).isEmpty();
        Allocation lost = tables.allocations().get(unknown.name()).orElseThrow();
        assertThat(lost.status().phase()).isEqualTo(AllocationPhase.LOST);
        assertThat(lost.status().because()).isEqualTo("node n1 was deleted");
        assertThat(lost.spec().desired()).isEqualTo(DesiredState.STOP);
        assertThat(tables.allocations().get(over.name()).orElseThrow().spec())
                .isEqualTo(over.spec());
    }

    @Test
    void a_variable_goes_at_once() {
        Variable variable =
                new Variable(
                        Metadata.named("default", "db/password"),
                        new VariableSpec(Map.of("value", "s3cret")));
        admission.put(variable, ANN);

        admission.delete(Kind.VARIABLE, variable.name(), ANN);

        assertThat(tables.variables().list()).isEmpty();
    }

    @Test
    void what_only_the_server_writes_is_refused() {
        Admitted answer = admission.put(Samples.allocation("a-1", "web", "n1"), ANN);

        assertThat(refused(answer).because()).contains("written by the server alone");
    }

    @Test
    void a_namespace_goes_when_it_is_empty() {
        Namespace room = new Namespace(Metadata.named("", "room"), new NamespaceSpec(none()));
        admission.put(room, ANN);
        Job job = Samples.job("web");
        admission.put(job.withMetadata(job.metadata().in("room")), ANN);

        Admitted full = admission.delete(Kind.NAMESPACE, room.name(), ANN);

        assertThat(refused(full).because()).contains("still has jobs");
        Namespace empty = new Namespace(Metadata.named("", "empty"), new NamespaceSpec(none()));
        admission.put(empty, ANN);
        written(admission.delete(Kind.NAMESPACE, empty.name(), ANN), Effect.DELETED);
        assertThat(tables.namespaces().get(empty.name())).isEmpty();
    }

    @Test
    void the_default_namespace_stays() {
        Admitted answer = admission.delete(Kind.NAMESPACE, ResourceName.cluster("default"), ANN);

        assertThat(refused(answer).because()).contains("always there");
    }

    @Test
    void many_at_once_each_get_a_version_of_their_own() throws Exception {
        admission.put(Samples.job("web"), ANN);
        CountDownLatch go = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Admitted>> answers =
                    IntStream.range(2, 12)
                            .mapToObj(count ->
                                    executor.submit(() -> {
                                        go.await();
                                        return admission.put(counted(count), ANN);
                                    }))
                            .toList();
            go.countDown();
            for (Future<Admitted> answer : answers) {
                stored(answer.get(), Effect.CHANGED);
            }
        }
        assertThat(tables.jobs().get(WEB).orElseThrow().metadata().generation()).isEqualTo(11);
        assertThat(tables.jobVersions().list()).hasSize(11);
    }

    @Test
    void who_does_not_lead_any_more_admits_nothing() {
        Epoch.take(tables.store(), "another");

        assertThat(refused(admission.put(Samples.job("web"), ANN)).because())
                .contains("another server leads");
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private static Job counted(int count) {
        Job job = Samples.job("web");
        return new Job(job.metadata(), Samples.spec(count), job.status());
    }

    private static Job labelled() {
        Metadata m = Samples.job("web").metadata();
        Metadata labelled =
                new Metadata(
                        m.name(),
                        m.namespace(),
                        m.uid(),
                        m.resourceVersion(),
                        m.generation(),
                        m.creationTimestamp(),
                        m.deletionTimestamp(),
                        Map.of("team", "a"),
                        m.annotations(),
                        m.finalizers(),
                        m.ownerReferences());
        return Samples.job("web").withMetadata(labelled);
    }

    private JobVersion version(Job job, int number) {
        String name = JobVersion.nameOf(job.metadata().uid().orElseThrow(), number);
        return tables.jobVersions().get("default", name).orElseThrow();
    }

    private static Job stored(Admitted admitted, Effect effect) {
        return (Job) written(admitted, effect);
    }

    private static Resource written(Admitted admitted, Effect effect) {
        assertThat(admitted).isInstanceOf(Admitted.Stored.class);
        Admitted.Stored stored = (Admitted.Stored) admitted;
        assertThat(stored.effect()).isEqualTo(effect);
        return stored.resource();
    }

    private static Admitted.Refused refused(Admitted admitted) {
        assertThat(admitted).isInstanceOf(Admitted.Refused.class);
        return (Admitted.Refused) admitted;
    }
}
