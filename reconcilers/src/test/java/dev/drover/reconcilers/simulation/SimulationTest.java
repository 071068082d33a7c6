package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// `-Dsim.seed=N` tells one story aloud, `-Dsim.seeds=N` that many, beginning with `-Dsim.from=N`.
class SimulationTest {
    private static final int STEPS = 300;

    /// Lines of a story that are shown when it goes wrong: the end is what matters.
    private static final int SHOWN = Integer.getInteger("sim.shown", 60);

    @Test
    void every_story_ends_well_and_is_told_twice_alike() {
        long from = Long.getLong("sim.seed", Long.getLong("sim.from", 1));
        long count = System.getProperty("sim.seed") == null ? Long.getLong("sim.seeds", 200) : 1;

        LongStream.range(from, from + count).forEach(SimulationTest::story);
    }

    private static void story(long seed) {
        List<String> first = told(seed);
        if (System.getProperty("sim.seed") != null) {
            first.forEach(System.out::println);
        }

        assertThat(told(seed)).as("seed %s told again", seed).isEqualTo(first);
    }

    private static List<String> told(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run(STEPS);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "seed %d after %d steps: %s%n%s"
                            .formatted(
                                    seed,
                                    simulation.trace().size(),
                                    wrong,
                                    end(simulation.trace())),
                    wrong);
        }
        return simulation.trace();
    }

    private static String end(List<String> trace) {
        int skipped = Math.max(0, trace.size() - SHOWN);
        return (skipped > 0 ? "… " + skipped + " steps before\n" : "")
                + String.join("\n", trace.subList(skipped, trace.size()));
    }
}
