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
    /// Returns when the command is safe, applied and visible: one answer for each of its
    /// transactions.
    ///
    /// Where that is not known (interrupted, stopped), each answer is [Commit.Unknown].
    List<Commit> propose(Command command);

    /// Finishes what was proposed and takes nothing more.
    @Override
    void close();
}
