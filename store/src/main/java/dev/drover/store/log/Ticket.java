package dev.drover.store.log;

import dev.drover.store.Commit;
import dev.drover.store.Txn;
import dev.drover.store.machine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A command on its way through the log, and who waits for its answer: the thread that made this.
final class Ticket {
    private final Command command;
    private final long sinceNanos = System.nanoTime();
    private final Thread waiting = Thread.currentThread();
    private volatile @Nullable List<Commit> answer;

    /// Who came before, while this one is among the [Arrivals].
    @Nullable Ticket before;

    Ticket(Command command) {
        this.command = command;
    }

    Command command() {
        return command;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    int transactions() {
        return switch (command) {
            case Command.Transact(var txns, var _) -> txns.size();
            case Command.Compact _ -> 0;
        };
    }

    long bytes() {
        return switch (command) {
            case Command.Transact(var txns, var _) -> {
                long bytes = 0;
                for (Txn txn : txns) {
                    bytes += txn.bytes();
                }
                yield bytes;
            }
            case Command.Compact _ -> 0;
        };
    }

    void answer(List<Commit> commits) {
        answer = commits;
        LockSupport.unpark(waiting);
    }

    /// By the thread that made it.
    List<Commit> await() throws InterruptedException {
        List<Commit> commits = answer;
        while (commits == null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            commits = answer;
        }
        return commits;
    }

    /// The same unknown for each transaction.
    List<Commit> unknown(String why) {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < transactions(); i++) {
            commits.add(new Commit.Unknown(why));
        }
        return commits;
    }
}
