package dev.drover.node.alloc;

import dev.drover.manifests.model.TaskEvent;
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
/// that has ended; the runner waits for that, and for what comes from another node.
public final class StickyHook implements AllocationHook {
    private static final String MOVED = "Data Moved";
    static final String LOST = "Data Lost";

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
            return fromElsewhere(id, allocation, folders);
        }
        if (known.get().over().getCount() > 0) {
            return told(LOST, "The data of allocation " + id + " stays there: it still runs");
        }
        return takeOver(known.get().folders().home(), allocation, folders)
                ? told(MOVED, "Took over alloc/data and local of allocation " + id)
                : List.of();
    }

    private List<TaskEvent> fromElsewhere(
            String id, AllocationMemory allocation, AllocationFolders folders) throws IOException {
        if (Files.isDirectory(folders.arrived())) {
            takeOver(folders.arrived(), allocation, folders);
            folders.removeArrived();
            return told(
                    MOVED, "Took over alloc/data and local of allocation " + id + " from its node");
        }
        return allocation.migrates()
                ? List.of() // its tasks were told why
                : told(
                        LOST,
                        "The data of allocation "
                                + id
                                + " is not on this node; `migrate = true` would fetch it");
    }

    private static boolean takeOver(Path home, AllocationMemory allocation, AllocationFolders to)
            throws IOException {
        boolean moved = false;
        for (Path folder : allocation.heritage()) {
            moved |= move(home.resolve(folder), to.home().resolve(folder));
        }
        return moved;
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
