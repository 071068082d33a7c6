package dev.drover.controller.admit;

import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.shape.Records;
import java.util.List;
import java.util.Optional;

/// What people change of what is there without writing its manifest anew.
public final class Amendments {
    private Amendments() {}

    /// Another count of a group, within what its `scaling` block allows.
    public static Amended counted(Job job, String name, int count) {
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        if (type.everywhere()) {
            return new Amended.Not(
                    Cause.INVALID,
                    "job %s runs on every node that suits it: it has no count"
                            .formatted(job.name()));
        }
        Optional<TaskGroup> group = job.spec().group(name);
        if (group.isEmpty()) {
            return new Amended.Not(
                    Cause.NOT_FOUND, "job %s has no group %s".formatted(job.name(), name));
        }
        Optional<Scaling> limits =
                group.get().scaling().filter(scaling -> scaling.enabled().orElse(true));
        int least = limits.flatMap(Scaling::min).orElse(0);
        int most = limits.flatMap(Scaling::max).orElse(Integer.MAX_VALUE);
        if (count < least || count > most) {
            return new Amended.Not(
                    Cause.INVALID,
                    "group %s of job %s may have %d to %d copies, as its scaling block says, not %d"
                            .formatted(name, job.name(), least, most, count));
        }
        List<TaskGroup> groups =
                job.spec().groups().stream()
                        .map(each -> each.name().equals(name) ? counted(each, count) : each)
                        .toList();
        return new Amended.To(job.withSpec(Records.with(job.spec(), "groups", groups)));
    }

    private static TaskGroup counted(TaskGroup group, int count) {
        return Records.with(group, "count", Optional.of(count));
    }

    /// A version with that tag, or none.
    ///
    /// @param others every kept version of the job
    public static Amended tagged(
            JobVersion version, Optional<String> tag, List<JobVersion> others) {
        Optional<JobVersion> holder =
                tag.flatMap(text ->
                        others.stream()
                                .filter(v -> v.spec().jobUid().equals(version.spec().jobUid()))
                                .filter(v -> v.spec().version() != version.spec().version())
                                .filter(v -> v.spec().tag().equals(Optional.of(text)))
                                .findFirst());
        return holder.isPresent()
                ? new Amended.Not(
                        Cause.CONFLICT,
                        "version %d of job %s has the tag %s: take it away first"
                                .formatted(
                                        holder.get().spec().version(),
                                        version.spec().jobName(),
                                        tag.orElse("")))
                : new Amended.To(new JobVersion(version.metadata(), version.spec().withTag(tag)));
    }
}
