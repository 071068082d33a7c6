package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A daemon in a process of its own is killed at random moments while allocations come and go. Set
/// `drover.kills` for more than the usual number, `drover.seed` for another run of moments.
final class DaemonKillTest {
    private static final int KILLS = Integer.getInteger("drover.kills", 15);
    private static final long SEED = Long.getLong("drover.seed", 1);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LASTING = 3;

    private final SplittableRandom moments = new SplittableRandom(SEED);
    private final List<AssignedJob> jobs = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private Optional<Process> daemon = Optional.empty();
    private String driver = "raw_exec";

    @TempDir Path folder;

    @AfterEach
    void kill() throws InterruptedException {
        if (daemon.isPresent()) {
            daemon.get().destroyForcibly().waitFor();
        }
    }

    private void startDaemon(SmallController controller) throws IOException {
        daemon =
                Optional.of(
                        new ProcessBuilder(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx64m",
                                        "-Xshare:auto",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "dev.drover.node.main.DaemonProcess",
                                        controller.url(),
                                        folder.resolve("data").toString())
                                .redirectErrorStream(true)
                                .redirectOutput(
                                        ProcessBuilder.Redirect.appendTo(
                                                folder.resolve("daemon.log").toFile()))
                                .start());
    }

    private void want(String id, AssignedJob written) throws IOException {
        AssignedJob job = Jobs.under(driver, written);
        jobs.add(job);
        assignments.add(Jobs.assignment(id, job, DesiredState.RUN));
    }

    private Path data(String id) {
        return folder.resolve("data/alloc").resolve(id).resolve("alloc/data");
    }

    private static void waitFor(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw_exec", "exec"})
    void nothing_is_lost_and_nothing_runs_twice(String driver) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        Assumptions.assumeTrue(root || driver.equals("raw_exec"), "jails need root");
        this.driver = driver;
        try (SmallController controller = new SmallController()) {
            for (int i = 0; i < LASTING; i++) {
                want(
                        "lasting-" + i,
                        Jobs.shell(
                                "lasting-" + i,
                                "service",
                                "echo $$ >>$NOMAD_ALLOC_DIR/data/pids; i=0;"
                                        + " while :; do echo $i; i=$((i+1)); sleep 0.03; done"));
            }
            churn(controller);
            settle(controller);
            checkTheLasting();
            checkTheShort(controller);
            assertThat(controller.violations()).isEmpty();
            leavesNothing(controller);
        }
    }

    private void churn(SmallController controller) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int code = kill % 7;
            String id = "short-" + kill;
            want(
                    id,
                    Jobs.once(
                            id,
                            "echo ran >>$NOMAD_ALLOC_DIR/data/ran; sleep 0."
                                    + moments.nextInt(1, 9)
                                    + "; echo done; exit "
                                    + code));
            startDaemon(controller);
            int registered = controller.registrations();
            if (moments.nextBoolean()) {
                await().atMost(SOON).until(() -> controller.registrations() > registered);
                controller.want(Jobs.whole(jobs, assignments));
                waitFor(moments.nextInt(400));
            } else {
                controller.want(Jobs.whole(jobs, assignments));
                waitFor(moments.nextInt(1_500));
            }
            daemon.orElseThrow().destroyForcibly().waitFor();
        }
    }

    private void settle(SmallController controller) throws Exception {
        startDaemon(controller);
        await().atMost(SOON)
                .until(() ->
                        assignments.stream()
                                .map(a -> controller.heard(a.id()))
                                .allMatch(DaemonKillTest::settled));
    }

    private static boolean settled(Optional<AllocationReport> heard) {
        return heard.filter(r ->
                        r.id().startsWith("lasting")
                                ? r.status().phase() == AllocationPhase.RUNNING
                                : r.status().phase().terminal())
                .isPresent();
    }

    private void checkTheLasting() throws IOException {
        for (int i = 0; i < LASTING; i++) {
            String id = "lasting-" + i;
            List<String> pids = Files.readAllLines(data(id).resolve("pids"));
            assertThat(pids).as("starts of %s", id).hasSize(1);
            assertThat(ProcessHandle.of(Long.parseLong(pids.getFirst()))).isPresent();
            List<String> lines =
                    Files.readAllLines(data(id).resolveSibling("logs/t.stdout.000000"));
            assertThat(lines)
                    .isEqualTo(
                            IntStream.range(0, lines.size()).mapToObj(Integer::toString).toList());
            assertThat(lines.size()).isGreaterThan(KILLS);
        }
    }

    private void checkTheShort(SmallController controller) throws IOException {
        for (int kill = 0; kill < KILLS; kill++) {
            String id = "short-" + kill;
            var state = controller.heard(id).orElseThrow().status().tasks().get("t");
            assertThat(Optional.ofNullable(state).orElseThrow().exit())
                    .as("exit of %s: %s", id, state)
                    .contains(new Exit.Code(kill % 7));
            assertThat(Files.readAllLines(data(id).resolve("ran"))).as(id).hasSize(1);
            assertThat(Files.readString(data(id).resolveSibling("logs/t.stdout.000000")))
                    .isEqualTo("done\n");
        }
    }

    private void leavesNothing(SmallController controller) throws Exception {
        controller.want(Jobs.whole(List.of(), List.of()));
        for (String kind : List.of("alloc", "runs", "state")) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(folder.resolve("data").resolve(kind)).isEmptyDirectory());
        }
        daemon.orElseThrow().destroyForcibly().waitFor();
        assertThat(processesOfOurs()).isEmpty();
        NodeDaemon.start(DaemonProcess.config(controller.url(), folder.resolve("data")))
                .removeAll(); // its cgroups: a killed one could not
    }

    /// Processes that name our folder: supervisors, loggers and whatever they have started.
    private List<String> processesOfOurs() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry :
                    entries.filter(e -> e.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    String command = Files.readString(entry.resolve("cmdline")).replace('\0', ' ');
                    if (command.contains(folder.toString())) {
                        found.add(command);
                    }
                } catch (IOException gone) {
                    found.remove(""); // it has ended while we looked
                }
            }
        }
        return found;
    }
}
