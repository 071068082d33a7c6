package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// `-Dsim.seed=N` tells one story aloud, `-Dsim.seeds=N` that many, beginning with `-Dsim.from=N`.
class SimulationTest {
    @Test
    void every_story_ends_well_and_is_told_twice_alike() {
        long from = Long.getLong("sim.seed", Long.getLong("sim.from", 1));
        long count = System.getProperty("sim.seed") == null ? Long.getLong("sim.seeds", 500) : 1;

        LongStream.range(from, from + count).forEach(SimulationTest::story);
    }

    private static void story(long seed) {
        List<String> first = Story.told(seed);
        if (System.getProperty("sim.seed") != null) {
            first.forEach(System.out::println);
        }

        assertThat(Story.told(seed)).as("seed %s told again", seed).isEqualTo(first);
    }
}
