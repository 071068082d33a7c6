package dev.drover.node.task;

import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;

/// A task and everything above it.
public record TaskSubject(Assignment allocation, AssignedJob job, TaskGroup group, Task task) {
    /// `job.group[index]`.
    String allocationName() {
        return job.name() + "." + group.name() + "[" + allocation.spec().index() + "]";
    }

    /// The policy it is restarted by.
    RestartRules restartRules() {
        return RestartRules.of(job.spec().type().orElse(JobType.SERVICE), group, task);
    }
}
