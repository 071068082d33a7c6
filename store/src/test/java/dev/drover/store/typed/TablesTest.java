package dev.drover.store.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.ServiceState;
import dev.drover.store.At;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.ManualClock;
import dev.drover.store.Revision;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final MemoryStore store = new MemoryStore("test", new ManualClock());
    private final Tables tables = new Tables(store);

    @Test
    void a_job_is_read_with_its_spec_and_the_revision_that_wrote_it() {
        JobVersion version = Sample.version("web", 0);
        Revision written = done(create(Sample.job("web", version)).and(put(version)));

        Job read = tables.jobs().get("default", "web").orElseThrow();

        assertThat(read.spec()).isEqualTo(version.spec().job());
        assertThat(read.metadata().resourceVersion()).contains(written.toString());
        assertThat(tables.jobs().list()).containsExactly(read);
        assertThat(tables.jobs().list("other")).isEmpty();
        assertThat(tables.of(Kind.JOB).list()).containsExactly(read);
    }

    @Test
    void jobs_of_a_parent_are_found_by_the_beginning_of_their_names() {
        for (String name : List.of("web", "web-api", "web.old", "webs", "wea", "wec")) {
            JobVersion version = Sample.version(name, 0);
            done(create(Sample.job(name, version)).and(put(version)));
        }
        for (int i = 100; i < 250; i++) { // more than are read at once
            JobVersion version = Sample.version("web/periodic-" + i, 0);
            done(create(Sample.job("web/periodic-" + i, version)).and(put(version)));
        }
        TableQuery launches = TableQuery.in("default").beginning("web/");

        assertThat(jobs(launches))
                .hasSize(150)
                .allMatch(name -> name.startsWith("web/"))
                .isSorted();
        assertThat(jobs(launches.limit(70))).hasSize(70);
        assertThat(jobs(launches.after(Sample.name("web/periodic-247"))))
                .containsExactly("web/periodic-248", "web/periodic-249");
        assertThat(jobs(TableQuery.in("other").beginning("web/"))).isEmpty();
        assertThat(jobs(TableQuery.in("default").beginning("web")))
                .hasSize(154)
                .contains("web", "web-api", "web.old", "webs");
        assertThat(jobs(TableQuery.in("default").beginning("web/periodic-10"))).hasSize(10);
        assertThatThrownBy(() -> TableQuery.all().beginning("web/"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_may_begin_and_end_with_any_letter_it_can_have() {
        List<String> names = new ArrayList<>();
        for (char letter = '!'; letter <= '~'; letter++) {
            String name = "a" + letter;
            JobVersion version = Sample.version(name, 0);
            done(create(Sample.job(name, version)).and(put(version)));
            names.add(name);
        }

        for (String name : names) {
            assertThat(jobs(TableQuery.in("default").beginning(name))).containsExactly(name);
        }
        assertThat(jobs(TableQuery.in("default").beginning("a"))).hasSameElementsAs(names);
    }

    private List<String> jobs(TableQuery query) {
        return tables.jobs().list(query) instanceof TableListing.Page<Job>(var rows, _, _)
                ? rows.stream().map(job -> job.metadata().name()).toList()
                : List.of();
    }

    @Test
    void a_spec_is_stored_once_however_often_the_job_is_written() {
        JobVersion version = Sample.version("web", 0);
        done(create(Sample.job("web", version)).and(put(version)));

        int job = store.get(Keys.of(Kind.JOB, Sample.name("web"))).orElseThrow().value().size();
        int spec = store.get(Keys.of(version)).orElseThrow().value().size();

        assertThat(job).isLessThan(spec / 2);
    }

    @Test
    void a_job_without_its_version_is_not_taken() {
        Commit commit = tables.commit(create(Sample.job("web", Sample.version("web", 0))));

        assertThat(commit)
                .isInstanceOfSatisfying(
                        Commit.Conflict.class,
                        c -> assertThat(Keys.kind(c.key())).contains(Kind.JOB_VERSION));
        assertThat(tables.jobs().list()).isEmpty();
    }

    @Test
    void a_changed_job_shows_the_spec_of_its_new_version_and_the_old_one_at_the_old_revision() {
        JobVersion first = Sample.version("web", 0);
        Revision before = done(create(Sample.job("web", first)).and(put(first)));
        JobVersion second = Sample.version("web", 1);
        Job changed = jobWithVersion(second);
        Revision after = done(Write.of(new Write.Step.Replace(changed)).and(put(second)));

        assertThat(job().spec()).isEqualTo(second.spec().job());
        assertThat(tables.jobs().get(Sample.name("web"), new At.Exactly(before)))
                .isInstanceOfSatisfying(
                        TableLookup.Found.class,
                        found ->
                                assertThat(((Job) found.row()).spec())
                                        .isEqualTo(first.spec().job()));
        assertThat(after).isEqualTo(before.next());
    }

    private Job jobWithVersion(JobVersion version) {
        Job job = job();
        JobStatus old = job.status();
        JobStatus status =
                new JobStatus(
                        version.spec().version(),
                        old.evaluation(),
                        old.observedGeneration(),
                        JobPhase.RUNNING,
                        Map.of(),
                        List.of(),
                        Optional.empty());
        return new Job(job.metadata(), version.spec().job(), status);
    }

    private Job job() {
        return tables.jobs().get("default", "web").orElseThrow();
    }

    @Test
    void replacing_what_changed_meanwhile_is_a_conflict() {
        createWeb();
        Job seen = job();
        done(Write.of(new Write.Step.Replace(seen)));

        assertThat(tables.commit(Write.of(new Write.Step.Replace(seen))))
                .isInstanceOf(Commit.Conflict.class);
        assertThat(tables.commit(Write.of(new Write.Step.Delete(seen))))
                .isInstanceOf(Commit.Conflict.class);
        assertThat(tables.commit(Write.of(new Write.Step.Unchanged(job()))))
                .isInstanceOf(Commit.Done.class);
    }

    private void createWeb() {
        JobVersion version = Sample.version("web", 0);
        done(create(Sample.job("web", version)).and(put(version)));
    }

    @Test
    void a_resource_that_was_never_read_cannot_be_replaced() {
        Job job = Sample.job("web", Sample.version("web", 0));

        assertThatThrownBy(() -> tables.commit(Write.of(new Write.Step.Replace(job))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read it first");
    }

    @Test
    void the_same_spec_means_no_newer_version_whatever_the_status_says() {
        createWeb();
        Job seen = job();
        done(Write.of(new Write.Step.Replace(seen)));
        assertThat(tables.commit(Write.of(new Write.Step.SameSpec(seen))))
                .isInstanceOf(Commit.Done.class);

        JobVersion second = Sample.version("web", 1);
        done(Write.of(new Write.Step.Replace(jobWithVersion(second))).and(put(second)));

        assertThat(tables.commit(Write.of(new Write.Step.SameSpec(seen))))
                .isInstanceOf(Commit.Conflict.class);
    }

    @Test
    void a_leader_who_was_replaced_writes_nothing() {
        Epoch first = Epoch.take(store, "a");
        Write.Step node =
                put(((Node) Samples.full(Node.class)).withMetadata(Metadata.named("", "n1")));
        done(Write.of(new Write.Step.Under(first), node));

        Epoch second = Epoch.take(store, "b");

        assertThat(tables.commit(Write.of(new Write.Step.Under(first), node)))
                .isInstanceOf(Commit.Conflict.class);
        assertThat(tables.commit(Write.of(new Write.Step.Under(second), node)))
                .isInstanceOf(Commit.Done.class);
    }

    @Test
    void names_that_need_escaping_come_back_plain() {
        Allocation allocation = Sample.allocation("a/ü b", "web", "n1");
        done(create(allocation));

        assertThat(tables.allocations().get("default", "a/ü b"))
                .map(Allocation::id)
                .contains("a/ü b");
        assertThat(store.get(Keys.of(allocation)).orElseThrow().key().text())
                .isEqualTo("/allocations/default/a~2F~C3~BC~20b");
    }

    @Test
    void a_watch_delivers_rows_and_what_they_were() throws Exception {
        createWeb();
        try (TypedWatch<Job> watch = tables.jobs().watch(WatchOptions.initial())) {
            assertThat(changes(watch)).extracting(c -> c.current()).containsExactly(job());
            assertThat(watch.next(SOON))
                    .contains(new TypedDelivery.InitialDone<>(store.revision()));
            Job before = job();
            done(Write.of(new Write.Step.Replace(before)));
            done(Write.of(new Write.Step.Delete(job())));

            List<TypedChange<Job>> changes = changes(watch);

            assertThat(changes)
                    .extracting(TypedChange::type)
                    .containsExactly(Change.Type.MODIFIED, Change.Type.DELETED);
            assertThat(changes.getFirst().previous()).contains(before);
        }
    }

    @Test
    void a_watch_of_several_kinds_keeps_together_what_one_write_did() throws Exception {
        Set<Kind> kinds = EnumSet.of(Kind.JOB, Kind.JOB_VERSION);
        try (TypedWatch<Resource> watch = tables.watch(kinds, WatchOptions.initial())) {
            watch.next(SOON);
            Epoch.take(store, "a");
            createWeb();
            done(create(Sample.allocation("a1", "web", "n1")));

            assertThat(changes(watch))
                    .extracting(c -> c.current().kind())
                    .containsExactly(Kind.JOB, Kind.JOB_VERSION);
        }
    }

    private static <T extends Resource> List<TypedChange<T>> changes(TypedWatch<T> watch)
            throws InterruptedException {
        return switch (watch.next(SOON).orElseThrow()) {
            case TypedDelivery.Frame<T>(List<TypedChange<T>> changes) -> changes;
            case TypedDelivery.Bookmark<T> _,
                    TypedDelivery.InitialDone<T> _,
                    TypedDelivery.TooOld<T> _,
                    TypedDelivery.Forbidden<T> _ ->
                    throw new AssertionError("not a frame");
        };
    }

    @Test
    void allocations_are_found_by_node_job_deployment_and_phase_as_soon_as_they_are_written() {
        done(create(Sample.allocation("a1", "web", "n1")));
        done(create(Sample.allocation("a2", "web", "n2")));
        done(create(Sample.allocation("a3", "api", "n1")));
        AllocationIndex index = tables.allocationIndex();
        Allocation first = tables.allocations().get("default", "a1").orElseThrow();
        AllocationPhase phase = first.status().phase();
        String deployment = first.spec().deployment().orElseThrow();
        assertThat(ids(index.inPhase(phase))).containsExactly("a1", "a2", "a3");
        assertThat(ids(index.ofDeployment(Sample.name(deployment))))
                .containsExactly("a1", "a2", "a3");
        assertThat(ids(index.onNode("n1"))).containsExactly("a1", "a3");
        assertThat(ids(index.ofJob(Sample.name("web")))).containsExactly("a1", "a2");

        done(
                Write.of(
                        new Write.Step.Remove(Kind.ALLOCATION, Sample.name("a1")),
                        new Write.Step.Put(Sample.allocation("a2", "web", "n1"))));

        assertThat(ids(index.inPhase(phase))).containsExactly("a2", "a3");
        assertThat(ids(index.ofDeployment(Sample.name(deployment)))).containsExactly("a2", "a3");
        assertThat(ids(index.onNode("n1"))).containsExactly("a2", "a3");
        assertThat(ids(index.onNode("n2"))).isEmpty();
        assertThat(ids(index.ofJob(Sample.name("web")))).containsExactly("a2");
    }

    @Test
    void a_list_of_the_index_is_of_one_revision() {
        done(create(Sample.allocation("a3", "api", "n1")));
        done(create(Sample.allocation("a1", "web", "n1")));
        Revision newest = done(create(Sample.allocation("a2", "web", "n2")));
        AllocationIndex index = tables.allocationIndex();

        assertThat(index.listOnNode("n1"))
                .isEqualTo(
                        new TableListing.Page<>(
                                tables.allocations().list().stream()
                                        .filter(a -> a.spec().node().equals("n1"))
                                        .toList(),
                                newest,
                                Optional.empty()));
    }

    @Test
    void a_list_of_names_has_what_was_there_then() {
        done(create(Sample.allocation("a1", "web", "n1")));
        Revision then = done(create(Sample.allocation("a2", "web", "n1")));
        List<ResourceName> names = List.of(Sample.name("a2"), Sample.name("a1"));
        List<Allocation> before = tables.allocations().list();

        done(
                Write.of(
                        new Write.Step.Remove(Kind.ALLOCATION, Sample.name("a1")),
                        new Write.Step.Put(Sample.allocation("a2", "web", "n2"))));

        assertThat(tables.allocations().all(names, then))
                .isEqualTo(new TableListing.Page<>(before, then, Optional.empty()));
    }

    @Test
    void allocations_are_found_by_the_services_that_they_offer_while_they_live() {
        AllocationIndex index = tables.allocationIndex();
        Allocation first = offering(Sample.allocation("a1", "web", "n1"), "http", "admin");
        done(create(first));
        done(create(offering(Sample.allocation("a2", "web", "n2"), "http")));
        done(create(Sample.allocation("a3", "web", "n2")));

        assertThat(ids(index.offering(Sample.name("http")))).containsExactly("a1", "a2");
        assertThat(ids(index.offering(Sample.name("admin")))).containsExactly("a1");
        assertThat(index.services()).containsExactly(Sample.name("admin"), Sample.name("http"));

        done(
                Write.of(
                        new Write.Step.Put(
                                first.withSpec(
                                        first.spec().stopped(DesiredState.STOP, "it is over")))));

        assertThat(ids(index.offering(Sample.name("http")))).containsExactly("a2");
        assertThat(index.services()).containsExactly(Sample.name("http"));
    }

    private static Allocation offering(Allocation allocation, String... services) {
        List<ServiceState> offered =
                Stream.of(services)
                        .map(name -> new ServiceState(name, "", 0, List.of(), true, List.of()))
                        .toList();
        return allocation
                .withSpec(allocation.spec().stopped(DesiredState.RUN, "it is wanted"))
                .withStatus(AllocationStatus.unseen().offering(offered));
    }

    @Test
    void allocations_are_found_by_the_beginning_of_their_ids_in_all_namespaces() {
        for (String namespace : List.of("a", "default", "zoo")) {
            Allocation one = Sample.allocation("ab-" + namespace, "web", "n1");
            done(create(one.withMetadata(one.metadata().in(namespace))));
        }
        done(create(Sample.allocation("ab", "web", "n1")));
        Table<Allocation> table = tables.allocations();

        assertThat(ids(table.beginning("ab-z", 2))).containsExactly("ab-zoo");
        assertThat(ids(table.beginning("ab", 9)))
                .containsExactlyInAnyOrder("ab", "ab-a", "ab-default", "ab-zoo");
        assertThat(table.beginning("ab", 2)).hasSize(2);
        assertThat(table.beginning("b", 9)).isEmpty();
    }

    private static List<String> ids(List<Allocation> allocations) {
        return allocations.stream().map(Allocation::id).toList();
    }

    @Test
    void rows_come_in_pages_of_one_revision() {
        for (String id : List.of("a1", "a2", "a3")) {
            done(create(Sample.allocation(id, "web", "n1")));
        }
        TableQuery query = TableQuery.in("default").limit(2);

        var first = (TableListing.Page<Allocation>) tables.allocations().list(query);
        done(create(Sample.allocation("a4", "web", "n1")));
        var second =
                (TableListing.Page<Allocation>)
                        tables.allocations()
                                .list(
                                        query.at(new At.Exactly(first.revision()))
                                                .after(first.next().orElseThrow()));

        assertThat(ids(first.rows())).containsExactly("a1", "a2");
        assertThat(ids(second.rows())).containsExactly("a3");
        assertThat(second.next()).isEqualTo(Optional.empty());
    }

    private Revision done(Write write) {
        Commit commit = tables.commit(write);
        assertThat(commit).isInstanceOf(Commit.Done.class);
        return ((Commit.Done) commit).revision();
    }

    private static Write create(Resource resource) {
        return Write.of(new Write.Step.Create(resource));
    }

    private static Write.Step put(Resource resource) {
        return new Write.Step.Put(resource);
    }

    /// Small resources that differ in what the tests look at.
    private static final class Sample {
        static ResourceName name(String name) {
            return new ResourceName("default", name);
        }

        static JobVersion version(String job, int number) {
            JobVersion full = (JobVersion) Samples.full(JobVersion.class);
            var spec = full.spec();
            String uid = job + "-uid";
            return new JobVersion(
                    Metadata.named("default", JobVersion.nameOf(uid, number)),
                    new JobVersionSpec(
                            job,
                            uid,
                            number,
                            1,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            spec.job().withStop(number > 0)));
        }

        static Job job(String name, JobVersion version) {
            return new Job(
                    Metadata.named("default", name).born(name + "-uid", Instant.EPOCH),
                    version.spec().job(),
                    JobStatus.unseen());
        }

        static Allocation allocation(String id, String job, String node) {
            Allocation full = (Allocation) Samples.full(Allocation.class);
            var spec = full.spec();
            return new Allocation(
                    Metadata.named("default", id),
                    new AllocationSpec(
                            job,
                            job + "-uid",
                            0,
                            "group",
                            0,
                            0,
                            node,
                            spec.granted(),
                            spec.desired(),
                            "",
                            "e1",
                            Optional.empty(),
                            Optional.of("d1"),
                            false),
                    full.status());
        }
    }
}
