package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.fingerprint.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the tasks of an allocation end, under a whole daemon.
final class EndingTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;
    private SmallController controller;
    private NodeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        controller = new SmallController();
        daemon =
                NodeDaemon.start(
                        new NodeConfig(
                                controller.url(),
                                folder.resolve("data"),
                                Optional.of("node"),
                                Optional.of("127.0.0.1"),
                                new Fingerprint.Words("dc1", "default", "", Map.of())));
        await().atMost(SOON).until(controller::linked);
    }

    @AfterEach
    void stop() throws Exception {
        daemon.removeAll();
        controller.close();
        assertThat(controller.violations()).isEmpty();
    }

    private void want(AssignedJob job, DesiredState desired) {
        controller.want(Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, desired))));
    }

    private AllocationStatus status(Predicate<AllocationStatus> as) {
        await().atMost(SOON)
                .until(() -> controller.heard("a1").filter(r -> as.test(r.status())).isPresent());
        return controller.heard("a1").orElseThrow().status();
    }

    private static boolean runs(AllocationStatus status, String task) {
        return Optional.ofNullable(status.tasks().get(task))
                .filter(t -> t.phase() == TaskPhase.RUNNING)
                .isPresent();
    }

    private String turns() throws IOException {
        return Files.readString(folder.resolve("data/alloc/a1/alloc/data/turns"));
    }

    @Test
    void the_sidecar_ends_after_the_main_task_and_the_last_one_runs_then() throws Exception {
        AssignedJob job = Jobs.ending("a1", "\"shutdownDelay\":\"300ms\"");
        want(job, DesiredState.RUN);
        status(s -> runs(s, "main") && runs(s, "side"));

        want(job, DesiredState.STOP);

        AllocationStatus end = status(s -> s.phase() == AllocationPhase.COMPLETE);
        assertThat(turns()).isEqualTo("main\nside\nlast\n");
        assertThat(end.because()).isEqualTo("All tasks have completed");
    }

    @Test
    void a_stop_sends_the_signal_that_the_task_names_after_its_delay() throws Exception {
        AssignedJob job =
                Jobs.with(
                        "\"killSignal\":\"SIGUSR1\",\"shutdownDelay\":\"300ms\"",
                        Jobs.once(
                                "a1",
                                "trap 'exit 7' USR1; trap 'exit 8' INT;"
                                        + " while :; do sleep 0.05; done"));
        want(job, DesiredState.RUN);
        status(s -> runs(s, "t"));

        want(job, DesiredState.STOP);

        TaskState end = task(status(s -> s.phase() == AllocationPhase.COMPLETE));
        assertThat(end.exit()).hasValue(new Exit.Code(7));
        assertThat(end.events())
                .extracting(TaskEvent::type)
                .containsSubsequence("Waiting for shutdown delay", "Killing", "Killed");
        Instant waits = when(end, "Waiting for shutdown delay");
        assertThat(when(end, "Killing")).isAfterOrEqualTo(waits.plusMillis(300));
    }

    @Test
    void who_has_no_delay_waits_for_none_and_says_none() throws Exception {
        AssignedJob job = Jobs.with("\"shutdownDelay\":\"0s\"", Jobs.once("a1", "exec sleep 300"));
        want(job, DesiredState.RUN);
        status(s -> runs(s, "t"));

        want(job, DesiredState.STOP);

        TaskState end = task(status(s -> s.phase() == AllocationPhase.COMPLETE));
        assertThat(end.events())
                .extracting(TaskEvent::type)
                .contains("Killing")
                .doesNotContain("Waiting for shutdown delay");
    }

    private static TaskState task(AllocationStatus status) {
        return Optional.ofNullable(status.tasks().get("t")).orElseThrow();
    }

    private static Instant when(TaskState task, String type) {
        return task.events().stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow()
                .time();
    }

    @Test
    void what_has_had_its_time_is_complete_and_nothing_runs_after_it() throws Exception {
        want(Jobs.ending("a1", "\"maxRunDuration\":\"1s\""), DesiredState.RUN);

        AllocationStatus end = status(s -> s.phase() == AllocationPhase.COMPLETE);

        assertThat(end.because()).isEqualTo("allocation exceeded max_run_duration");
        assertThat(turns()).isEqualTo("main\nside\n");
    }
}
