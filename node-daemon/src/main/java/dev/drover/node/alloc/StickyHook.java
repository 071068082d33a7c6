package dev.drover.node.alloc;

import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Takes over the data of the copy that was in an allocation's place before: what all tasks wrote
/// to `alloc/data`, and the `local` folder of each. It is moved, never copied, and only from a copy
/// that has ended; the runner waits for that. From another node nothing is fetched, and the tasks
/// say so.
public final class StickyHook implements AllocationHook {
    private static final String MOVED = "Data Moved";
    private static final String LOST = "Data Lost";

    private final Function<String, Optional<AllocationRunner>> here;
    private final InstantSource clock;

    /// @param here the allocations of this node, by id
    public StickyHook(Function<String, Optional<AllocationRunner>> here, InstantSource clock) {
        this.here = here;
        this.clock = clock;
    }

    @Override
    public List<TaskEvent> prepare(AllocationMemory allocation, AllocationFolders folders)
            throws IOException {
        Optional<String> before = allocation.heirOf();
        if (before.isEmpty()) {
            return List.of();
        }
        String id = before.get();
        Optional<AllocationRunner> known = here.apply(id);
        if (known.isEmpty()) {
            return told(
                    LOST,
                    "The data of allocation "
                            + id
                            + " is not on this node, and is not fetched from another one");
        }
        if (known.get().over().getCount() > 0) {
            return told(LOST, "The data of allocation " + id + " stays there: it still runs");
        }
        AllocationFolders old = known.get().folders();
        boolean moved = move(old.shared().resolve("data"), folders.shared().resolve("data"));
        for (Task task :
                allocation
                        .job()
                        .spec()
                        .group(allocation.assignment().spec().group())
                        .map(TaskGroup::tasks)
                        .orElse(List.of())) {
            moved |= move(old.task(task.name()).local(), folders.task(task.name()).local());
        }
        return moved
                ? told(MOVED, "Took over alloc/data and local of allocation " + id)
                : List.of();
    }

    private List<TaskEvent> told(String type, String message) {
        return List.of(new TaskEvent(clock.instant(), type, message));
    }

    /// Puts a folder in the place of an empty one, at once: after a crash it is here or there. What
    /// is not empty was taken over before, or has been written to since.
    private static boolean move(Path from, Path to) throws IOException {
        if (isEmpty(from) || !isEmpty(to)) {
            return false;
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (NoSuchFileException taken) {
            return true;
        }
    }

    @Override
    public void undo(AllocationMemory allocation, AllocationFolders folders) {
        // What was taken over goes with everything else of the allocation.
    }
}
