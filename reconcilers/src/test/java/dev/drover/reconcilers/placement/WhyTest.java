package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
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

    private Why why() {
        List<Why> answers = Why.of(WEB, world.cluster(), world.now());
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }
}
