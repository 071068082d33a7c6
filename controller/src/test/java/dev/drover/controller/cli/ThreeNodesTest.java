package dev.drover.controller.cli;

import static dev.drover.controller.cli.ThreeNodes.sleepers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.cli.Installation.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the loops do to real processes on three nodes, as somebody sees it who types. Each test
/// ends its jobs and waits until nothing of them runs.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ThreeNodesTest {
    /// Two versions of a job, told by how long its task sleeps; unlike what anybody else sleeps.
    private static final int OLD = 360_011;

    private static final int NEW = 360_012;
    private static final int MOVED = 360_013;
    private static final int CRASHES = 360_014;

    /// What failed is not tried elsewhere.
    private static final String NOT_AGAIN = "attempts = 0\nunlimited = false";

    @TempDir static Path folder;

    private static Optional<ThreeNodes> cluster = Optional.empty();

    @BeforeAll
    static void three_nodes() throws IOException {
        cluster = Optional.of(ThreeNodes.start(folder));
    }

    @AfterAll
    static void nothing_is_left() throws InterruptedException {
        if (cluster.isPresent()) {
            cluster.get().end();
        }
    }

    @AfterEach
    void every_job_ends() {
        cluster().purge();
    }

    @Test
    void canaries_run_beside_the_old_version_until_somebody_promotes_them() throws IOException {
        String canary = "canary = 1";
        type("run", jobs().service("canary", 3, OLD, canary));
        SortedSet<Long> old = sleepers(OLD);
        String file = jobs().service("canary", 3, NEW, canary);
        assertThat(out("plan", file))
                .contains("group app: 1 canary first, 3 replace\n")
                .contains("it would wait: app: 1 of 1 canaries healthy, it waits for somebody");

        Typed run = type("run", file);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("Job \"canary\" waits for a promotion: app: 1 of 1 canaries healthy");
        assertThat(sleepers(OLD)).hasSize(3).isEqualTo(old);
        assertThat(sleepers(NEW)).hasSize(1);
        assertThat(out("status", "canary"))
                .contains("Latest Deployment")
                .contains("app: 1 of 1 canaries healthy, it waits for somebody to promote them");

        Typed promoted = type("promote", "canary");

        assertThat(promoted.code()).isZero();
        assertThat(promoted.out()).endsWith("Job \"canary\" is running\n");
        assertThat(sleepers(OLD)).isEmpty();
        assertThat(sleepers(NEW)).hasSize(3);
        assertThat(out("deployment", "list", "canary"))
                .containsPattern("1 +successful +every copy is healthy");
        assertThat(out("job", "history", "canary")).containsPattern("(?m)^1 +true +true");
    }

    @Test
    void a_version_that_fails_makes_way_for_the_one_before() throws IOException {
        String policy = "canary = 1\nauto_revert = true";
        type("run", jobs().service("reverts", 3, OLD, policy));
        SortedSet<Long> old = sleepers(OLD);

        Typed run = type("run", jobs().service("reverts", 3, NEW, policy, "exit 3", NOT_AGAIN));

        assertThat(run.code()).isEqualTo(1);
        until("it is back", () -> out("job", "history", "reverts").contains("auto_revert"));
        assertThat(out("job", "history", "reverts"))
                .containsPattern("(?m)^2 +true .* auto_revert to version 0 ");
        assertThat(out("deployment", "status", "reverts")).contains("Job Version = 2");
        assertThat(out("deployment", "list", "reverts"))
                .containsPattern("1 +failed +.*Exit Code: 3.*the job returns to version 0");
        Typed end = type("deployment", "status", "-monitor", "reverts");
        assertThat(end.code()).isZero();
        assertThat(sleepers(OLD)).hasSize(3).isEqualTo(old);
    }

    @Test
    void a_deployment_is_paused_goes_on_and_is_given_up() throws IOException {
        type("run", jobs().service("steered", 3, OLD, ""));
        type("run", "-detach", jobs().service("steered", 3, NEW, ""));
        until("it is under way", () -> !sleepers(NEW).isEmpty());

        Typed pause = type("deployment", "pause", "steered");

        assertThat(pause.out()).containsPattern("^Deployment \"[0-9a-f]{8}\" is paused\n$");
        until(
                "it is paused",
                () -> out("deployment", "status", "steered").contains("somebody paused it"));
        assertThat(sleepers(OLD)).isNotEmpty();
        assertThat(out("status", "steered")).containsPattern("Status += paused");
        type("deployment", "resume", "steered");
        Typed followed = type("deployment", "status", "-monitor", "steered");
        assertThat(followed.code()).isZero();
        assertThat(followed.out())
                .contains("Monitoring deployment")
                .endsWith(
                        ": successful: every copy is healthy; app: 3 of 3 placed, 3 healthy, 0 unhealthy\n");
        assertThat(sleepers(NEW)).hasSize(3);

        type("run", "-detach", jobs().service("steered", 3, OLD, ""));
        until("it is under way", () -> !sleepers(OLD).isEmpty());
        type("deployment", "fail", "steered");

        Typed failed = type("deployment", "status", "-monitor", "steered");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("somebody marked it as failed");
        assertThat(sleepers(NEW)).as("what is not replaced stays").isNotEmpty();
    }

    @Test
    void a_drained_node_is_empty_and_the_others_have_what_it_had() throws IOException {
        type("run", jobs().service("moves", 6, OLD, ""));

        Typed foreseen = type("what-if", "drain", "n2");
        Typed drain = type("node", "drain", "n2");

        assertThat(foreseen.out()).contains("Would move, in this order");
        assertThat(drain.code()).isZero();
        assertThat(drain.out())
                .contains(foreseen.out())
                .contains("Node \"n2\" drain strategy set")
                .containsPattern(
                        "Alloc \"[0-9a-f]{8}\" \\(moves.app\\[[0-9]]\\) status running -> complete")
                .endsWith("All allocations on node \"n2\" have stopped\n");
        assertThat(out("node", "status", "n2"))
                .containsPattern("Drain += false")
                .containsPattern("Eligibility += ineligible")
                .containsPattern("(?m)MiB +0$");
        until("all six run", () -> sleepers(OLD).size() == 6);
        List<String> there = places(foreseen.out());
        assertThat(there).hasSize(2);
        assertThat(placesOfRunning("moves")).containsAll(there);

        assertThat(out("node", "eligibility", "-enable", "n2"))
                .isEqualTo("Node \"n2\" scheduling eligibility set: eligible for scheduling\n");
    }

    @Test
    void what_a_lost_node_had_runs_elsewhere_and_once_only_when_it_is_back()
            throws IOException, InterruptedException {
        type("run", jobs().service("lost", 3, OLD, ""));
        assertThat(sleepers(OLD)).hasSize(3);

        cluster().killNode("n3");

        until("its copy is replaced", () -> sleepers(OLD).size() == 4); // its own task lives on
        assertThat(out("node", "status")).containsPattern("(?m)^n3 .* down ");
        assertThat(out("status", "lost")).containsPattern("n3 +app +0 +(run|stop) +lost");
        cluster().startNode("n3");
        until("one copy in each slot", () -> sleepers(OLD).size() == 3);
        until(
                "n3 is ready",
                () ->
                        out("node", "status")
                                .contains("n3    default  dc1  <none>  false  eligible     ready"));
    }

    @Test
    void a_periodic_job_runs_at_its_times_and_when_somebody_says_so() throws IOException {
        type("run", jobs().periodic("ticks", "*/2 * * * * * *"));
        assertThat(out("run", jobs().periodic("nightly", "0 3 * * *")))
                .endsWith("Job \"nightly\" waits to be launched\n");

        Typed forced = type("job", "periodic", "force", "nightly");

        assertThat(forced.code()).as(forced.out()).isZero();
        assertThat(forced.out())
                .containsPattern("^Launched Job ID = nightly/periodic-[0-9]+\n")
                .containsPattern("Job \"nightly/periodic-[0-9]+\" is complete\n$");
        untilDead("nightly");
        assertThat(out("status", "nightly"))
                .containsPattern("Next Periodic Launch += 20[0-9-]+T03:00:00Z \\(.* from now\\)")
                .containsPattern("Pending  Running  Dead\n0 +0 +1\n")
                .containsPattern("(?m)^nightly/periodic-[0-9]+ +dead ");
        Terminal asked = cluster().terminal();
        assertThat(asked.type("logs", "nightly")).isEqualTo(1);
        assertThat(asked.err())
                .contains("Error: job \"nightly\" runs nothing itself\n")
                .containsPattern("the newest is `drover logs nightly/periodic-[0-9]+`");
        until("its time comes", () -> out("status", "ticks").contains("ticks/periodic-"));
        type("stop", "ticks");
        assertThat(out("status", "ticks"))
                .containsPattern("Next Periodic Launch += none \\(job stopped\\)");
    }

    /// A job that was launched is over when its allocation is; that it is dead is said right
    /// behind.
    private void untilDead(String job) {
        until("its child is dead", () -> out("status", job).contains(" dead "));
    }

    @Test
    void a_dispatch_brings_payload_and_meta_and_its_token_counts_once() throws IOException {
        String file = jobs().parameterized("encode");
        String payload = payload();
        String[] words = {
            "job", "dispatch", "-meta", "size=3", "-idempotency-token", "a", "encode", payload
        };
        type("run", file);

        Typed dispatch = type(words);
        Typed again = type(words);

        assertThat(dispatch.code()).isZero();
        Matcher launched = Pattern.compile("^Dispatched Job ID = (.*)\n").matcher(dispatch.out());
        assertThat(launched.find()).isTrue();
        String child = launched.group(1);
        assertThat(dispatch.out()).endsWith("Job \"" + child + "\" is complete\n");
        assertThat(again.out()).startsWith("Dispatched Job ID = " + child + '\n');
        assertThat(out("logs", child)).containsPattern("\\| 3\n.*\\| one film\n$");
        untilDead("encode");
        assertThat(out("status", "encode"))
                .containsPattern("Required Metadata += size")
                .containsPattern("Pending  Running  Dead\n0 +0 +1\n")
                .containsPattern("(?m)^" + child + " +dead ");
    }

    @Test
    void a_restart_of_the_server_loses_no_decision() throws IOException, InterruptedException {
        type("run", jobs().service("rolls", 3, OLD, ""));
        type("run", jobs().service("drains", 6, MOVED, ""));
        type(
                "run",
                "-detach",
                jobs().service("crashes", 1, CRASHES, "", "exit 3", "delay = \"5s\""));
        type("run", jobs().periodic("missed", "*/5 * * * * * *"));
        until("it crashed", () -> out("status", "crashes").contains("failed"));
        until("a first launch", () -> !launches("missed").isEmpty());

        type("run", "-detach", jobs().service("rolls", 3, NEW, ""));
        until("the update is under way", () -> !sleepers(NEW).isEmpty());
        type("node", "drain", "-detach", "n2");
        String deadline = drainDeadline("n2");
        long next = launches("missed").getLast() + 5;
        cluster().killServer();
        until("a time passed", () -> Instant.now().getEpochSecond() > next);
        cluster().startServer();

        assertThat(drainDeadline("n2")).isEqualTo(deadline);
        assertThat(type("deployment", "status", "-monitor", "rolls").code()).isZero();
        assertThat(type("node", "drain", "-monitor", "n2").out())
                .endsWith("All allocations on node \"n2\" have stopped\n");
        until("all six run elsewhere", () -> sleepers(MOVED).size() == 6);
        assertThat(sleepers(NEW)).hasSize(3);
        assertThat(sleepers(OLD)).isEmpty();
        assertThat(launches("missed")).contains(next);
        until(
                "it is tried again",
                () ->
                        out("status", "crashes").lines().filter(l -> l.contains(" failed ")).count()
                                > 1);
        type("node", "eligibility", "-enable", "n2");
    }

    @Test
    void what_the_commands_print_about_a_running_cluster() throws IOException {
        Transcript session = new Transcript(folder, cluster()::terminal);
        String old = jobs().service("web", 3, OLD, "canary = 1");
        String other = jobs().service("web", 3, NEW, "canary = 1");
        type("run", old);
        until("it is at rest", () -> out("status", "web").contains("Status Description = <none>"));
        session.say("eval", "list", "web");
        session.say("status", "web");
        type("run", other);
        session.say("deployment", "list", "web");
        session.say("deployment", "status", "web");
        session.say("deployment", "pause", "web");
        session.say("deployment", "resume", "web");
        session.say("promote", "-detach", "web");
        type("deployment", "status", "-monitor", "web");
        session.say("job", "tag", "web", "1", "golden");
        session.say("job", "history", "web");
        session.say("hold", "job", "web", "-why", "we look into it", "-who", "ann");
        session.say("hold");
        session.say("release", "job", "web");
        session.say("what-if", "drain", "n2");
        session.say("what-if", "lose", "n3");
        session.say("what-if", "run", old);
        session.say("what-if", "scale", "web", "1");
        session.say("scale", "-detach", "web", "3");
        session.say("node", "drain", "-detach", "n2");
        type("node", "drain", "-monitor", "n2");
        session.say("node", "status");
        session.say("node", "eligibility", "-enable", "n2");
        type("run", jobs().periodic("nightly", "0 3 * * *"));
        session.say("job", "periodic", "force", "-detach", "nightly");
        until("it is over", () -> out("status", "nightly").contains(" dead "));
        session.say("status", "nightly");
        session.say("job", "revert", "-detach", "web", "0");
        until("its canary is tried", () -> out("status", "web").contains("Version = 2"));
        session.say("deployment", "fail", "-detach", "web");
        session.say("scale", "-detach", "web", "app", "2");
        type("run", jobs().parameterized("render"));
        session.say("job", "dispatch", "-detach", "render");
        session.say("job", "dispatch", "-meta", "size=3", "render", payload());
        session.say("status", "render");
        type("run", "-detach", jobs().nowhere("lonely"));
        until("it waits", () -> out("status", "lonely").contains("pending"));
        session.say("status", "lonely");
        session.say("why", "lonely");
        session.say("operator", "scheduler", "get-config");
        session.say("operator", "scheduler", "set-config", "-scheduler-algorithm=spread");
        session.say("operator", "scheduler", "set-config", "-scheduler-algorithm=tight");
        session.say("operator", "scheduler", "get-config");
        type("operator", "scheduler", "set-config", "-scheduler-algorithm=binpack");

        TranscriptTest.compare("three-nodes", session.transcript());
    }

    @Test
    void data_follows_a_copy_to_another_node() throws IOException {
        type("run", jobs().migrating("moves"));
        String first = running("moves");
        String node = nodeOf("moves", first);

        type("node", "drain", "-yes", node);

        until("it runs elsewhere", () -> !running("moves").isEmpty());
        type("node", "eligibility", "-enable", node);
        String second = running("moves");
        until(
                "it goes on with the story",
                () ->
                        out("alloc", "fs", second, "alloc/data/story")
                                .matches(first + ".*\nend\n" + second + ".*\n"));
        assertThat(out("alloc", "fs", second, "t/local/notes"))
                .matches(first + ".*\n" + second + ".*\n");
        assertThat(out("alloc", "status", second))
                .contains("Waiting For Data")
                .contains("Data Moved");
    }

    /// The short id of the only copy that runs; empty while none does.
    private static String running(String job) {
        Matcher row =
                Pattern.compile("(?m)^([0-9a-f]{8}) +n[1-3] +app +[0-9]+ +run +running")
                        .matcher(out("status", job));
        return row.find() ? row.group(1) : "";
    }

    private static String nodeOf(String job, String allocation) {
        Matcher row =
                Pattern.compile("(?m)^" + allocation + " +(n[1-3]) ").matcher(out("status", job));
        assertThat(row.find()).isTrue();
        return row.group(1);
    }

    private static String drainDeadline(String node) {
        Matcher deadline =
                Pattern.compile("\"deadline\" : \"([^\"]+)\"")
                        .matcher(out("get", "node", node, "-o", "json"));
        assertThat(deadline.find()).isTrue();
        return deadline.group(1);
    }

    /// The seconds for which a periodic job was launched, in order.
    private static List<Long> launches(String job) {
        return Pattern.compile("(?m)^" + job + "/periodic-([0-9]+) ")
                .matcher(out("status", job))
                .results()
                .map(row -> Long.valueOf(row.group(1)))
                .sorted()
                .toList();
    }

    /// `job.group[index] node` of each move that was foreseen.
    private static List<String> places(String foreseen) {
        return Pattern.compile("(?m)^[0-9]+ +(\\S+) +\\S+ +(\\S+)$")
                .matcher(foreseen)
                .results()
                .map(move -> move.group(2))
                .toList();
    }

    private static List<String> placesOfRunning(String job) {
        return Pattern.compile("(?m)^[0-9a-f]{8} +(n[1-3]) +app +0 +run +running")
                .matcher(out("status", job))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private static ThreeNodes cluster() {
        return cluster.orElseThrow();
    }

    private static String payload() throws IOException {
        return Files.writeString(folder.resolve("in.txt"), "one film\n").toString();
    }

    private static JobFiles jobs() {
        return new JobFiles(folder);
    }

    private static Typed type(String... words) {
        return cluster().type(words);
    }

    private static String out(String... words) {
        return cluster().out(words);
    }

    private static void until(String what, Callable<Boolean> so) {
        cluster().until(what, so);
    }
}
