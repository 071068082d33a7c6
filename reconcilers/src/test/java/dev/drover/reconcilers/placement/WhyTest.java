package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    @Test
    void says_for_every_node_what_is_asked_and_what_is_free_and_who_holds_it() {
        world.put(World.node("a1", 4_000, 1_000));
        world.admit(service("db").resources(500, 700), 0).place("db");
        world.admit(service("web").resources(500, 512), 0).place("web");

        assertThat(why().text())
                .isEqualTo(
                        """
                        group main: 1 of 1 have no place, 1 nodes were asked
                          a1: memory exhausted: 512 MiB asked, 300 MiB free; held by db.main[0] 700 MiB
                          would help: lower memory from 512 to 300 MiB: then it fits on a1
                          would help: stop db.main[0] on a1: then it fits there
                        """);
    }

    @Test
    void nobody_is_named_on_a_node_that_would_be_too_small_without_them() {
        world.put(World.node("a1", 4_000, 1_000));
        world.admit(service("db").resources(3_800, 700), 0).place("db");
        world.admit(service("web").resources(500, 2_000), 0).place("web");

        assertThat(why().nodes())
                .containsExactly(
                        new Why.NodeReason(
                                "a1", "cpu exhausted: 500 MHz asked, 200 MHz free", List.of()));
    }

    @Test
    void the_least_that_would_help_comes_first() {
        world.put(World.node("a1", 4_000, 300)).put(World.node("a2", 4_000, 500));
        world.admit(service("web").resources(500, 512), 0).place("web");

        assertThat(why().helps())
                .containsExactly(new Help.AskLess("memory", "MiB", 512, 500, "a2"));
    }

    @Test
    void what_still_would_not_fit_is_no_help() {
        world.put(World.node("a1", 400, 300));
        world.admit(service("web").resources(500, 512), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.AddNode("a1", 500, 512, 300));
    }

    @Test
    void one_more_node_is_offered_only_where_it_would_do() {
        world.put(World.node("a1", 400, 300));
        Sketch picky = service("web").resources(500, 512);
        world.admit(picky.constraint("${attr.rack}", "=", "b"), 0).place("web");

        assertThat(why().helps()).as("no node that there is would do").isEmpty();
    }

    @Test
    void a_closed_node_could_be_opened() {
        world.put(World.node("a1"));
        world.node("a1", n -> n.withSpec(new NodeSpec(false, Optional.empty())));
        world.admit(service("web"), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.OpenNode("a1"));
    }

    @Test
    void a_constraint_could_be_dropped() {
        world.put(World.node("b1"));
        world.admit(service("web").constraint("${attr.rack}", "=", "a"), 0).place("web");

        assertThat(why().helps())
                .containsExactly(new Help.DropConstraint("${attr.rack} = a", "b1"));
    }

    @Test
    void a_port_could_be_freed() {
        world.put(World.node("a1"));
        world.admit(service("old").staticPort("http", 8_080), 0).place("old");
        world.admit(service("web").staticPort("http", 8_080), 0).place("web");

        assertThat(why().nodes().getFirst().reason())
                .isEqualTo("port 8080 is taken by old.main[0]");
        assertThat(why().helps()).containsExactly(new Help.StopOther("old.main[0]", "a1"));
    }

    @Test
    void of_all_nodes_the_smallest_allocation_is_to_stop() {
        world.put(World.node("a2"));
        world.admit(service("small").resources(50, 50).staticPort("http", 8_080), 0).place("small");
        world.put(World.node("a1")).put(World.node("a3"));
        Sketch large = service("large").resources(400, 400).staticPort("http", 8_080);
        world.admit(large.count(2), 0).place("large");
        world.admit(service("web").staticPort("http", 8_080), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.StopOther("small.main[0]", "a2"));
    }

    @Test
    void a_copy_of_the_job_itself_is_nothing_to_stop() {
        world.put(World.node("a1"));
        world.admit(service("web").count(2).staticPort("http", 8_080), 0).place("web");

        assertThat(why().nodes().getFirst().reason())
                .isEqualTo("port 8080 is taken by web.main[0]");
        assertThat(why().helps()).containsExactly(new Help.AddNode("a1", 100, 100, 300));
    }

    @Test
    void who_has_a_device_is_named_and_could_stop() {
        world.put(World.withDevices(World.node("a1"), "g0"));
        world.admit(service("old").device(gpu()), 0).place("old");
        world.admit(service("web").device(gpu()), 0).place("web");

        assertThat(why().nodes().getFirst().heldBy()).containsExactly("old.main[0] g0");
        assertThat(why().helps()).containsExactly(new Help.StopOther("old.main[0]", "a1"));
    }

    @Test
    void whoever_asks_for_cores_is_told_of_cores() {
        world.put(World.node("a1"));
        world.admit(service("none").resources(0, 100), 0).place("none");
        world.admit(service("old").cores(3), 0).place("old");
        world.admit(service("web").cores(2), 0).place("web");

        assertThat(why().text())
                .isEqualTo(
                        """
                        group main: 1 of 1 have no place, 1 nodes were asked
                          a1: cores exhausted: 2 asked, 1 free; held by old.main[0] 3 cores
                          would help: lower cores from 2 to 1: then it fits on a1
                          would help: stop old.main[0] on a1: then it fits there
                        """);
    }

    @Test
    void cores_are_worth_what_others_have_left_of_the_clock() {
        world.put(World.node("a1"));
        world.admit(service("old").resources(1_500, 100), 0).place("old");
        world.admit(service("web").cores(4), 0).place("web");

        assertThat(why().helps()).startsWith(new Help.AskLess("cores", "", 4, 2, "a1"));
    }

    @Test
    void a_node_that_may_hold_no_more_could_hold_one_less() {
        world.put(World.node("a1")).scheduling(oneOnEach());
        world.admit(service("old"), 0).place("old");
        world.admit(service("web"), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.StopOther("old.main[0]", "a1"));
    }

    @Test
    void another_datacenter_could_be_asked_for() {
        world.put(World.node("a1"));
        world.admit(service("web").datacenters("us-*"), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.AddDatacenter("dc1", "a1"));
    }

    @Test
    void a_drain_could_end() {
        world.put(World.node("a1"));
        DrainSpec drain = new DrainSpec(Optional.empty(), false);
        world.node("a1", n -> n.withSpec(new NodeSpec(false, Optional.of(drain))));
        world.admit(service("web"), 0).place("web");

        assertThat(why().helps()).containsExactly(new Help.EndDrain("a1"));
    }

    @Test
    void a_job_that_wants_all_at_once_says_how_many_wait_for_the_others() {
        world.put(World.node("a1", 4_000, 700));
        world.admit(service("web").resources(100, 300).count(3).allAtOnce(), 0).place("web");

        assertThat(why().together().count()).isEqualTo(3);
        assertThat(why().together().refusals().getFirst().reason())
                .isEqualTo("all_at_once: 2 of 3 would have a place, and none starts before all do");
        assertThat(world.job("web").status().conditions().getFirst().message())
                .isEqualTo(
                        "main: 3 of 3 have no place: all_at_once: 2 of 3 would have a place, and none starts before all do; memory exhausted: 300 MiB asked, at most 100 MiB free (on a1) on 1 node");
    }

    @Test
    void what_would_help_helps() {
        world.put(World.node("a1", 4_000, 700)).put(World.node("a2", 4_000, 600));
        world.admit(service("web").resources(500, 512).count(3), 0).place("web");
        var help = (Help.AskLess) why().helps().getFirst();

        Sketch smaller = service("web").resources(500, (int) help.to()).count(3);
        world.admit(smaller.maxParallel(0), 1).place("web");
        world.settle("web").place("web");

        assertThat(Why.of(WEB, world.cluster(), world.now())).isEmpty();
    }

    @Test
    void nothing_is_said_of_what_has_its_place() {
        world.put(World.node("a1")).admit(service("web"), 0).place("web");

        assertThat(Why.of(WEB, world.cluster(), world.now())).isEmpty();
    }

    private static DeviceRequest gpu() {
        return new DeviceRequest("gpu", Optional.of(1), List.of(), List.of());
    }

    private static SchedulerConfigSpec oneOnEach() {
        return new SchedulerConfigSpec(
                Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty(), Map.of());
    }

    private Why why() {
        List<Why> answers = Why.of(WEB, world.cluster(), world.now());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }
}
