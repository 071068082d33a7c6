package dev.drover.reconcilers.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Ranking;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people are told of a score against what the scheduler compares.
class ScoreTest {

    @Test
    void the_parts_make_the_total_on_every_node() {
        World world = new World();
        for (int i = 0; i < 12; i++) {
            world.put(World.node((char) ('a' + i % 3) + "-" + i, 4_000 + 1_000 * (i % 4), 8_192));
        }
        Sketch job =
                Sketch.service("web")
                        .count(20)
                        .resources(300, 700)
                        .affinity("${attr.rack}", "a", 30)
                        .spread("${attr.rack}");
        world.admit(job, 0);
        world.place("web");
        List<Allocation> copies = world.copies("web");
        Room room = Room.of(world.cluster(), world.now());
        Ask ask = Ask.of(job.spec(), job.spec().groups().getFirst());
        Search search = new Search(ask, room, new Siblings(room, "main", copies, ask));

        for (int node = 0; node < room.size(); node++) {
            Score score = Score.of(search.comparison(), node, 3);

            assertThat(score.parts()).containsKeys("binpack", "node-affinity");
            assertThat(score.total()).isCloseTo(search.comparison().total(node, 3), within(1e-12));
        }
    }

    @Test
    void people_are_told_the_best_node_for_one_more_copy_and_by_what() {
        World world = new World().put(World.node("a1")).put(World.node("b1", 4_000, 300));
        world.put(World.node("c1", 50, 50));
        world.admit(Sketch.service("web").count(2).affinity("${attr.rack}", "a", 50), 0);
        world.place("web");

        Ranking ranking =
                Score.rankings(new ResourceName("default", "web"), world.cluster(), world.now())
                        .getFirst();

        assertThat(ranking.fit()).as("c1 has no room").isEqualTo(2);
        assertThat(ranking.nodes()).extracting(Ranking.Ranked::node).containsExactly("a1", "b1");
        assertThat(ranking.nodes().getFirst().parts())
                .extracting(Ranking.Part::name)
                .containsExactly("binpack", "job-anti-affinity", "node-affinity");
        assertThat(ranking.nodes().getFirst().parts())
                .contains(new Ranking.Part("node-affinity", 1_000));
    }

    @Test
    void fit_is_one_on_a_node_that_the_copy_fills_and_nothing_on_an_empty_one() {
        World world = new World().put(World.node("a", 4_000, 8_192));
        Room room = Room.of(world.cluster(), world.now());

        assertThat(fit(room, 4_000, 8_192)).isCloseTo(1, within(1e-9));
        assertThat(fit(room, 0, 0)).isCloseTo(0, within(1e-9));
        assertThat(fit(room, 2_000, 4_096))
                .as("Nomad's formula: (20 - 10^free - 10^free) / 18")
                .isCloseTo((20 - 2 * Math.sqrt(10)) / 18, within(1e-9));
    }

    private static double fit(Room room, int cpu, int memoryMib) {
        Sketch job = Sketch.service("web").resources(cpu, memoryMib);
        Ask ask = Ask.of(job.spec(), job.spec().groups().getFirst());
        Search search = new Search(ask, room, new Siblings(room, "main", List.of(), ask));
        return Score.of(search.comparison(), 0, -1).parts().getOrDefault("binpack", Double.NaN);
    }
}
