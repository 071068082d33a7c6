package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.TaskUsage;
import dev.drover.manifests.wire.ToNode;
import dev.drover.node.driver.jail.StandIns;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon whose jails FreeBSD's tools build, as far as that can be seen on Linux.
final class FreeBsdNodeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path temp;

    @Test
    void the_system_chooses_who_builds_jails_unless_the_operators_do() {
        Path elsewhere = temp.resolve("sbin");
        String folder = temp.toString();

        assertThat(Drivers.freeBsdTools(Optional.empty(), "FreeBSD"))
                .contains(Path.of("/usr/sbin"));
        assertThat(Drivers.freeBsdTools(Optional.empty(), "Linux")).isEmpty();
        assertThat(Drivers.freeBsdTools(Optional.of("runc"), "Linux")).isEmpty();
        assertThat(Drivers.freeBsdTools(Optional.of(folder), "Linux")).contains(temp);
        assertThat(Drivers.freeBsdTools(Optional.of(elsewhere.toString()), "Linux")).isEmpty();
    }

    private static AssignedJob jailed(Path root, String script) throws IOException {
        String json =
                """
                {"type":"batch","groups":[{"name":"g","restart":{"attempts":0,"mode":"fail"},
                 "tasks":[{"name":"t","driver":"jail-task-driver",
                  "config":{"Path":"%s","Exec_start":%s}}]}]}
                """
                        .formatted(root, RecordJson.value(new Value.Text(script)));
        return new AssignedJob("a1", 1, "a1", "default", RecordJson.read(JobSpec.class, json));
    }

    @Test
    void a_task_in_a_jail_of_freebsd_has_its_code_its_output_and_its_usage() throws Exception {
        Busybox.assumeJails();
        Path folder = temp.toRealPath();
        StandIns tools = StandIns.in(folder);
        Path root = Busybox.imageIn(folder.resolve("root"));
        Path data = folder.resolve("data");
        try (SmallController controller = new SmallController()) {
            NodeConfig plain = DaemonProcess.config(controller.url(), data);
            NodeConfig config =
                    new NodeConfig(
                            plain.server(),
                            data,
                            plain.name(),
                            plain.address(),
                            plain.words(),
                            JailPolicy.ORDINARY,
                            Optional.of(tools.bin().toString()),
                            Optional.empty());
            NodeDaemon daemon = NodeDaemon.start(config);
            try {
                assertThat(daemon.found().status().attributes())
                        .containsEntry("driver.jail.runtime", "freebsd")
                        .containsEntry("driver.jail-task-driver", "1");
                AssignedJob job =
                        jailed(
                                root,
                                "echo out; echo err >&2;"
                                        + " while [ ! -e /alloc/data/gate ]; do sleep 0.1; done;"
                                        + " exit 23");
                controller.want(
                        Jobs.whole(
                                List.of(job),
                                List.of(Jobs.assignment("a1", job, DesiredState.RUN))));
                becomes(controller, AllocationPhase.RUNNING);

                assertThat(usage(controller).memoryBytes()).isPositive();
                daemon.close();
                daemon = NodeDaemon.start(config); // another one finds it again
                Files.createFile(data.resolve("alloc/a1/alloc/data/gate"));

                assertThat(becomes(controller, AllocationPhase.FAILED)).contains(new Exit.Code(23));
                Path logs = data.resolve("alloc/a1/alloc/logs");
                assertThat(logs.resolve("t.stdout.000000")).hasContent("out");
                assertThat(logs.resolve("t.stderr.000000")).hasContent("err");
                assertThat(tools.journal()).contains("rctl -u jail:a1-t-1");
                await().atMost(SOON).until(() -> tools.jails().isEmpty());
            } finally {
                daemon.removeAll();
            }
            assertThat(controller.violations()).isEmpty();
        }
    }

    private static Optional<Exit> becomes(SmallController controller, AllocationPhase phase) {
        await().atMost(SOON)
                .until(() ->
                        controller
                                .heard("a1")
                                .filter(r -> r.status().phase() == phase)
                                .isPresent());
        return controller.heard("a1").orElseThrow().status().tasks().values().stream()
                .findFirst()
                .flatMap(task -> task.exit());
    }

    private static TaskUsage usage(SmallController controller) throws IOException {
        controller.say(
                new ToNode.OpenStream(
                        1, new StreamRequest.Stats(Optional.of("a1"), false), 1 << 20));
        String text =
                await().atMost(SOON)
                        .until(() -> controller.stream(1), Optional::isPresent)
                        .orElseThrow();
        return RecordJson.read(TaskUsage.class, text.lines().findFirst().orElseThrow());
    }
}
