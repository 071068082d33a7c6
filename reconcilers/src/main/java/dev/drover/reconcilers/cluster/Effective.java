package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The one place where loops learn what a stored spec means: the part of the defaults that they
/// look at.
final class Effective {
    private static final ReschedulePolicy SERVICE =
            new ReschedulePolicy(
                    Optional.of(0),
                    Optional.of(Duration.ZERO),
                    Optional.of(Duration.ofSeconds(30)),
                    Optional.of(DelayFunction.EXPONENTIAL),
                    Optional.of(Duration.ofHours(1)),
                    Optional.of(true));
    private static final ReschedulePolicy BATCH =
            new ReschedulePolicy(
                    Optional.of(1),
                    Optional.of(Duration.ofHours(24)),
                    Optional.of(Duration.ofSeconds(5)),
                    Optional.of(DelayFunction.CONSTANT),
                    Optional.of(Duration.ZERO),
                    Optional.of(false));
    private static final Resources RESOURCES =
            new Resources(
                    Optional.of(100),
                    Optional.empty(),
                    Optional.of(300),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of());

    private Effective() {}

    static JobSpec of(JobSpec job) {
        JobType type = job.type().orElse(JobType.SERVICE);
        return new JobSpec(
                job.name(),
                Optional.of(type),
                job.region(),
                job.priority().or(() -> Optional.of(50)),
                job.allAtOnce(),
                job.datacenters().isEmpty() ? List.of("*") : job.datacenters(),
                job.nodePool().or(() -> Optional.of("default")),
                job.constraints(),
                job.affinities(),
                job.spreads(),
                job.groups().stream().map(group -> group(job, type, group)).toList(),
                job.update(),
                job.periodic(),
                job.parameterized(),
                job.reschedule(),
                job.migrate(),
                job.meta(),
                job.ui(),
                job.stop());
    }

    private static TaskGroup group(JobSpec job, JobType type, TaskGroup group) {
        return new TaskGroup(
                group.name(),
                group.count().or(() -> Optional.of(1)),
                group.constraints(),
                group.affinities(),
                group.spreads(),
                group.networks(),
                group.services(),
                group.volumes(),
                group.tasks().stream().map(Effective::task).toList(),
                update(job, type, group),
                group.migrate(),
                group.restart(),
                reschedule(job, type, group),
                group.disconnect(),
                group.ephemeralDisk().or(() -> Optional.of(disk())),
                group.shutdownDelay(),
                group.maxRunDuration(),
                group.meta());
    }

    private static EphemeralDisk disk() {
        return new EphemeralDisk(Optional.of(300), Optional.empty(), Optional.empty());
    }

    private static Optional<UpdatePolicy> update(JobSpec job, JobType type, TaskGroup group) {
        if (type == JobType.BATCH || type == JobType.SYSBATCH) {
            return Optional.empty();
        }
        Optional<UpdatePolicy> nearest = group.update().or(job::update);
        Optional<Integer> parallel =
                group.update()
                        .flatMap(UpdatePolicy::maxParallel)
                        .or(() -> job.update().flatMap(UpdatePolicy::maxParallel))
                        .or(() -> Optional.of(1));
        UpdatePolicy said = nearest.orElse(NO_UPDATE);
        return Optional.of(
                new UpdatePolicy(
                        parallel,
                        said.healthCheck(),
                        said.minHealthyTime(),
                        said.healthyDeadline(),
                        said.progressDeadline(),
                        said.canary(),
                        said.autoPromote(),
                        said.autoRevert(),
                        said.stagger()));
    }

    private static final UpdatePolicy NO_UPDATE =
            new UpdatePolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static Optional<ReschedulePolicy> reschedule(
            JobSpec job, JobType type, TaskGroup group) {
        Optional<ReschedulePolicy> said = group.reschedule().or(job::reschedule);
        return switch (type) {
            case SERVICE -> Optional.of(said.map(p -> over(p, SERVICE)).orElse(SERVICE));
            case BATCH -> Optional.of(said.map(p -> over(p, BATCH)).orElse(BATCH));
            case SYSTEM, SYSBATCH -> said;
        };
    }

    private static ReschedulePolicy over(ReschedulePolicy said, ReschedulePolicy other) {
        return new ReschedulePolicy(
                said.attempts().or(other::attempts),
                said.interval().or(other::interval),
                said.delay().or(other::delay),
                said.delayFunction().or(other::delayFunction),
                said.maxDelay().or(other::maxDelay),
                said.unlimited()
                        .or(() -> said.attempts().map(some -> some == 0))
                        .or(other::unlimited));
    }

    private static Task task(Task task) {
        Resources said = task.resources().orElse(RESOURCES);
        Resources meant =
                new Resources(
                        said.cores().isPresent() ? said.cpu() : said.cpu().or(RESOURCES::cpu),
                        said.cores(),
                        said.memoryMib().or(RESOURCES::memoryMib),
                        said.memoryMaxMib(),
                        said.diskMib(),
                        said.secretsMib(),
                        said.networks(),
                        said.devices());
        return new Task(
                task.name(),
                task.driver(),
                task.user(),
                task.config(),
                task.env(),
                Optional.of(meant),
                task.constraints(),
                task.affinities(),
                task.services(),
                task.artifacts(),
                task.templates(),
                task.volumeMounts(),
                task.lifecycle(),
                task.restart(),
                task.logs(),
                task.dispatchPayload(),
                task.killTimeout(),
                task.killSignal(),
                task.shutdownDelay(),
                task.leader(),
                task.kind(),
                task.meta());
    }
}
