package dev.drover.node.check;

import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import java.time.Duration;
import java.util.Optional;

/// What an allocation must show before it counts as healthy.
///
/// @param checks whether the checks of its services have a say, or its tasks alone
/// @param minHealthyTime how long all must have been well without a break
/// @param healthyDeadline from the begin of the watch
public record HealthRules(boolean checks, Duration minHealthyTime, Duration healthyDeadline) {
    private static final Duration MIN_HEALTHY_TIME = Duration.ofSeconds(10);
    private static final Duration HEALTHY_DEADLINE = Duration.ofMinutes(5);

    /// Whether anybody asks how it is or for how long it has been. To write down when the watch
    /// began for nobody would be one wait for the disk more on the way of each start.
    public static boolean asked(TaskGroup group) {
        return of(group).isPresent() || group.maxRunDuration().isPresent();
    }

    /// Of a group: its `update`, or else its `migrate`. Empty when nobody waits for its health (a
    /// batch job), or only a person says it.
    public static Optional<HealthRules> of(TaskGroup group) {
        if (group.update().isPresent()) {
            return of(group.update().get());
        }
        return group.migrate().flatMap(HealthRules::of);
    }

    private static Optional<HealthRules> of(UpdatePolicy policy) {
        return of(policy.healthCheck(), policy.minHealthyTime(), policy.healthyDeadline());
    }

    private static Optional<HealthRules> of(MigratePolicy policy) {
        return of(policy.healthCheck(), policy.minHealthyTime(), policy.healthyDeadline());
    }

    private static Optional<HealthRules> of(
            Optional<String> healthCheck, Optional<Duration> min, Optional<Duration> deadline) {
        String by = healthCheck.orElse("checks");
        return by.equals("manual")
                ? Optional.empty()
                : Optional.of(
                        new HealthRules(
                                by.equals("checks"),
                                min.orElse(MIN_HEALTHY_TIME),
                                deadline.orElse(HEALTHY_DEADLINE)));
    }
}
