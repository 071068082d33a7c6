package dev.drover.controller.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Admitted;
import dev.drover.controller.admit.Rules;
import dev.drover.controller.admit.Terms;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceSpec;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ManifestDecision;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SyncOutcome;
import dev.drover.manifests.model.SyncPolicy;
import dev.drover.store.Bytes;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real repository, followed into a store by the real Admission.
class GitSyncTest {

    /// The clock is asked whether a look is due, when it begins, and when it ends.
    private static final int ASKED_PER_LOOK = 3;

    private static final String GOOD =
            """
            job "web" {
              group "g" {
                task "t" {
                  driver = "raw_exec"
                  config { command = "/bin/true" }
                }
              }
            }
            """;

    @TempDir Path folder;
    private GitRepository remote;
    private MemoryStore store;
    private Tables tables;
    private Admission admission;
    private GitSync sync;

    private final AtomicInteger timesAsked = new AtomicInteger();
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean mistaken;
    private volatile List<String> mistakes = List.of();
    private volatile boolean failing;

    @BeforeEach
    void start() throws IOException {
        QuietSystem.install();
        remote = new GitRepository(folder);
        store = new MemoryStore("test", InstantSource.system());
        tables = new Tables(store);
        Epoch epoch = Epoch.take(store, "test");
        admission =
                new Admission(
                        tables,
                        epoch,
                        new NoRules(() -> mistaken, () -> mistakes),
                        InstantSource.system(),
                        () -> UUID.randomUUID().toString());
        admission.prepare();
        sync = new GitSync(tables, admission, epoch, folder.resolve("mirrors"), this::asked);
        sync.start();
    }

    private Instant asked() {
        timesAsked.incrementAndGet();
        if (failing && Thread.currentThread().getName().equals("git-sync")) {
            failing = false;
            throw new IllegalStateException("a mistake");
        }
        return Instant.now().plus(ahead);
    }

    @AfterEach
    void stop() {
        sync.close();
        store.close();
    }

    @Test
    void applies_what_is_good_and_says_what_is_broken() throws IOException {
        remote.push(Map.of("web.hcl", GOOD, "broken.hcl", "job \"x\" {\n  group \"g\" {\n"));

        follow(SyncPolicy.APPLY);

        await().until(() -> status().commit().isPresent());
        assertThat(tables.jobs().get("default", "web")).isPresent();
        assertThat(tables.jobs().list()).hasSize(1);
        assertThat(status().because()).isEqualTo("1 applied, 1 broken");
        assertThat(status().manifests())
                .extracting(ManifestDecision::outcome)
                .containsExactly(SyncOutcome.BROKEN, SyncOutcome.APPLIED);
        assertThat(status().manifests().getFirst().place()).matches("broken\\.hcl:\\d+");
    }

    @Test
    void follows_a_commit_that_is_pushed_later_and_deletes_nothing() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> tables.jobs().get("default", "web").isPresent());

        remote.git("rm", "-q", "web.hcl");
        remote.push(Map.of("other.hcl", GOOD.replace("web", "other")));

        await().until(() -> tables.jobs().get("default", "other").isPresent());
        assertThat(tables.jobs().get("default", "web")).isPresent();
    }

    @Test
    void puts_back_what_was_changed_by_hand() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> tables.jobs().get("default", "web").isPresent());

        admission.stop(tables.jobs().list().getFirst().name(), Terms.of("test"));

        await().until(() -> !tables.jobs().list().getFirst().stopped());
    }

    @Test
    void only_looks_when_its_policy_is_detect() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));

        follow(SyncPolicy.DETECT);

        await().until(() -> status().commit().isPresent());
        assertThat(status().because()).isEqualTo("1 drifted");
        assertThat(tables.jobs().list()).isEmpty();
    }

    @Test
    void writes_only_what_is_its_own_and_declared_once() throws IOException {
        remote.push(
                Map.of(
                        "a.hcl",
                        GOOD,
                        "b.hcl",
                        GOOD,
                        "elsewhere.hcl",
                        GOOD.replace("job \"web\" {", "job \"far\" {\n  namespace = \"prod\"")));

        follow(SyncPolicy.APPLY);

        await().until(() -> status().commit().isPresent());
        assertThat(tables.jobs().list()).isEmpty();
        assertThat(status().manifests())
                .extracting(ManifestDecision::because)
                .containsExactly(
                        "declared more than once: a.hcl:1, b.hcl:1",
                        "declared more than once: a.hcl:1, b.hcl:1",
                        "a source writes into its own namespace only, which is default");
    }

    /// Everybody was told of all of them: ten thousand made 100 million places.
    @Test
    void says_in_a_line_what_is_broken_and_how_to_mend_it() throws IOException {
        remote.push(
                Map.of(
                        "broken.hcl",
                        GOOD.replace("group \"g\" {", "group \"g\" {\ncount = \"x\"")));

        follow(SyncPolicy.APPLY);

        await().until(() -> status().commit().isPresent());
        assertThat(status().manifests().getFirst().because())
                .startsWith(
                        "group \"g\".count: a number is required here, not \"x\"; fix: Write the")
                .doesNotContain(".;");
    }

    @Test
    void names_some_of_many_namesakes() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (int i = 10; i < 40; i++) {
            files.put(i + ".hcl", GOOD);
        }
        remote.push(files);

        follow(SyncPolicy.APPLY);

        await().until(() -> status().commit().isPresent());
        assertThat(status().manifests())
                .hasSize(30)
                .extracting(ManifestDecision::because)
                .containsOnly(
                        "declared more than once: 10.hcl:1, 11.hcl:1, 12.hcl:1, 13.hcl:1, 14.hcl:1"
                                + " and 25 more");
    }

    @Test
    void cuts_a_reason_that_nobody_would_read() throws IOException {
        mistakes = List.of("x".repeat(1_000_000));
        remote.push(Map.of("web.hcl", GOOD));

        follow(SyncPolicy.APPLY);

        await().until(() -> status().commit().isPresent());
        assertThat(status().manifests().getFirst().because()).hasSize(1_000).endsWith("x…");
    }

    @Test
    void leaves_no_copy_of_a_source_that_is_gone() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> status().commit().isPresent());
        assertThat(folder.resolve("mirrors")).isNotEmptyDirectory();

        admission.delete(Kind.GIT_SOURCE, new ResourceName("default", "repo"), Terms.of("test"));

        await().untilAsserted(() -> assertThat(folder.resolve("mirrors")).isEmptyDirectory());
    }

    @Test
    void keeps_what_it_knew_while_the_remote_is_away() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> status().commit().isPresent());
        GitSourceStatus before = status();

        remote.move();

        await().until(() -> status().because().contains("what was applied before stays"));
        assertThat(status().commit()).isEqualTo(before.commit());
        assertThat(status().manifests()).isEqualTo(before.manifests());
        assertThat(tables.jobs().list()).hasSize(1);
    }

    @Test
    void writes_nothing_while_nothing_changes() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> status().because().equals("1 unchanged"));
        Revision before = tables.revision();
        int asked = timesAsked.get();

        await().until(() -> timesAsked.get() > asked + 2 * ASKED_PER_LOOK);

        assertThat(tables.revision()).isEqualTo(before);
    }

    @Test
    void goes_on_when_the_clock_is_set_back() throws IOException {
        ahead = Duration.ofDays(365);
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> tables.jobs().get("default", "web").isPresent());

        ahead = Duration.ZERO;
        remote.push(Map.of("other.hcl", GOOD.replace("web", "other")));

        await().until(() -> tables.jobs().get("default", "other").isPresent());
    }

    @Test
    void goes_on_when_the_times_could_not_be_looked_at() throws IOException {
        remote.push(Map.of("web.hcl", GOOD));
        follow(SyncPolicy.APPLY);
        await().until(() -> tables.jobs().get("default", "web").isPresent());
        failing = true;
        await().until(() -> !failing);

        remote.push(Map.of("other.hcl", GOOD.replace("web", "other")));

        await().until(() -> tables.jobs().get("default", "other").isPresent());
    }

    @Test
    void goes_on_beside_a_source_that_cannot_be_read() throws IOException {
        store.commit(Txn.put(Key.of("gitsources", "default", "rubbish"), Bytes.utf8("no record")));
        remote.push(Map.of("web.hcl", GOOD));

        follow(SyncPolicy.APPLY);

        await().until(() -> tables.jobs().get("default", "web").isPresent());
        assertThat(tables.gitSources().legible().trouble())
                .singleElement(STRING)
                .contains("/gitsources/default/rubbish", "cannot be read");
    }

    @Test
    void says_so_when_a_look_fails_by_a_mistake_of_ours() throws IOException {
        mistaken = true;
        remote.push(Map.of("web.hcl", GOOD));

        follow(SyncPolicy.APPLY);

        await().until(() -> status().because().contains("a mistake of this program"));
        mistaken = false;
        await().until(() -> tables.jobs().get("default", "web").isPresent());
    }

    private void follow(SyncPolicy policy) {
        GitSourceSpec spec =
                new GitSourceSpec(
                        remote.url(),
                        Optional.of("main"),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(policy));
        Admitted admitted =
                admission.put(
                        new GitSource(
                                Metadata.named("default", "repo"), spec, GitSourceStatus.unseen()),
                        Terms.of("test"));
        assertThat(admitted).isInstanceOf(Admitted.Stored.class);
    }

    private GitSourceStatus status() {
        return tables.gitSources().list().getFirst().status();
    }

    /// Rules are tested where they are.
    private record NoRules(BooleanSupplier mistaken, Supplier<List<String>> found)
            implements Rules {
        @Override
        public List<String> mistakes(Resource resource) {
            if (mistaken.getAsBoolean() && resource.kind() == Kind.JOB) {
                throw new IllegalStateException("a mistake");
            }
            return resource.kind() == Kind.JOB ? found.get() : List.of();
        }

        @Override
        public int defaultsLevel() {
            return 1;
        }
    }
}
