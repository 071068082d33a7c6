package dev.drover.manifests.validate;

import dev.drover.manifests.model.PoolScheduling;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.Optional;

/// What is wrong with the scheduler's configuration.
public final class SchedulerConfigRules {
    private SchedulerConfigRules() {}

    /// Everything that is wrong with it.
    public static List<Problem> check(SchedulerConfig config, Report report) {
        String name = config.metadata().name();
        if (!name.equals(SchedulerConfig.NAME)) {
            report.add(
                    Code.INVALID_VALUE,
                    Path.ROOT,
                    "a scheduler configuration called " + name + " has no effect",
                    "there is one for the whole cluster; `pools` says what is otherwise in a pool",
                    "call it " + SchedulerConfig.NAME);
        }
        positive(config.spec().allocationsMax(), Path.ROOT, report);
        for (var pool : config.spec().pools().entrySet()) {
            PoolScheduling other = pool.getValue();
            positive(other.allocationsMax(), Path.ROOT.field("pools").field(pool.getKey()), report);
        }
        return report.problems();
    }

    private static void positive(Optional<Integer> most, Path path, Report report) {
        if (most.filter(number -> number < 1).isPresent()) {
            report.add(
                    Code.INVALID_VALUE,
                    path.field("allocationsMax"),
                    "a node cannot hold " + most.get() + " allocations",
                    "leave it out for as many as fit, or close nodes: `drover node eligibility`");
        }
    }
}
