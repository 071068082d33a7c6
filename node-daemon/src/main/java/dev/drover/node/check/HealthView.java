package dev.drover.node.check;

import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that decides about the health of an allocation.
///
/// @param states of every task of the group
/// @param checks those of its services that have a say
/// @param since when the watch began
public record HealthView(
        TaskGroup group,
        HealthRules rules,
        Map<String, TaskState> states,
        List<CheckSight> checks,
        Instant since) {
    public HealthView {
        states = Map.copyOf(states);
        checks = List.copyOf(checks);
    }

    Instant deadline() {
        return since.plus(rules.healthyDeadline());
    }
}
