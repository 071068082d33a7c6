package dev.drover.node.task;

import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.RestartMode;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A restart policy with nothing left open.
///
/// @param attempts restarts within `interval` that are for free
/// @param delay before each of them
/// @param afterSuccess whether an end without an error is one too many: a service should not end
public record RestartRules(
        int attempts, Duration interval, Duration delay, RestartMode mode, boolean afterSuccess) {

    private static final Duration DELAY = Duration.ofSeconds(15);

    /// Of a task: its own policy, then its group's, then what its job's type has.
    public static RestartRules of(JobType type, TaskGroup group, Task task) {
        List<RestartPolicy> policies =
                Stream.of(task.restart(), group.restart()).flatMap(Optional::stream).toList();
        RestartRules typical = typical(type);
        return new RestartRules(
                first(policies, RestartPolicy::attempts).orElse(typical.attempts),
                first(policies, RestartPolicy::interval).orElse(typical.interval),
                first(policies, RestartPolicy::delay).orElse(typical.delay),
                first(policies, RestartPolicy::mode).orElse(typical.mode),
                typical.afterSuccess && !passing(task));
    }

    /// No restart waits for longer: not for a delay with its chance, nor for an interval's end.
    Duration longest() {
        Duration twice = delay.multipliedBy(2);
        return twice.compareTo(interval) > 0 ? twice : interval;
    }

    /// Whether it does one thing before, after or at the end, and is then done.
    private static boolean passing(Task task) {
        return task.lifecycle().isPresent()
                && !task.lifecycle().flatMap(Lifecycle::sidecar).orElse(false);
    }

    private static RestartRules typical(JobType type) {
        return switch (type) {
            case SERVICE, SYSTEM ->
                    new RestartRules(2, Duration.ofMinutes(30), DELAY, RestartMode.FAIL, true);
            case BATCH, SYSBATCH ->
                    new RestartRules(3, Duration.ofHours(24), DELAY, RestartMode.FAIL, false);
        };
    }

    private static <T> Optional<T> first(
            List<RestartPolicy> policies, Function<RestartPolicy, Optional<T>> part) {
        return policies.stream().map(part).flatMap(Optional::stream).findFirst();
    }
}
