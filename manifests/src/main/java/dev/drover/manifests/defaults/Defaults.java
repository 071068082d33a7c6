package dev.drover.manifests.defaults;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.shape.Filler;
import dev.drover.manifests.shape.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a job means where its author says nothing. A stored spec has no defaults; it is read with
/// those of the level that it was admitted under, so that a release that changes one replaces
/// nobody's allocations.
public final class Defaults {
    /// The level of this release. Whoever changes a default raises it and keeps the older ones.
    public static final int LEVEL = 1;

    /// Of jobs that say nothing their groups would take from them: nearly all.
    private static final Map<JobType, Filler> PLAIN =
            Stream.of(JobType.values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    type -> type, type -> new Filler(table(type))));

    private Defaults() {}

    /// The spec with every default of a level, and policies of the job in each of its groups.
    ///
    /// @throws IllegalArgumentException when this program does not know the level
    public static JobSpec applied(JobSpec spec, int level) {
        if (level != LEVEL) {
            throw new IllegalArgumentException(
                    "the job was admitted with the defaults of level %d, and this program knows %d"
                            .formatted(level, LEVEL));
        }
        JobType type = spec.type().orElse(JobType.SERVICE);
        JobSpec filled = filler(spec, type).fill(inherited(limited(spec)));
        List<TaskGroup> groups = Records.each(filled.groups(), Defaults::group);
        JobSpec withGroups = Records.with(filled, "groups", groups);
        return spec.datacenters().isEmpty()
                ? Records.with(withGroups, "datacenters", List.of("*"))
                : withGroups;
    }

    /// What a component of a record is when nobody states it, in jobs of a type; empty when absence
    /// means nothing else.
    public static Optional<Object> of(
            Class<? extends Record> owner, String component, JobType type) {
        return Optional.ofNullable(table(type).getOrDefault(owner, Map.of()).get(component));
    }

    private static Filler filler(JobSpec spec, JobType type) {
        boolean plain =
                spec.update().isEmpty() && spec.migrate().isEmpty() && spec.reschedule().isEmpty();
        return plain
                ? Objects.requireNonNull(PLAIN.get(type), "every type has its defaults")
                : new Filler(table(spec, type));
    }

    /// The fixed values, and for policies that groups take from their job the job's words over
    /// them.
    private static Map<Class<? extends Record>, Map<String, ?>> table(JobSpec spec, JobType type) {
        Map<Class<? extends Record>, Map<String, ?>> table = table(type);
        table.put(UpdatePolicy.class, over(spec.update(), DefaultValues.UPDATE));
        table.put(MigratePolicy.class, over(spec.migrate(), DefaultValues.MIGRATE));
        table.put(ReschedulePolicy.class, over(spec.reschedule(), DefaultValues.reschedule(type)));
        return table;
    }

    private static Map<Class<? extends Record>, Map<String, ?>> table(JobType type) {
        Map<Class<? extends Record>, Map<String, ?>> table = new HashMap<>(DefaultValues.FIXED);
        Completion.VALUES.forEach(
                (record, values) -> table.merge(record, values, Defaults::together));
        Map<String, Object> group = new HashMap<>(DefaultValues.GROUP);
        table.put(RestartPolicy.class, DefaultValues.restart(type));
        table.put(UpdatePolicy.class, DefaultValues.UPDATE);
        table.put(MigratePolicy.class, DefaultValues.MIGRATE);
        table.put(ReschedulePolicy.class, DefaultValues.reschedule(type));
        if (type == JobType.SERVICE || type == JobType.SYSTEM) {
            group.put("update", DefaultValues.NO_UPDATE);
        }
        if (type == JobType.SERVICE) {
            group.put("migrate", DefaultValues.NO_MIGRATE);
        }
        if (type == JobType.SERVICE || type == JobType.BATCH) {
            group.put("reschedule", DefaultValues.NO_RESCHEDULE);
        }
        table.put(TaskGroup.class, group);
        return table;
    }

    private static Map<String, ?> together(Map<String, ?> some, Map<String, ?> others) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Map<String, Object> over(Optional<? extends Record> said, Map<String, ?> other) {
        Map<String, Object> values = new HashMap<>(other);
        said.ifPresent(policy -> values.putAll(Records.stated(policy)));
        return values;
    }

    /// What depends on several fields of a group at once.
    private static TaskGroup group(TaskGroup group) {
        RestartPolicy restart = group.restart().orElse(DefaultValues.NO_RESTART);
        List<Task> tasks = Records.each(group.tasks(), task -> cpu(restarted(task, restart)));
        int count = group.scaling().flatMap(scaling -> scaling.min()).orElse(1);
        TaskGroup counted =
                group.count().isPresent()
                        ? group
                        : Records.with(group, "count", Optional.of(count));
        return Records.with(counted, "tasks", tasks);
    }

    /// As its group says, where it says nothing itself.
    private static Task restarted(Task task, RestartPolicy group) {
        Optional<RestartPolicy> policy =
                task.restart().map(own -> over(group).fill(own)).or(() -> Optional.of(group));
        return Records.with(task, "restart", policy);
    }

    private static Filler over(RestartPolicy group) {
        return new Filler(Map.of(RestartPolicy.class, Records.stated(group)));
    }

    /// What a task's restart policy does not state, its group's says before any default does.
    private static JobSpec inherited(JobSpec spec) {
        return Records.with(spec, "groups", Records.each(spec.groups(), Defaults::inherited));
    }

    private static TaskGroup inherited(TaskGroup group) {
        if (group.restart().isEmpty()) {
            return group;
        }
        Filler filler = over(group.restart().get());
        return Records.with(
                group,
                "tasks",
                Records.each(
                        group.tasks(),
                        task -> Records.with(task, "restart", task.restart().map(filler::fill))));
    }

    /// A reschedule policy that states its attempts is not unlimited, unless it says so.
    private static JobSpec limited(JobSpec spec) {
        List<TaskGroup> groups =
                Records.each(
                        spec.groups(),
                        group ->
                                group.reschedule().isEmpty()
                                        ? group
                                        : Records.with(
                                                group,
                                                "reschedule",
                                                group.reschedule().map(Defaults::limited)));
        JobSpec limited =
                spec.reschedule().isEmpty()
                        ? spec
                        : Records.with(
                                spec, "reschedule", spec.reschedule().map(Defaults::limited));
        return Records.with(limited, "groups", groups);
    }

    private static ReschedulePolicy limited(ReschedulePolicy policy) {
        boolean counted = policy.attempts().orElse(0) > 0;
        return counted && policy.unlimited().isEmpty()
                ? Records.with(policy, "unlimited", Optional.of(false))
                : policy;
    }

    /// Whole cores are asked for instead of megahertz, not beside them.
    private static Task cpu(Task task) {
        Resources resources = task.resources().orElse(DefaultValues.NO_RESOURCES);
        if (resources.cores().orElse(0) > 0 || resources.cpu().isPresent()) {
            return task;
        }
        Resources withCpu = Records.with(resources, "cpu", Optional.of(DefaultValues.CPU_MHZ));
        return Records.with(task, "resources", Optional.of(withCpu));
    }
}
