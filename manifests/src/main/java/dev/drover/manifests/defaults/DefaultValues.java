package dev.drover.manifests.defaults;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Artifact;
import dev.drover.manifests.model.CheckRestart;
import dev.drover.manifests.model.CsiPlugin;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.ParameterizedPolicy;
import dev.drover.manifests.model.PeriodicPolicy;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.RestartMode;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskScaling;
import dev.drover.manifests.model.Template;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.model.VaultOptions;
import dev.drover.manifests.model.VolumeMount;
import dev.drover.manifests.model.VolumeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The default values of level 1: Nomad's, so that a job file means here what it means there.
final class DefaultValues {
    private DefaultValues() {}

    static final int CPU_MHZ = 100;

    static final EphemeralDisk NO_DISK =
            new EphemeralDisk(Optional.empty(), Optional.empty(), Optional.empty());

    static final LogConfig NO_LOGS =
            new LogConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static final Resources NO_RESOURCES =
            new Resources(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    static final RestartPolicy NO_RESTART =
            new RestartPolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    static final UpdatePolicy NO_UPDATE =
            new UpdatePolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    static final MigratePolicy NO_MIGRATE =
            new MigratePolicy(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static final ReschedulePolicy NO_RESCHEDULE =
            new ReschedulePolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /// What does not depend on the job's type.
    static final Map<Class<? extends Record>, Map<String, ?>> FIXED =
            Map.ofEntries(
                    Map.entry(
                            JobSpec.class,
                            Map.of(
                                    "type",
                                    JobType.SERVICE,
                                    "region",
                                    "global",
                                    "priority",
                                    50,
                                    "allAtOnce",
                                    false,
                                    "nodePool",
                                    "default")),
                    Map.entry(
                            PeriodicPolicy.class,
                            Map.of("enabled", true, "prohibitOverlap", false, "timeZone", "UTC")),
                    Map.entry(ParameterizedPolicy.class, Map.of("payload", "optional")),
                    Map.entry(
                            EphemeralDisk.class,
                            Map.of("sizeMib", 300, "sticky", false, "migrate", false)),
                    Map.entry(
                            DisconnectPolicy.class,
                            Map.of("replace", true, "reconcile", "best_score")),
                    Map.entry(Network.class, Map.of("mode", "host")),
                    Map.entry(
                            Port.class, Map.of("hostNetwork", "default", "ignoreCollision", false)),
                    Map.entry(
                            Service.class,
                            Map.of(
                                    "addressMode", "auto",
                                    "onUpdate", "require_healthy",
                                    "enableTagOverride", false)),
                    Map.entry(
                            CheckRestart.class,
                            Map.of(
                                    "limit",
                                    0,
                                    "grace",
                                    Duration.ofSeconds(1),
                                    "ignoreWarnings",
                                    false)),
                    Map.entry(Affinity.class, Map.of("weight", 50)),
                    Map.entry(Spread.class, Map.of("weight", 50)),
                    Map.entry(
                            VolumeRequest.class,
                            Map.of("readOnly", false, "sticky", false, "perAlloc", false)),
                    Map.entry(Scaling.class, Map.of("enabled", true)),
                    Map.entry(TaskScaling.class, Map.of("enabled", true)),
                    Map.entry(
                            Task.class,
                            Map.of(
                                    "resources",
                                    NO_RESOURCES,
                                    "logs",
                                    NO_LOGS,
                                    "killTimeout",
                                    Duration.ofSeconds(5),
                                    "shutdownDelay",
                                    Duration.ZERO,
                                    "leader",
                                    false)),
                    Map.entry(Resources.class, Map.of("memoryMib", 300)),
                    Map.entry(
                            LogConfig.class,
                            Map.of("maxFiles", 10, "maxFileSizeMib", 10, "disabled", false)),
                    Map.entry(Lifecycle.class, Map.of("sidecar", false)),
                    Map.entry(
                            Template.class,
                            Map.of(
                                    "once", false,
                                    "leftDelimiter", "{{",
                                    "rightDelimiter", "}}",
                                    "env", false,
                                    "errorOnMissingKey", false)),
                    Map.entry(
                            Artifact.class,
                            Map.of(
                                    "destination",
                                    "local/",
                                    "mode",
                                    "any",
                                    "insecure",
                                    false,
                                    "chown",
                                    false)),
                    Map.entry(
                            VolumeMount.class,
                            Map.of("readOnly", false, "propagationMode", "private")),
                    Map.entry(DeviceRequest.class, Map.of("count", 1)),
                    Map.entry(
                            VaultOptions.class,
                            Map.of(
                                    "cluster", "default",
                                    "disableFile", false,
                                    "allowTokenExpiration", false)),
                    Map.entry(
                            CsiPlugin.class,
                            Map.of(
                                    "mountDir", "/csi",
                                    "stagePublishBaseDir", "/local/csi",
                                    "healthTimeout", Duration.ofSeconds(30))));

    /// What every group has.
    static final Map<String, Object> GROUP =
            Map.of("restart", NO_RESTART, "ephemeralDisk", NO_DISK);

    static final Map<String, Object> UPDATE =
            Map.of(
                    "maxParallel",
                    1,
                    "healthCheck",
                    "checks",
                    "minHealthyTime",
                    Duration.ofSeconds(10),
                    "healthyDeadline",
                    Duration.ofMinutes(5),
                    "progressDeadline",
                    Duration.ofMinutes(10),
                    "canary",
                    0,
                    "autoPromote",
                    false,
                    "autoRevert",
                    false,
                    "stagger",
                    Duration.ofSeconds(30),
                    "surge",
                    false);

    static final Map<String, Object> MIGRATE =
            Map.of(
                    "maxParallel",
                    1,
                    "healthCheck",
                    "checks",
                    "minHealthyTime",
                    Duration.ofSeconds(10),
                    "healthyDeadline",
                    Duration.ofMinutes(5));

    static Map<String, Object> restart(JobType type) {
        boolean runsToItsEnd = type.ends();
        return Map.of(
                "attempts",
                runsToItsEnd ? 3 : 2,
                "interval",
                runsToItsEnd ? Duration.ofHours(24) : Duration.ofMinutes(30),
                "delay",
                Duration.ofSeconds(15),
                "mode",
                RestartMode.FAIL,
                "renderTemplates",
                false);
    }

    /// System jobs have none; what they state is refused by a rule.
    static Map<String, Object> reschedule(JobType type) {
        return switch (type) {
            case SERVICE ->
                    Map.of(
                            "attempts",
                            0,
                            "interval",
                            Duration.ZERO,
                            "delay",
                            Duration.ofSeconds(30),
                            "delayFunction",
                            DelayFunction.EXPONENTIAL,
                            "maxDelay",
                            Duration.ofHours(1),
                            "unlimited",
                            true);
            case BATCH ->
                    Map.of(
                            "attempts",
                            1,
                            "interval",
                            Duration.ofHours(24),
                            "delay",
                            Duration.ofSeconds(5),
                            "delayFunction",
                            DelayFunction.CONSTANT,
                            "maxDelay",
                            Duration.ZERO,
                            "unlimited",
                            false);
            case SYSTEM, SYSBATCH -> Map.of();
        };
    }
}
