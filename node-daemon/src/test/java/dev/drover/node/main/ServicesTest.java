package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.CheckStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of real tasks under a whole daemon.
final class ServicesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;
    private SmallController controller;
    private NodeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        controller = new SmallController();
        daemon = NodeDaemon.start(config());
        await().atMost(SOON).until(controller::linked);
    }

    @AfterEach
    void stop() throws Exception {
        daemon.removeAll();
        controller.close();
        assertThat(controller.violations()).isEmpty();
    }

    private NodeConfig config() {
        return new NodeConfig(
                Dial.plain(controller.url()),
                folder.resolve("data"),
                Optional.of("node"),
                Optional.of("127.0.0.1"),
                new Fingerprint.Words("dc1", "default", "", Map.of()));
    }

    /// A service `web` whose check passes while the file `well` is there.
    private AssignedJob job(String more) throws IOException {
        String json =
                """
                {"type":"service","groups":[{"name":"g",
                 "update":{"healthCheck":"checks","minHealthyTime":"100ms","healthyDeadline":"1m"},
                 "restart":{"attempts":5,"interval":"10m","delay":"10ms","mode":"fail"},
                 "tasks":[{"name":"t","driver":"raw_exec",
                  "config":{"command":"/bin/sleep","args":["300"]},
                  "services":[{"name":"web-${NOMAD_ALLOC_INDEX}","port":"8080","tags":["a"],
                   "checks":[{"name":"up","type":"script","interval":"50ms","timeout":"10s",
                    "command":"/bin/sh","args":["-c","[ -e %s ] || exit 2"] %s}]}]}]}]}
                """
                        .formatted(folder.resolve("well"), more);
        return new AssignedJob("a1", 1, "a1", "default", RecordJson.read(JobSpec.class, json));
    }

    private void want(AssignedJob job, DesiredState desired) {
        controller.want(Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, desired))));
    }

    private AllocationStatus status(Predicate<AllocationStatus> as) {
        await().atMost(SOON)
                .until(() -> controller.heard("a1").filter(r -> as.test(r.status())).isPresent());
        return controller.heard("a1").orElseThrow().status();
    }

    private static Predicate<AllocationStatus> check(CheckStatus word) {
        return status ->
                status.services().stream()
                        .flatMap(s -> s.checks().stream())
                        .anyMatch(c -> c.status() == word);
    }

    @Test
    void is_listed_and_healthy_once_its_check_passes_and_withdrawn_before_it_ends()
            throws Exception {
        AssignedJob job = job("");
        want(job, DesiredState.RUN);
        AllocationStatus ill = status(check(CheckStatus.CRITICAL));
        assertThat(ill.services().getFirst().passing()).isFalse();
        assertThat(ill.healthy()).isEmpty();

        Files.createFile(folder.resolve("well"));

        AllocationStatus well = status(s -> s.healthy().orElse(false));
        ServiceState service = well.services().getFirst();
        assertThat(service.passing()).isTrue();
        assertThat(service.name()).isEqualTo("web-0");
        assertThat(service.address() + ":" + service.port()).isEqualTo("127.0.0.1:8080");
        assertThat(service.tags()).containsExactly("a");
        want(job, DesiredState.STOP);
        AllocationStatus last = status(s -> s.finished().isPresent());
        assertThat(last.services()).isEmpty();
        assertThat(
                        controller.story("a1").stream()
                                .map(AllocationReport::status)
                                .dropWhile(s -> s.services().isEmpty()))
                .as("withdrawn while its task still runs")
                .anyMatch(s -> s.services().isEmpty() && s.finished().isEmpty());
    }

    @Test
    void the_next_daemon_knows_what_the_checks_said() throws Exception {
        Files.createFile(folder.resolve("well"));
        want(job(""), DesiredState.RUN);
        AllocationStatus before = status(s -> s.healthy().orElse(false));
        int registrations = controller.registrations();

        daemon.close();
        daemon = NodeDaemon.start(config());

        await().atMost(SOON).until(() -> controller.registrations() > registrations);
        assertThat(status(_ -> true)).isEqualTo(before);
    }

    @Test
    void a_check_that_goes_on_failing_restarts_its_task() throws Exception {
        want(job(",\"checkRestart\":{\"limit\":2,\"grace\":\"0s\"}"), DesiredState.RUN);

        AllocationStatus status =
                status(s ->
                        s.tasks().values().stream()
                                .flatMap(t -> t.events().stream())
                                .map(TaskEvent::type)
                                .anyMatch("Restarting"::equals));

        assertThat(Optional.ofNullable(status.tasks().get("t")).orElseThrow().events())
                .filteredOn(e -> e.type().equals("Restart Signaled"))
                .first()
                .extracting(TaskEvent::message)
                .isEqualTo("healthcheck: check \"up\" unhealthy");
    }
}
