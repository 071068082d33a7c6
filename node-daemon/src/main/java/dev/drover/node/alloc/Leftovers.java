package dev.drover.node.alloc;

import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.supervision.Adoption;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import dev.drover.node.supervision.Supervised;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Ends and removes allocations that nobody knows any more: their state could not be read, and the
/// server does not name them either.
public final class Leftovers {
    private final Path data;
    private final Supervisor supervisor;
    private final Optional<Cgroups> cgroups;

    /// In the daemon's folder.
    public Leftovers(Path data, Supervisor supervisor, Optional<Cgroups> cgroups) {
        this.data = data;
        this.supervisor = supervisor;
        this.cgroups = cgroups;
    }

    /// Ends every run of it that still goes on, then removes its folders.
    void remove(String id) throws IOException, InterruptedException {
        AllocationFolders folders = new AllocationFolders(data, id);
        for (Path task : entries(folders.runs())) {
            for (Path run : entries(task)) {
                if (supervisor.adopt(place(folders, task, run))
                        instanceof Adoption.Adopted(Supervised adopted)) {
                    adopted.kill();
                    adopted.await();
                }
            }
        }
        folders.remove();
    }

    private RunPlace place(AllocationFolders folders, Path task, Path run) {
        String name = task.getFileName().toString();
        return new RunPlace(
                run,
                new LogPlace(folders.shared().resolve("logs"), name, 1, 1),
                cgroups.map(c -> c.group(folders.group(name, run.getFileName().toString()))));
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
