package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Ports of one network or another: `port "http" { host_network = "public" }`.
class HostNetworksTest {
    private static final Optional<Integer> HTTP = Optional.of(8080);
    private static final Node TWO_NETWORKS =
            World.inNetworks(
                    World.node("a1"), Map.of("public", "203.0.113.7", "storage", "10.9.0.1"));

    private final World world = new World();

    private List<GrantedPort> ports(String job) {
        return world.live(job).stream()
                .map(Allocation::spec)
                .flatMap(spec -> spec.granted().ports().stream())
                .toList();
    }

    private String stalled(String job) {
        return world.job(job).status().conditions().stream()
                .filter(condition -> condition.type().equals("Stalled"))
                .findFirst()
                .orElseThrow()
                .message();
    }

    @Test
    void a_port_is_on_the_nodes_address_in_its_network() {
        world.put(World.node("b1")).put(TWO_NETWORKS);
        world.admit(
                        service("web")
                                .portIn("public", "http", HTTP)
                                .portIn("default", "admin", Optional.empty()),
                        0)
                .place("web");

        assertThat(ports("web").getFirst())
                .isEqualTo(new GrantedPort("http", 8080, 8080, "203.0.113.7"));
        assertThat(ports("web").getLast().hostIp()).isEqualTo("10.0.0.1");
        assertThat(world.live("web").getFirst().spec().node()).isEqualTo("a1");
    }

    @Test
    void a_number_is_taken_on_one_address_alone() {
        world.put(TWO_NETWORKS)
                .admit(service("web").portIn("public", "http", HTTP), 0)
                .place("web");
        world.admit(service("own").staticPort("http", 8080), 0).place("own");
        world.admit(service("data").portIn("storage", "http", HTTP), 0).place("data");
        world.admit(service("again").portIn("public", "http", HTTP), 0).place("again");

        assertThat(world.live("own")).hasSize(1);
        assertThat(world.live("data")).hasSize(1);
        assertThat(world.live("again")).isEmpty();
        assertThat(stalled("again")).contains("port 8080 is taken by web.main[0]");
    }

    @Test
    void a_node_that_is_not_in_the_network_says_so() {
        world.put(World.node("b1"))
                .put(World.inNetworks(World.node("c1"), Map.of("lan", "10.3.0.1")));
        world.admit(service("web").portIn("public", "http", HTTP), 0).place("web");

        assertThat(world.live("web")).isEmpty();
        assertThat(stalled("web"))
                .contains("host network public: the node has none but default")
                .contains("host network public: the node has default, lan");
    }

    @Test
    void a_reserved_port_is_reserved_on_every_address() {
        world.put(TWO_NETWORKS);
        world.admit(service("ssh").portIn("storage", "ssh", Optional.of(22)), 0).place("ssh");

        assertThat(stalled("ssh")).contains("port 22 is taken by the node's reserved ports");
    }

    @Test
    void each_address_has_the_whole_dynamic_range() {
        world.put(
                World.inNetworks(
                        World.node("a1", 100_000, 100_000), Map.of("public", "203.0.113.7")));
        world.admit(
                        service("web")
                                .count(101)
                                .portIn("public", "http", Optional.empty())
                                .dynamicPort("admin"),
                        0)
                .place("web");

        assertThat(world.live("web")).hasSize(100);
        assertThat(ports("web")).doesNotHaveDuplicates().hasSize(200);
        assertThat(stalled("web")).contains("no free port between 20000 and 20099");
    }

    @Test
    void what_ends_gives_its_port_back_on_its_own_address() {
        world.put(TWO_NETWORKS)
                .admit(service("web").portIn("public", "http", HTTP), 0)
                .place("web");
        world.admit(service("own").staticPort("http", 8080), 0).place("own");
        world.report(world.live("web").getFirst(), AllocationPhase.COMPLETE);

        world.admit(service("next").portIn("public", "http", HTTP), 0).place("next");
        world.admit(service("other").staticPort("http", 8080), 0).place("other");

        assertThat(world.live("next")).hasSize(1);
        assertThat(world.live("other")).isEmpty();
    }
}
