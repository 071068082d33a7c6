package dev.drover.node.check;

import java.time.Instant;
import java.util.Set;

/// What the health of an allocation is to know of one check.
///
/// @param tasks that it is about
/// @param satisfied whether it says what is needed
/// @param since when it last changed its mind
public record CheckSight(String name, Set<String> tasks, boolean satisfied, Instant since) {
    public CheckSight {
        tasks = Set.copyOf(tasks);
    }
}
