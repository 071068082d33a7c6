package dev.drover.node.alloc;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import dev.drover.node.task.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// That an allocation was stopped because its node heard nothing from the server. Kept, since the
/// daemon that can tell the server may be another one.
///
/// @param after the silence that its group bears
public record SilentStop(Duration after) {
    private static final Logger LOG = LoggerFactory.getLogger(SilentStop.class);

    /// Decided now.
    static SilentStop keep(AllocationFolders folders, Duration after) {
        LOG.warn("allocation {} is stopped: the server is silent for {}", folders.id(), after);
        SilentStop stop = new SilentStop(after);
        try {
            file(folders).write(stop);
        } catch (IOException e) {
            // It stops all the same, though a daemon that takes over may tell that it is complete.
            LOG.error("allocation {}: why it stops cannot be kept", folders.id(), e);
        }
        return stop;
    }

    /// What was decided before.
    static Optional<SilentStop> recall(AllocationFolders folders) throws IOException {
        return switch (file(folders).read()) {
            case Recall.Known<SilentStop>(SilentStop known) -> Optional.of(known);
            case Recall.Nothing<SilentStop>() -> Optional.empty();
            case Recall.Corrupt<SilentStop>(Path movedTo, String because) -> {
                LOG.error("{} is kept for you to look at: {}", movedTo, because);
                yield Optional.empty();
            }
        };
    }

    private static StateFile<SilentStop> file(AllocationFolders folders) {
        return new StateFile<>(folders.state().resolve("silent"), SilentStop.class);
    }

    /// What one is of which nothing failed: its tasks have not done what they were to do, so it is
    /// not complete. Like one of a lost node it is replaced.
    AllocationStatus told(AllocationStatus complete) {
        return new AllocationStatus(
                AllocationPhase.LOST,
                "its node stopped it: it heard nothing from the server for " + Words.of(after),
                complete.tasks(),
                complete.healthy(),
                complete.reported(),
                complete.finished(),
                complete.services());
    }
}
