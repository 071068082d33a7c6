package dev.drover.store.log;

import dev.drover.store.Commit;
import dev.drover.store.Txn;
import dev.drover.store.machine.Command;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A command on its way through the log, and who waits for its answer.
final class Ticket {
    private final Command command;
    private final long sinceNanos = System.nanoTime();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile List<Commit> answer = List.of();

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
            case Command.Transact(var txns, var _) -> txns.stream().mapToLong(Txn::bytes).sum();
            case Command.Compact _ -> 0;
        };
    }

    void answer(List<Commit> commits) {
        answer = commits;
        answered.countDown();
    }

    List<Commit> await() throws InterruptedException {
        answered.await();
        return answer;
    }

    /// The same unknown for each transaction.
    List<Commit> unknown(String why) {
        return switch (command) {
            case Command.Transact(var txns, var _) ->
                    txns.stream().<Commit>map(_ -> new Commit.Unknown(why)).toList();
            case Command.Compact _ -> List.of();
        };
    }
}
