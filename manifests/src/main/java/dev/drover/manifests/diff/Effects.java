package dev.drover.manifests.diff;

import java.util.Map;
import java.util.Set;

/// What a change of each field does to a running allocation: replaced where the process, its files,
/// its room or its network would be others; in place where node or server can act on it while it
/// runs; ignored where only later decisions look at it.
final class Effects {
    private Effects() {}

    /// Fields of a job that only decisions to come look at.
    private static final Set<String> JOB_IGNORED =
            Set.of(
                    "name",
                    "type",
                    "region",
                    "priority",
                    "allAtOnce",
                    "update",
                    "periodic",
                    "parameterized",
                    "reschedule",
                    "migrate",
                    "ui",
                    "payload",
                    "multiregion");

    /// Fields of a group that only decisions to come look at.
    private static final Set<String> GROUP_IGNORED =
            Set.of("count", "update", "migrate", "reschedule", "disconnect", "scaling");

    private static final Set<String> GROUP_REPLACED =
            Set.of("ephemeralDisk", "networks", "volumes", "tasks", "consul");

    private static final Set<String> TASK_IN_PLACE =
            Set.of(
                    "killTimeout",
                    "killSignal",
                    "shutdownDelay",
                    "restart",
                    "lifecycle",
                    "leader",
                    "services",
                    "constraints",
                    "affinities",
                    "dispatchPayload",
                    "actions",
                    "scaling",
                    "schedule");

    /// Fields where one differs from the rest of its record: `Record.component`.
    private static final Map<String, Effect> SINGLE =
            Map.ofEntries(
                    Map.entry("JobSpec.stop", Effect.STOP),
                    Map.entry("LogConfig.maxFiles", Effect.IN_PLACE),
                    Map.entry("LogConfig.maxFileSizeMib", Effect.IN_PLACE),
                    Map.entry(
                            "LogConfig.enabled", Effect.IGNORE), // nothing any more, as those below
                    Map.entry("Network.device", Effect.IGNORE),
                    Map.entry("Network.cidr", Effect.IGNORE),
                    Map.entry("Network.ip", Effect.IGNORE),
                    Map.entry("Network.mbits", Effect.IGNORE),
                    Map.entry("Resources.diskMib", Effect.IGNORE),
                    Map.entry("Resources.iops", Effect.IGNORE),
                    Map.entry("RestartPolicy.renderTemplates", Effect.REPLACE));

    /// The effect of a change in a component of a record, inside of something whose own effect is
    /// `around`.
    static Effect of(Class<? extends Record> owner, String component, Effect around) {
        String name = owner.getSimpleName();
        Effect single = SINGLE.get(name + "." + component);
        if (single != null) {
            return single;
        }
        return switch (name) {
            case "JobSpec" -> job(component);
            case "TaskGroup" -> group(component);
            case "Task" -> TASK_IN_PLACE.contains(component) ? Effect.IN_PLACE : Effect.REPLACE;
            default -> around;
        };
    }

    private static Effect job(String component) {
        if (component.equals("meta") || component.equals("groups")) {
            return Effect.REPLACE; // tasks have the job's meta in their environment
        }
        return JOB_IGNORED.contains(component) ? Effect.IGNORE : Effect.IN_PLACE;
    }

    private static Effect group(String component) {
        if (GROUP_REPLACED.contains(component) || component.equals("meta")) {
            return Effect.REPLACE;
        }
        return GROUP_IGNORED.contains(component) ? Effect.IGNORE : Effect.IN_PLACE;
    }
}
