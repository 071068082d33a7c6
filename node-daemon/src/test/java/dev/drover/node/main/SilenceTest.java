package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AssignedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node does by itself when its server says nothing any more.
final class SilenceTest {
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final String TRAPPED =
            "trap 'touch $NOMAD_ALLOC_DIR/data/stopped; exit 7' USR1; while :; do sleep 0.05; done";

    @TempDir Path folder;
    private OneNode node;

    @BeforeEach
    void start() throws IOException {
        node = OneNode.start(folder);
        node.controller().beat(BEAT);
        node.controller().drop();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private static AssignedJob job(String id, String type, String group) throws IOException {
        return Jobs.withGroup(
                group, Jobs.with("\"killSignal\":\"SIGUSR1\"", Jobs.shell(id, type, TRAPPED)));
    }

    private void run(AssignedJob job) {
        node.want(job, DesiredState.RUN);
        node.becomes(job.name(), AllocationPhase.RUNNING);
    }

    private static TaskState task(AllocationStatus status) {
        return Optional.ofNullable(status.tasks().get("t")).orElseThrow();
    }

    private boolean stopped(String id) {
        return Files.exists(node.shared(id).resolve("data/stopped"));
    }

    @Test
    void it_stops_what_must_not_run_alone_and_says_so_when_the_server_is_back() throws Exception {
        run(job("j", "batch", "\"disconnect\":{\"stopOnClientAfter\":\"1s\"}"));

        node.controller().mute(true); // the line stands
        await().atMost(OneNode.SOON).until(() -> stopped("j"));
        node.controller().mute(false);

        AllocationStatus end = node.becomes("j", AllocationPhase.LOST);
        assertThat(end.because())
                .isEqualTo("its node stopped it: it heard nothing from the server for 1s");
        assertThat(task(end).exit()).hasValue(new Exit.Code(7));
        assertThat(task(end).failed()).isFalse();
        assertThat(task(end).events())
                .extracting(TaskEvent::message)
                .contains("nothing was heard from the server for 1s (stop_on_client_after)");
    }

    @Test
    void what_it_stopped_is_told_by_the_next_daemon_too() throws Exception {
        run(job("j", "service", "\"disconnect\":{\"stopOnClientAfter\":\"1s\"}"));

        node.controller().away(true);
        await().atMost(OneNode.SOON).until(() -> stopped("j"));
        node.restart();
        node.controller().away(false);

        node.becomes("j", AllocationPhase.LOST);
    }

    /// Nothing is said on it but the answers to heartbeats.
    @Test
    void a_quiet_link_is_no_silence() throws Exception {
        run(job("j", "service", "\"disconnect\":{\"stopOnClientAfter\":\"50ms\"}"));
        int beats = node.controller().heartbeats();

        await().atMost(OneNode.SOON).until(() -> node.controller().heartbeats() > beats + 5);

        assertThat(stopped("j")).isFalse();
    }

    @Test
    void what_ended_by_itself_before_stays_what_it_is() throws Exception {
        AssignedJob job =
                Jobs.withGroup(
                        "\"disconnect\":{\"stopOnClientAfter\":\"1s\"}", Jobs.once("j", "exit 0"));
        node.want(job, DesiredState.RUN);
        node.becomes("j", AllocationPhase.COMPLETE);

        node.controller().away(true);
        node.restart();
        node.controller().away(false);
        int registrations = node.controller().registrations();

        await().atMost(OneNode.SOON).until(() -> node.controller().registrations() > registrations);
        node.becomes("j", AllocationPhase.COMPLETE);
    }
}
