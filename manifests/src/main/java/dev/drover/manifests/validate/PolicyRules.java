package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.RestartMode;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Update, restart, reschedule, disconnect.
final class PolicyRules {
    private static final int PERCENT_MAX = 100;

    private static final Duration RESTART_INTERVAL_MIN = Duration.ofSeconds(5);
    private static final Duration RESCHEDULE_DELAY_MIN = Duration.ofSeconds(5);
    private static final Duration RESCHEDULE_INTERVAL_MIN = Duration.ofSeconds(15);
    private static final List<String> HEALTH_CHECKS = List.of("checks", "task_states", "manual");
    private static final List<String> MIGRATE_CHECKS = List.of("checks", "task_states");
    private static final List<String> RECONCILE =
            List.of("best_score", "longest_running", "keep_original", "keep_replacement");

    private PolicyRules() {}

    static void check(Job job, Report report) {
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        for (Parts.GroupPart part : Parts.groups(job)) {
            Path path = part.path();
            int count = part.group().count().orElse(1);
            Path own = policy("update", path, report);
            part.group().update().ifPresent(update -> update(update, own, type, count, report));
            part.group()
                    .restart()
                    .ifPresent(restart -> restart(restart, path.field("restart"), report));
            part.group()
                    .reschedule()
                    .ifPresent(policy ->
                            reschedule(policy, policy("reschedule", path, report), report));
            part.group()
                    .migrate()
                    .ifPresent(
                            migrate -> migrate(migrate, policy("migrate", path, report), report));
            disconnect(part, report);
            for (Parts.TaskPart task : Parts.tasks(part)) {
                boolean its = !task.task().restart().equals(part.group().restart());
                task.task()
                        .restart()
                        .filter(_ -> its)
                        .ifPresent(r -> restart(r, task.path().field("restart"), report));
            }
        }
    }

    /// A group has its policies from its job where it does not have its own.
    static Path policy(String name, Path group, Report report) {
        return report.either(group.field(name), Path.ROOT.field(name));
    }

    private static void update(
            UpdatePolicy update, Path path, JobType type, int count, Report report) {
        update.healthCheck()
                .ifPresent(
                        word -> Word.check(word, HEALTH_CHECKS, path.field("healthCheck"), report));
        notNegative(update.maxParallel(), "max_parallel", path.field("maxParallel"), report);
        notNegative(update.canary(), "canary", path.field("canary"), report);
        int canary = update.canary().orElse(0);
        if (type == JobType.SYSTEM && canary > PERCENT_MAX) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("canary"),
                    "canaries of a system job are per cent of its nodes: at most 100, not "
                            + canary,
                    "write 100 to try the version on every node before it is promoted");
        }
        if (type == JobType.SERVICE && canary > 0 && canary > count) {
            report.add(
                    Code.UNLIKELY,
                    path.field("canary"),
                    "canary = " + canary + ", but count = " + count,
                    "a rollout cannot start more canaries than the group has allocations",
                    "set canary to " + count + " or less, or raise count");
        }
        if (update.autoPromote().orElse(false) && canary == 0) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("autoPromote"),
                    "auto_promote promotes canaries, and there are none",
                    "set canary, or remove auto_promote");
        }
        before(
                update.minHealthyTime(),
                "min_healthy_time",
                update.healthyDeadline(),
                path.field("minHealthyTime"),
                report);
        Duration progress = update.progressDeadline().orElse(Duration.ZERO);
        Duration healthy = update.healthyDeadline().orElse(Duration.ZERO);
        if (!progress.isZero() && healthy.compareTo(progress) >= 0) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("healthyDeadline"),
                    "healthy_deadline (%s) must be less than progress_deadline (%s)"
                            .formatted(Durations.text(healthy), Durations.text(progress)),
                    "a rollout would fail before an allocation could",
                    "raise progress_deadline or lower healthy_deadline");
        }
    }

    private static void migrate(MigratePolicy migrate, Path path, Report report) {
        migrate.healthCheck()
                .ifPresent(word ->
                        Word.check(word, MIGRATE_CHECKS, path.field("healthCheck"), report));
        notNegative(migrate.maxParallel(), "max_parallel", path.field("maxParallel"), report);
        before(
                migrate.minHealthyTime(),
                "min_healthy_time",
                migrate.healthyDeadline(),
                path.field("minHealthyTime"),
                report);
    }

    private static void notNegative(
            Optional<Integer> number, String name, Path path, Report report) {
        if (number.orElse(0) < 0) {
            report.add(Code.OUT_OF_RANGE, path, name + " cannot be negative", "");
        }
    }

    private static void before(
            Optional<Duration> time,
            String name,
            Optional<Duration> deadline,
            Path path,
            Report report) {
        if (time.isPresent() && deadline.isPresent() && time.get().compareTo(deadline.get()) >= 0) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "%s (%s) must be less than healthy_deadline (%s)"
                            .formatted(
                                    name,
                                    Durations.text(time.get()),
                                    Durations.text(deadline.get())),
                    "no allocation could become healthy in time",
                    "raise healthy_deadline or lower " + name);
        }
    }

    private static void restart(RestartPolicy restart, Path path, Report report) {
        Duration interval = restart.interval().orElse(Duration.ZERO);
        Duration delay = restart.delay().orElse(Duration.ZERO);
        int attempts = restart.attempts().orElse(0);
        notNegative(restart.attempts(), "attempts", path.field("attempts"), report);
        if (interval.compareTo(RESTART_INTERVAL_MIN) < 0) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("interval"),
                    "the interval is at least 5s, not " + Durations.text(interval),
                    "");
        } else if (delay.multipliedBy(attempts).compareTo(interval) > 0) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "%d restarts with a delay of %s do not fit into %s"
                            .formatted(attempts, Durations.text(delay), Durations.text(interval)),
                    "the attempts would never be used up",
                    "raise interval, or lower attempts or delay");
        }
        if (attempts == 0 && restart.mode().equals(Optional.of(RestartMode.DELAY))) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("mode"),
                    "mode = \"delay\" with attempts = 0 would never restart anything",
                    "write mode = \"fail\"");
        }
    }

    private static void reschedule(ReschedulePolicy policy, Path path, Report report) {
        boolean unlimited = policy.unlimited().orElse(false);
        int attempts = policy.attempts().orElse(0);
        notNegative(policy.attempts(), "attempts", path.field("attempts"), report);
        Duration delay = policy.delay().orElse(RESCHEDULE_DELAY_MIN);
        Duration interval = policy.interval().orElse(RESCHEDULE_INTERVAL_MIN);
        if ((unlimited || attempts > 0) && delay.compareTo(RESCHEDULE_DELAY_MIN) < 0) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("delay"),
                    "the delay is at least 5s, not " + Durations.text(delay),
                    "");
        }
        if (!unlimited && attempts > 0 && interval.compareTo(RESCHEDULE_INTERVAL_MIN) < 0) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("interval"),
                    "the interval is at least 15s, not " + Durations.text(interval),
                    "");
        }
        if (unlimited && attempts > 0) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("attempts"),
                    "attempts = " + attempts + ", but unlimited = true",
                    "remove one of the two");
        }
    }

    private static void disconnect(Parts.GroupPart part, Report report) {
        part.group()
                .disconnect()
                .ifPresent(policy -> {
                    Path path = part.path().field("disconnect");
                    policy.reconcile()
                            .ifPresent(word ->
                                    Word.check(word, RECONCILE, path.field("reconcile"), report));
                    if (policy.lostAfter().isPresent() && policy.stopOnClientAfter().isPresent()) {
                        report.add(
                                Code.CONTRADICTION,
                                path,
                                "lost_after and stop_on_client_after exclude each other",
                                "keep one of the two");
                    }
                });
    }
}
