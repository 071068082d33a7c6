package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Value;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.jail.OciConfig.Grounds;
import dev.drover.node.jail.OciConfig.Ids;
import dev.drover.node.jail.seccomp.Filters;
import dev.drover.node.jail.seccomp.Machine;
import dev.drover.node.jail.seccomp.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The same jail as for the interpreter, as runtimes of OCI get it.
class OciConfigTest {
    private static final Map<String, Value> CONFIG =
            Map.of(
                    "path", new Value.Text("/zroot/jails/build"),
                    "command", new Value.Text("/bin/httpd"),
                    "args", new Value.Items(List.of(new Value.Text("-f"))),
                    "vnet", new Value.Text("new"),
                    "allow_reserved_ports", new Value.Bool(true),
                    "sysvshm", new Value.Text("disable"));

    private static Grounds grounds(int user, Optional<Path> init) {
        return new Grounds(
                Path.of("/zroot/jails/build"),
                "drover/node/web",
                new Filters(Profile.standard(), Machine.X86_64),
                new Ids(user, user, List.of(8080)),
                init,
                Map.of("nofile", 4096L));
    }

    private static JailSpec spec() {
        JailPolicy policy = JailPolicy.CLOSED.withRoots(List.of(Path.of("/zroot")));
        Mapped mapped =
                JailMapping.map(
                        JailMappingTest.request(CONFIG), Platform.LINUX, policy, path -> path);
        return ((Mapped.Accepted) mapped).spec();
    }

    private static String config(int user) {
        return OciConfig.of(spec(), grounds(user, Optional.of(Path.of("/usr/bin/catatonit"))));
    }

    @Test
    void the_config_is_this() throws IOException {
        String text = config(0);

        Golden.check("oci.json", text.substring(0, text.indexOf("    \"seccomp\"")));
    }

    @Test
    void another_user_than_root_has_no_powers_but_the_ambient_ones() {
        String text = config(80);
        String capabilities =
                text.substring(text.indexOf("\"capabilities\""), text.indexOf("\"rlimits\""));

        assertThat(capabilities.replaceAll("\\s", ""))
                .contains("\"effective\":[\"CAP_NET_BIND_SERVICE\"]")
                .contains("\"ambient\":[\"CAP_NET_BIND_SERVICE\"]");
    }

    @Test
    void the_filter_allows_no_socket_of_the_hypervisor_and_nothing_that_is_disabled() {
        String text = config(0).replaceAll("\\s", "");
        String filter = text.substring(text.indexOf("\"seccomp\":"));

        assertThat(filter)
                .contains("\"defaultAction\":\"SCMP_ACT_ERRNO\"")
                .contains("{\"names\":[\"clone3\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}")
                .contains("\"value\":2114060288,\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\"")
                .contains("\"value\":4294967295,\"valueTwo\":39,")
                .doesNotContain("\"value\":4294967295,\"valueTwo\":40,")
                .doesNotContain("shmget", "\"mount\"", "io_uring", "SCMP_CMP_NE");
    }

    @Test
    void a_view_of_the_node_is_read_only() {
        JailSpec view = spec().in(new Root.Host(List.of(), new java.util.TreeMap<>()), "/local");

        assertThat(OciConfig.of(view, grounds(0, Optional.empty())).replaceAll("\\s", ""))
                .contains("\"readonly\":true", "\"args\":[\"/bin/httpd\",\"-f\"]");
    }
}
