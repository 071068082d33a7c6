package dev.drover.node.environment;

import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A task and everything above it.
public record TaskSubject(Assignment allocation, AssignedJob job, TaskGroup group, Task task) {
    /// `job.group[index]`.
    public String allocationName() {
        return job.name() + "." + group.name() + "[" + allocation.spec().index() + "]";
    }

    /// What the task may use: more memory than it asks for only where the server grants it, never
    /// less.
    public Optional<Resources> resources() {
        boolean more =
                allocation.spec().granted().memoryMaxMib().isPresent()
                        && task.resources()
                                .filter(r -> r.memoryMaxMib().orElse(0) > r.memoryMib().orElse(0))
                                .isPresent();
        return more ? task.resources() : task.resources().map(Resources::withoutMemoryMax);
    }

    /// The devices of the node that are the task's own.
    public Stream<GrantedDevice> devices() {
        return allocation.spec().granted().devices().stream()
                .filter(device -> device.task().equals(task.name()));
    }

    /// The cores of the node that are the task's own: the tasks of a group get theirs in order.
    public List<Integer> cores() {
        int before = 0;
        for (Task other : group.tasks()) {
            int own = other.resources().flatMap(Resources::cores).orElse(0);
            if (other.name().equals(task.name())) {
                return allocation.spec().granted().cores().stream()
                        .skip(before)
                        .limit(own)
                        .toList();
            }
            before += own;
        }
        return List.of();
    }
}
