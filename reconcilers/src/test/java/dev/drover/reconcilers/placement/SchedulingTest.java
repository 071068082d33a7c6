package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.PoolScheduling;
import dev.drover.manifests.model.SchedulerAlgorithm;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What operators say about placing, and what no two copies share.
class SchedulingTest {
    private final World world = new World();

    @Test
    void copies_are_packed_or_spread_as_the_configuration_says() {
        world.put(World.node("a1")).put(World.node("b1"));
        running(service("one").resources(400, 800));
        running(service("two").resources(400, 800));
        assertThat(nodes("two")).isEqualTo(nodes("one"));

        world.scheduling(config(Optional.of(SchedulerAlgorithm.SPREAD), false, Optional.empty()));
        running(service("three").resources(400, 800));
        assertThat(nodes("three")).isNotEqualTo(nodes("one"));
    }

    @Test
    void a_pool_may_have_its_own_algorithm() {
        PoolScheduling pool =
                new PoolScheduling(
                        Optional.of(SchedulerAlgorithm.SPREAD), Optional.of(true), Optional.of(3));
        SchedulerConfigSpec spec =
                new SchedulerConfigSpec(
                        Optional.of(SchedulerAlgorithm.BINPACK),
                        Optional.empty(),
                        Optional.of(9),
                        Optional.empty(),
                        Map.of("gpu", pool));

        assertThat(spec.algorithmIn("gpu")).isEqualTo(SchedulerAlgorithm.SPREAD);
        assertThat(spec.algorithmIn("default")).isEqualTo(SchedulerAlgorithm.BINPACK);
        assertThat(spec.oversubscribes("gpu")).isTrue();
        assertThat(spec.oversubscribes("default")).isFalse();
        assertThat(spec.allocationsMaxIn("gpu")).isEqualTo(3);
        assertThat(spec.allocationsMaxIn("default")).isEqualTo(9);
    }

    @Test
    void a_spread_fills_the_place_of_copies_that_stop() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(service("web").count(3).spread("${attr.rack}"), 0).place("web");
        String crowded =
                world.live("web").stream().map(copy -> copy.spec().node()).sorted().toList().get(1);
        for (Allocation copy : world.live("web")) {
            if (copy.spec().node().equals(crowded)) {
                world.put(copy.withSpec(copy.spec().stopped(DesiredState.STOP, "somebody said")));
            }
        }

        world.admit(service("web").count(4).spread("${attr.rack}"), 1).place("web");

        assertThat(world.live("web"))
                .filteredOn(copy -> copy.spec().index() == 3)
                .singleElement()
                .satisfies(copy -> assertThat(copy.spec().node()).isEqualTo(crowded));
    }

    @Test
    void memory_max_is_granted_only_where_memory_is_oversubscribed() {
        world.put(World.node("a1"));
        running(service("strict").memoryMax(900));
        assertThat(world.live("strict").getFirst().spec().granted().memoryMaxMib()).isEmpty();

        world.scheduling(config(Optional.empty(), true, Optional.empty()));
        running(service("free").memoryMax(900));
        assertThat(world.live("free").getFirst().spec().granted().memoryMaxMib()).contains(900);
        assertThat(world.cluster().residentsOf("a1").memoryMib())
                .as("it is not counted against the node")
                .isEqualTo(200);
    }

    @Test
    void a_node_holds_no_more_allocations_than_it_may() {
        world.put(World.node("a1")).scheduling(config(Optional.empty(), false, Optional.of(2)));
        world.admit(service("web").count(3), 0).place("web");

        assertThat(world.live("web")).hasSize(2);
        assertThat(world.unplaced().refusals().getFirst().reason())
                .isEqualTo("it holds 2 allocations, and may hold no more");
    }

    @Test
    void whole_cores_are_given_once() {
        world.put(World.node("a1"));
        running(service("one").cores(3));
        world.admit(service("two").cores(2), 0).place("two");
        assertThat(world.live("one").getFirst().spec().granted().cores()).containsExactly(0, 1, 2);
        assertThat(world.unplaced().refusals().getFirst().reason()).contains("c");
        assertThat(world.live("two")).isEmpty();

        running(service("three").cores(1));
        assertThat(world.live("three").getFirst().spec().granted().cores()).containsExactly(3);
    }

    @Test
    void devices_are_given_once_and_given_back() {
        world.put(withGpus("a1", "16 GiB", "g0", "g1"));
        running(service("one").device(gpu("gpu", 1)));
        running(service("two").device(gpu("nvidia/gpu", 1)));
        world.admit(service("three").device(gpu("nvidia/gpu/t4", 1)), 0).place("three");

        assertThat(devices("one")).containsExactly(device("g0"));
        assertThat(devices("two")).containsExactly(device("g1"));
        assertThat(world.live("three")).isEmpty();
        assertThat(world.unplaced().refusals().getFirst().reason())
                .isEqualTo("device nvidia/gpu/t4: 1 asked, others have too many of its 2");

        world.admit(service("one").device(gpu("gpu", 1)).stopped(), 1).place("one");
        world.settle("one").placeAll();
        assertThat(devices("three")).containsExactly(device("g0"));
    }

    @Test
    void a_device_must_be_as_the_job_says_units_and_all() {
        world.put(withGpus("a1", "16 GiB", "g0"));
        world.admit(
                service("web").device(gpu("gpu", 1, "${device.attr.memory}", ">=", "20000 MiB")),
                0);
        world.place("web");
        assertThat(world.unplaced().refusals().getFirst().reason())
                .isEqualTo("device gpu: 1 asked, the node has none that does");

        running(service("small").device(gpu("gpu", 1, "${device.attr.memory}", ">", "4096 MiB")));
        assertThat(devices("small")).containsExactly(device("g0"));
    }

    @Test
    void a_node_with_the_better_device_is_the_better_node() {
        for (int i = 0; i < 6; i++) {
            world.put(withGpus("a" + i, i == 4 ? "32 GiB" : "16 GiB", "g0"));
        }
        Affinity large =
                new Affinity(
                        Optional.of("${device.attr.memory}"),
                        Optional.of(">"),
                        Optional.of("20 GiB"),
                        Optional.of(80));
        running(
                service("web")
                        .device(
                                new DeviceRequest(
                                        "gpu", Optional.of(1), List.of(), List.of(large))));

        assertThat(nodes("web")).containsExactly("a4");
    }

    @Test
    void a_copy_goes_where_its_data_is() {
        for (int i = 0; i < 5; i++) {
            world.put(World.node("a" + i));
        }
        running(service("db").sticky());
        String home = nodes("db").getFirst();
        for (int i = 0; i < 5; i++) { // any other node would be the better one
            running(
                    service("filler" + i)
                            .resources(2_000, 4_000)
                            .constraint(
                                    "${node.unique.name}",
                                    i + home.length() > 0 ? "!=" : "=",
                                    home));
        }

        for (int version = 1; version < 4; version++) {
            world.admit(service("db").sticky().args("v" + version), version);
            for (int turn = 0; turn < 4; turn++) {
                world.place("db");
                world.settle("db");
            }
            assertThat(nodes("db")).containsExactly(home);
        }

        world.node(home, n -> n.withSpec(dev.drover.manifests.model.NodeSpec.open()));
        world.report(world.live("db").getFirst(), AllocationPhase.LOST).place("db");
        assertThat(nodes("db")).containsExactly(home);
    }

    @Test
    void all_at_once_or_nothing() {
        world.put(World.node("a1", 4_000, 4_000));
        world.admit(service("web").count(3).resources(100, 2_000).allAtOnce(), 0).place("web");
        assertThat(world.live("web")).isEmpty();
        assertThat(world.unplaced().count()).isEqualTo(3);

        world.admit(service("other").resources(100, 4_000), 0).place("other");
        assertThat(world.live("other")).as("the room is not kept for it").hasSize(1);
        world.admit(service("other").resources(100, 4_000).stopped(), 1).place("other");
        world.settle("other").put(World.node("b1", 4_000, 4_000)).placeAll();

        assertThat(world.live("web")).hasSize(3);
    }

    private void running(Sketch sketch) {
        String name = sketch.job(0).metadata().name();
        world.admit(sketch, 0).place(name);
        world.settle(name).place(name);
    }

    private List<String> nodes(String job) {
        return world.live(job).stream().map(a -> a.spec().node()).toList();
    }

    private List<GrantedDevice> devices(String job) {
        Allocation copy = world.live(job).getFirst();
        return copy.spec().granted().devices();
    }

    private static GrantedDevice device(String id) {
        return new GrantedDevice("server", "nvidia/gpu/t4", List.of(id));
    }

    private static DeviceRequest gpu(String name, int count, String... constraint) {
        List<Constraint> constraints =
                constraint.length == 0
                        ? List.of()
                        : List.of(
                                new Constraint(
                                        Optional.of(constraint[0]),
                                        Optional.of(constraint[1]),
                                        Optional.of(constraint[2])));
        return new DeviceRequest(name, Optional.of(count), constraints, List.of());
    }

    private static dev.drover.manifests.model.Node withGpus(
            String name, String memory, String... ids) {
        var node = World.node(name);
        NodeResources all = node.status().resources();
        NodeDevice gpus =
                new NodeDevice("nvidia", "gpu", "t4", Map.of("memory", memory), List.of(ids));
        return node.withStatus(
                node.status()
                        .with(
                                new NodeResources(
                                        all.cpu(),
                                        all.cores(),
                                        all.memoryMib(),
                                        all.diskMib(),
                                        all.dynamicPortMin(),
                                        all.dynamicPortMax(),
                                        all.reservedPorts(),
                                        List.of(gpus))));
    }

    private static SchedulerConfigSpec config(
            Optional<SchedulerAlgorithm> algorithm, boolean memory, Optional<Integer> most) {
        return new SchedulerConfigSpec(
                algorithm, Optional.of(memory), most, Optional.empty(), Map.of());
    }
}
