package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.fingerprint.Declared;
import dev.drover.node.os.Processors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server grants by name reaches the task, under a whole daemon.
final class GrantedTest {
    @TempDir Path folder;
    private Optional<OneNode> node = Optional.empty();

    @AfterEach
    void close() throws Exception {
        if (node.isPresent()) {
            node.get().close();
        }
    }

    private OneNode node(String... devices) throws Exception {
        node =
                Optional.of(
                        OneNode.start(
                                folder,
                                config ->
                                        config.declaring(
                                                Declared.of(
                                                        List.of(devices), List.of(), List.of()))));
        return node.get();
    }

    private static String output(OneNode node) throws Exception {
        node.becomes("a1", AllocationPhase.COMPLETE);
        return Files.readString(node.shared("a1").resolve("logs/t.stdout.000000"));
    }

    @Test
    void a_device_is_told_to_the_server_and_named_to_the_task_that_gets_it() throws Exception {
        OneNode node = node("acme/sink/black=/dev/null,colour=black", "acme/sink/x=/dev/no-such");
        AssignedJob job = Jobs.once("a1", "echo $DROVER_DEVICE_SINK $DROVER_DEVICE_SINK_FILES");

        node.want(job, Jobs.granted(device("null"), Jobs.assignment("a1", job, DesiredState.RUN)));

        assertThat(output(node)).isEqualTo("null /dev/null\n");
        assertThat(node.daemon().found().status().resources().devices())
                .contains(
                        new NodeDevice(
                                "acme",
                                "sink",
                                "black",
                                Map.of("colour", "black"),
                                List.of("null")));
        assertThat(node.daemon().found().missing()).contains("/dev/no-such is not there");
    }

    @Test
    void a_device_that_is_gone_is_not_done_without() throws Exception {
        OneNode node = node();
        AssignedJob job = Jobs.once("a1", "echo done without");

        node.want(job, Jobs.granted(device("null"), Jobs.assignment("a1", job, DesiredState.RUN)));

        assertThat(node.becomes("a1", AllocationPhase.FAILED).because())
                .contains("acme/sink/null was granted and is not on this node any more");
    }

    private static Granted device(String id) {
        return new Granted(
                100,
                100,
                100,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(new GrantedDevice("t", "acme/sink/black", List.of(id))));
    }

    @Test
    void its_folders_are_told_to_the_server_and_no_task_goes_without_one() throws Exception {
        Path certs = Files.createDirectory(folder.resolve("certs"));
        List<String> volumes = List.of("certs=" + certs + ",ro", "x=/no/such");
        node =
                Optional.of(
                        OneNode.start(
                                folder,
                                config ->
                                        config.declaring(
                                                Declared.of(List.of(), List.of(), volumes))));
        assertThat(node.get().daemon().found().status().hostVolumes())
                .containsExactly(Map.entry("certs", new HostVolume(certs.toString(), true)));
        assertThat(node.get().daemon().found().missing())
                .contains("host volume x: /no/such is no folder");

        assertThat(refused("a1", "certs")).contains("raw_exec has no walls to mount a volume in");
        assertThat(refused("a2", "x"))
                .contains("the folder of the host volume x is not on this node any more");
    }

    private String refused(String id, String source) throws Exception {
        AssignedJob plain = Jobs.once(id, "echo done without");
        String json =
                RecordJson.text(plain.spec())
                        .replaceFirst(
                                "\"tasks\":",
                                "\"volumes\":[{\"name\":\"v\",\"type\":\"host\",\"source\":\"%s\"}],\"tasks\":"
                                        .formatted(source))
                        .replaceFirst(
                                "\"driver\":",
                                "\"volumeMounts\":[{\"volume\":\"v\",\"destination\":\"/v\"}],\"driver\":");
        AssignedJob job =
                new AssignedJob(id, 1, id, "default", RecordJson.read(JobSpec.class, json));
        node.get().want(job, Jobs.assignment(id, job, DesiredState.RUN));
        return node.get().becomes(id, AllocationPhase.FAILED).because();
    }

    @Test
    void its_networks_are_told_to_the_server() throws Exception {
        node =
                Optional.of(
                        OneNode.start(
                                folder,
                                config ->
                                        config.declaring(
                                                Declared.of(
                                                        List.of(),
                                                        List.of("own=127.0.0.0/8", "x=no-card"),
                                                        List.of()))));

        assertThat(node.get().daemon().found().status().hostNetworks())
                .containsExactly(Map.entry("own", "127.0.0.1"));
        assertThat(node.get().daemon().found().missing())
                .contains("host network x: the machine has no address in no-card");
    }

    @Test
    void cores_of_its_own_are_those_it_runs_on() throws Exception {
        OneNode node = node();
        List<Integer> processors = Processors.allowed();
        int granted = processors.size() - 1;
        AssignedJob job =
                Jobs.withResources(
                        "\"cores\":1",
                        Jobs.once(
                                "a1",
                                "echo $NOMAD_CPU_CORES; grep Cpus_allowed_list /proc/self/status"));

        node.want(
                job,
                Jobs.granted(
                        new Granted(
                                0,
                                100,
                                100,
                                List.of(),
                                Optional.empty(),
                                List.of(granted),
                                List.of()),
                        Jobs.assignment("a1", job, DesiredState.RUN)));

        assertThat(output(node))
                .isEqualTo("%1$d\nCpus_allowed_list:\t%1$d\n".formatted(processors.get(granted)));
    }
}
