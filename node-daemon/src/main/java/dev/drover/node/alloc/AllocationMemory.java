package dev.drover.node.alloc;

import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the server said last about an allocation, and the job it is of.
public record AllocationMemory(Assignment assignment, AssignedJob job) {
    /// The copy whose data it takes over: that which was in its place before, where its group's
    /// disk is sticky.
    Optional<String> heirOf() {
        return sticks().isPresent() ? assignment.spec().previous() : Optional.empty();
    }

    /// Whether it takes that over from another node, too.
    boolean migrates() {
        return sticks().flatMap(EphemeralDisk::migrate).orElse(false);
    }

    private Optional<EphemeralDisk> sticks() {
        return group().flatMap(TaskGroup::ephemeralDisk)
                .filter(disk -> disk.sticky().orElse(false));
    }

    /// Its group, which a broken server may not have told.
    public Optional<TaskGroup> group() {
        return job.spec().group(assignment.spec().group());
    }

    /// What it leaves to the next copy: what all tasks wrote to `alloc/data`, and the `local`
    /// folder of each; beneath its own folder.
    public List<Path> heritage() {
        List<Path> folders = new ArrayList<>(List.of(Path.of(FolderName.SHARED, "data")));
        for (Task task : group().map(TaskGroup::tasks).orElse(List.of())) {
            folders.add(Path.of(FolderName.of(task.name()), "local"));
        }
        return folders;
    }

    /// Whether it should end.
    boolean unwanted() {
        return assignment.spec().desired() != DesiredState.RUN;
    }

    /// Its id.
    public String id() {
        return assignment.id();
    }
}
