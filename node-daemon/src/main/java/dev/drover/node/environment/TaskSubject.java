package dev.drover.node.environment;

import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;

/// A task and everything above it.
public record TaskSubject(Assignment allocation, AssignedJob job, TaskGroup group, Task task) {
    /// `job.group[index]`.
    public String allocationName() {
        return job.name() + "." + group.name() + "[" + allocation.spec().index() + "]";
    }
}
