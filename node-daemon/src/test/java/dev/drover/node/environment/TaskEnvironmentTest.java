package dev.drover.node.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.TaskFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskEnvironmentTest {
    private static final String SPEC =
            """
            {"name":"Web site","meta":{"who":"job","a-b":"dash"},
             "groups":[{"name":"g","meta":{"who":"group"},
              "tasks":[{"name":"t","driver":"raw_exec","resources":{"cpu":500,"memoryMib":64,"memoryMaxMib":128,"cores":2},
               "env":{"OWN":"${NOMAD_ALLOC_INDEX} of ${node.datacenter}","PATH":"/own"}}]}]}
            """;

    private static final Map<String, Device> DEVICES =
            Map.of(
                    "nvidia/gpu/H100/GPU-1",
                    new Device(
                            "nvidia",
                            "gpu",
                            "GPU-1",
                            List.of(Path.of("/dev/nvidia0"), Path.of("/dev/nvidiactl"))),
                    "nvidia/gpu/H100/GPU-2",
                    new Device(
                            "nvidia",
                            "gpu",
                            "GPU-2",
                            List.of(Path.of("/dev/nvidia1"), Path.of("/dev/nvidiactl"))));

    private static final List<GrantedPort> PORTS =
            List.of(
                    new GrantedPort("http", 20_080, 80, "10.0.0.7"),
                    new GrantedPort("v-6", 20_081, 20_081, "fd00::1"));

    private final TaskEnvironment environment = environment(new Granted(500, 64, 300, PORTS));

    private static TaskEnvironment environment(Granted granted) {
        return environment(granted, SPEC);
    }

    private static TaskEnvironment environment(Granted granted, String text) {
        try {
            JobSpec spec = RecordJson.read(JobSpec.class, text);
            Assignment assignment =
                    new Assignment(
                            "01234567-89ab",
                            "team",
                            new AllocationSpec(
                                    "web",
                                    "uid",
                                    1,
                                    "g",
                                    3,
                                    0,
                                    "n1",
                                    granted,
                                    DesiredState.RUN,
                                    "",
                                    "",
                                    Optional.empty(),
                                    Optional.empty(),
                                    false));
            var group = spec.group("g").orElseThrow();
            return new TaskEnvironment(
                    new TaskSubject(
                            assignment,
                            new AssignedJob("uid", 1, "web", "team", spec),
                            group,
                            group.task("t").orElseThrow()),
                    new NodeFacts(
                            "node-uid", "n1", status(), new Hardware(List.of(4, 5, 6), DEVICES)),
                    new TaskFolders(Path.of("/a/t"), Path.of("/a/alloc")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeStatus status() {
        return new NodeStatus(
                NodePhase.READY,
                "",
                "dc7",
                "default",
                "fast",
                "10.0.0.7",
                "boot",
                new NodeResources(6000, 3, 1, 1, 1, 1, List.of()),
                Map.of("kernel.name", "linux"),
                Map.of("rack", "r2"),
                Map.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    @Test
    void says_of_more_memory_and_of_cores_what_the_server_granted() {
        Granted more = new Granted(500, 64, 300, PORTS, Optional.of(128), List.of(0, 2), List.of());

        assertThat(environment(more).variables())
                .containsEntry("NOMAD_MEMORY_MAX_LIMIT", "128")
                .containsEntry("NOMAD_CPU_CORES", "4,6")
                .containsEntry("NOMAD_CPU_LIMIT", "4000");
        assertThat(environment.variables())
                .doesNotContainKeys("NOMAD_MEMORY_MAX_LIMIT", "NOMAD_CPU_CORES");
    }

    /// As beside a task of the group that is granted more.
    @Test
    void no_task_gets_less_memory_than_it_asks_for() {
        Granted more = new Granted(500, 64, 300, PORTS, Optional.of(500), List.of(), List.of());

        assertThat(environment(more, SPEC.replace("MaxMib\":128", "MaxMib\":32")).variables())
                .containsEntry("NOMAD_MEMORY_LIMIT", "64")
                .doesNotContainKey("NOMAD_MEMORY_MAX_LIMIT");
    }

    @Test
    void says_which_devices_are_the_tasks_own_and_where_they_are() {
        Granted devices =
                new Granted(
                        500,
                        64,
                        300,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(
                                new GrantedDevice(
                                        "t", "nvidia/gpu/H100", List.of("GPU-1", "GPU-2")),
                                new GrantedDevice("other", "acme/serial/usb", List.of("ttyUSB0")),
                                new GrantedDevice("t", "acme/radio/x1", List.of("unplugged"))));

        assertThat(environment(devices).variables())
                .containsEntry("DROVER_DEVICE_GPU", "GPU-1,GPU-2")
                .containsEntry(
                        "DROVER_DEVICE_GPU_FILES", "/dev/nvidia0,/dev/nvidiactl,/dev/nvidia1")
                .containsEntry("NVIDIA_VISIBLE_DEVICES", "GPU-1,GPU-2")
                .containsEntry("DROVER_DEVICE_RADIO", "unplugged")
                .doesNotContainKeys("DROVER_DEVICE_SERIAL", "DROVER_DEVICE_RADIO_FILES");
        assertThat(environment(devices).own().gone())
                .hasValueSatisfying(gone ->
                        assertThat(gone)
                                .isEqualTo(
                                        "the device nvidia/gpu/GPU-1 was granted and is not on this node"
                                                + " any more"));
    }

    @Test
    void says_who_and_where_the_task_is() {
        assertThat(environment.variables())
                .containsEntry("NOMAD_ALLOC_ID", "01234567-89ab")
                .containsEntry("NOMAD_SHORT_ALLOC_ID", "01234567")
                .containsEntry("NOMAD_ALLOC_NAME", "web.g[3]")
                .containsEntry("NOMAD_JOB_ID", "web")
                .containsEntry("NOMAD_JOB_NAME", "Web site")
                .containsEntry("NOMAD_NAMESPACE", "team")
                .containsEntry("NOMAD_TASK_DIR", "/a/t/local")
                .containsEntry("NOMAD_ALLOC_DIR", "/a/alloc")
                .containsEntry("NOMAD_CPU_LIMIT", "500")
                .containsEntry("NOMAD_MEMORY_LIMIT", "64");
    }

    @Test
    void says_the_ports_in_every_form() {
        assertThat(environment.variables())
                .containsEntry("NOMAD_PORT_http", "80")
                .containsEntry("NOMAD_HOST_PORT_http", "20080")
                .containsEntry("NOMAD_HOST_ADDR_http", "10.0.0.7:20080")
                .containsEntry("NOMAD_IP_v_6", "fd00::1")
                .containsEntry("NOMAD_ADDR_v_6", "[fd00::1]:20081");
    }

    @Test
    void the_nearest_meta_wins() {
        assertThat(environment.variables())
                .containsEntry("NOMAD_META_who", "group")
                .containsEntry("NOMAD_META_WHO", "group")
                .containsEntry("NOMAD_META_a_b", "dash");
    }

    @Test
    void the_tasks_own_variables_win_and_are_filled() {
        assertThat(environment.variables())
                .containsEntry("OWN", "3 of dc7")
                .containsEntry("PATH", "/own");
    }

    @Test
    void nothing_of_the_daemons_environment_is_in_it() {
        assertThat(environment.variables().keySet())
                .allMatch(name ->
                        name.startsWith("NOMAD_")
                                || List.of("OWN", "PATH", "TMPDIR").contains(name));
    }

    @Test
    void texts_are_filled_with_what_is_known_and_the_rest_stays() {
        assertThat(
                        environment.fill(
                                "${NOMAD_TASK_NAME} ${ env[\"OWN\"] } ${attr.kernel.name}"
                                        + " ${meta.rack} ${node.unique.name} ${node.class}"
                                        + " ${HOME} ${attr.none} $${x} ${NOMAD_X}"))
                .isEqualTo("t 3 of dc7 linux r2 n1 fast ${HOME} ${attr.none} $${x} ${NOMAD_X}");
    }

    @Test
    void templates_find_the_node_by_the_names_of_references() {
        assertThat(environment.inTemplates(Map.of("OWN", "later")))
                .containsEntry("OWN", "later")
                .containsEntry("attr.kernel.name", "linux")
                .containsEntry("meta.rack", "r2")
                .containsEntry("node.unique.name", "n1")
                .containsEntry("node.datacenter", "dc7");
    }

    @Test
    void values_are_filled_all_the_way_down() {
        Value args =
                new Value.Items(
                        List.of(
                                new Value.Text("-p${NOMAD_PORT_http}"),
                                new Value.Fields(Map.of("a", new Value.Text("${meta.rack}"))),
                                new Value.Bool(true)));

        assertThat(environment.fill(Map.of("args", args)))
                .containsEntry(
                        "args",
                        new Value.Items(
                                List.of(
                                        new Value.Text("-p80"),
                                        new Value.Fields(Map.of("a", new Value.Text("r2"))),
                                        new Value.Bool(true))));
    }
}
