package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which blocks a job of each type may have.
final class TypeRules {
    private static final Set<JobType> TO_THE_END = EnumSet.of(JobType.BATCH, JobType.SYSBATCH);
    private static final Set<JobType> LONG = EnumSet.of(JobType.SERVICE, JobType.SYSTEM);

    private TypeRules() {}

    /// A block by its component, the types that may have it, and why the others may not.
    private record Only(String block, Set<JobType> types, String why) {}

    private static final List<Only> OF_JOBS =
            List.of(
                    new Only(
                            "update", LONG, "only jobs that run for ever are updated step by step"),
                    new Only(
                            "migrate",
                            EnumSet.of(JobType.SERVICE),
                            "only services are moved while they run"),
                    new Only(
                            "reschedule",
                            EnumSet.of(JobType.SERVICE, JobType.BATCH),
                            "a copy on every node cannot be placed on another one"),
                    new Only(
                            "affinities",
                            EnumSet.of(JobType.SERVICE, JobType.BATCH),
                            "a job that runs on every node has no choice"),
                    new Only(
                            "spreads",
                            EnumSet.of(JobType.SERVICE, JobType.BATCH),
                            "a job that runs on every node has no choice"),
                    new Only("periodic", TO_THE_END, "a job that never ends cannot begin again"),
                    new Only("parameterized", TO_THE_END, "a dispatched job runs to its end"));

    private static final List<Only> OF_GROUPS =
            List.of(
                    OF_JOBS.get(0),
                    OF_JOBS.get(1),
                    OF_JOBS.get(2),
                    OF_JOBS.get(3),
                    OF_JOBS.get(4),
                    new Only(
                            "maxRunDuration",
                            TO_THE_END,
                            "a job that never ends has no longest time"));

    static void check(Job job, Report report) {
        JobSpec spec = job.spec();
        JobType type = spec.type().orElse(JobType.SERVICE);
        OF_JOBS.forEach(only -> check(only, type, spec, Path.ROOT, report));
        for (Parts.GroupPart part : Parts.groups(job)) {
            TaskGroup group = part.group();
            OF_GROUPS.forEach(only -> check(only, type, group, part.path(), report));
        }
    }

    private static void check(Only only, JobType type, Record of, Path path, Report report) {
        if (only.types().contains(type) || !present(of, only.block())) {
            return;
        }
        String word = only.block().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
        report.add(
                Code.NOT_FOR_THIS_TYPE,
                path.field(only.block()),
                "jobs of type " + type.name().toLowerCase(Locale.ROOT) + " have no " + word,
                only.why(),
                "remove it, or change the job's type");
    }

    private static boolean present(Record of, String component) {
        Object value =
                RecordShape.of(of.getClass()).components().stream()
                        .filter(c -> c.name().equals(component))
                        .findFirst()
                        .orElseThrow()
                        .read(of);
        return switch (value) {
            case Optional<?> optional -> optional.isPresent();
            case Collection<?> collection -> !collection.isEmpty();
            default -> true; // plain components are always there
        };
    }
}
