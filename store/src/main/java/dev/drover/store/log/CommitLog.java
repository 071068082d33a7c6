package dev.drover.store.log;

import dev.drover.store.Commit;
import dev.drover.store.machine.Command;
import java.util.List;

/// Puts commands into one order, has them applied in it, and publishes what cannot be lost any
/// more.
///
/// The only difference between one server and several: [LocalLog] means "on this disk", a
/// replicated one "on most disks".
public interface CommitLog extends AutoCloseable {
    /// Returns when all commands are safe, applied in this order and visible: for each, one answer
    /// for each of its transactions. Commands of others may come between them.
    ///
    /// Where that is not known (interrupted, stopped), each answer is [Commit.Unknown].
    List<List<Commit>> propose(List<Command> commands);

    /// Finishes what was proposed and takes nothing more.
    @Override
    void close();
}
