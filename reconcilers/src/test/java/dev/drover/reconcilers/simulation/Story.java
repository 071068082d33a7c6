package dev.drover.reconcilers.simulation;

import java.util.List;

/// The story of a seed, from its first step to its rest.
final class Story {
    private static final int STEPS = 300;

    /// Steps that are shown when it goes wrong: the end is what matters.
    private static final int SHOWN = Integer.getInteger("sim.shown", 60);

    private Story() {}

    /// Its steps; throws with the last of them when something did not hold.
    static List<String> told(long seed) {
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
        return simulation.trace().lines(0);
    }

    private static String end(Trace trace) {
        int skipped = Math.max(0, trace.size() - SHOWN);
        return (skipped > 0 ? "… " + skipped + " steps before\n" : "")
                + String.join("\n", trace.lines(skipped));
    }
}
