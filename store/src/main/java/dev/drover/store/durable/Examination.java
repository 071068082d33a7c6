package dev.drover.store.durable;

import dev.drover.store.Revision;
import dev.drover.store.machine.StateMachine;
import dev.drover.store.rocks.Database;
import dev.drover.store.rocks.Examiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a look at every byte of a closed store has found.
///
/// @param cluster which store it is; empty when it cannot be opened
/// @param compacted what was before is forgotten
/// @param newest the last revision
/// @param damage empty when all is well
public record Examination(
        String cluster,
        Revision compacted,
        Revision newest,
        Examiner.Counts counts,
        List<Examiner.Damage> damage) {
    /// Takes a copy of the list.
    public Examination {
        damage = List.copyOf(damage);
    }

    /// Examines the store in a folder, and changes nothing in it.
    ///
    /// @throws IOException when there is no store
    public static Examination of(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("CURRENT"))) {
            throw new IOException("there is no store in " + folder);
        }
        Examiner examiner = new Examiner(folder);
        examiner.tables();
        String cluster = "";
        Revision compacted = Revision.NONE;
        Revision newest = Revision.NONE;
        try (Database database = Database.examine(folder)) {
            cluster = Identity.known(database).cluster();
            compacted = StateMachine.compactedRevision(database);
            newest = StateMachine.newestRevision(database);
            examiner.records(database, compacted, newest);
        } catch (UncheckedIOException | IllegalStateException e) {
            examiner.found(folder.toString(), String.valueOf(e.getMessage()));
        }
        return new Examination(cluster, compacted, newest, examiner.counts(), examiner.found());
    }
}
