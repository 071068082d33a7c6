package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IsolationTest {
    private static final Map<String, String> ALL =
            Map.of(
                    "seccomp",
                    "yes",
                    "no_new_privs",
                    "yes",
                    "pid",
                    "yes",
                    "network",
                    "yes",
                    Isolation.ABSTRACT_SOCKETS,
                    "yes",
                    Isolation.USERS,
                    "yes");

    private static Isolation node(Map<String, String> seen, String... limits) {
        return new Isolation("", "1", new TreeSet<>(List.of(limits)), new TreeMap<>(seen));
    }

    private static JailSpec asking(String resource) {
        Value rule = new Value.Fields(Map.of("amount", new Value.Text("64m")));
        Map<String, Value> config =
                Map.of(
                        "command",
                        new Value.Text("x"),
                        "rctl",
                        new Value.Fields(resource.isEmpty() ? Map.of() : Map.of(resource, rule)));
        Mapped mapped =
                JailMapping.map(
                        JailMappingTest.request(config),
                        Platform.LINUX,
                        JailPolicy.CLOSED,
                        path -> path);
        return ((Mapped.Accepted) mapped).spec();
    }

    @Test
    void a_node_that_has_everything_says_so() {
        assertThat(node(ALL, "cpu", "memory", "pids").attributes())
                .containsEntry("isolation", "full")
                .containsEntry("limits", "cpu,memory,pids")
                .containsEntry("cgroups", "1");
    }

    @Test
    void a_node_names_what_it_lacks() {
        Map<String, String> seen = new TreeMap<>(ALL);
        seen.put("network", "no");
        assertThat(node(seen, "memory").attributes())
                .containsEntry("isolation", "without cpu, pids, network")
                .containsEntry("network", "no");
    }

    @Test
    void a_limit_that_is_asked_for_by_name_is_refused_where_it_cannot_be_had() {
        assertThat(node(ALL, "cpu", "pids").refuses(asking("memoryuse")))
                .hasValueSatisfying(why ->
                        assertThat(why)
                                .isEqualTo(
                                        "the job asks for a limit of memory by `rctl`, and"
                                                + " this node has no memory controller"
                                                + " (cgroups: 1)"));
        assertThat(node(ALL, "cpu", "pids").refuses(asking("maxproc"))).isEmpty();
    }

    @Test
    void users_of_its_own_are_refused_where_no_jail_can_have_them() {
        Map<String, String> seen = new TreeMap<>(ALL);
        seen.put(Isolation.USERS, "no");
        seen.put(Isolation.USERS_BECAUSE, "clone: Operation not permitted");
        JailSpec spec = asking("");
        JailSpec asks = spec.behind(spec.walls().with(false, true));

        assertThat(node(seen).refuses(asks))
                .contains(
                        "the job asks for users of its own by `userns_mode`, and no jail with them"
                                + " can be built on this node: clone: Operation not permitted");
        assertThat(node(seen).refuses(spec)).isEmpty();
        assertThat(node(ALL).refuses(asks)).isEmpty();
        assertThat(node(seen, "cpu", "memory", "pids").attributes())
                .containsEntry("isolation", "without users");
    }

    @Test
    void ordinary_resources_are_not_a_reason_to_refuse() {
        assertThat(node(ALL).refuses(asking(""))).isEmpty();
    }

    @Test
    void where_no_jail_runs_every_jail_is_refused_with_the_reason() {
        Isolation none = Isolation.none("jails need root");
        assertThat(none.refuses(asking(""))).contains("jails need root");
        assertThat(none.attributes().get("isolation"))
                .startsWith("without cpu, memory, pids, abstract_sockets");
    }
}
