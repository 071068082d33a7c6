package dev.drover.store.durable;

import dev.drover.store.Commit;
import dev.drover.store.log.CommitLog;
import dev.drover.store.machine.Command;
import dev.drover.store.machine.Group;
import dev.drover.store.machine.StateMachine;
import java.util.List;

/// Another log, without threads and without a disk of its own: what a replicated one will stand in
/// for.
final class DirectLog implements CommitLog {
    private final StateMachine machine;

    DirectLog(StateMachine machine) {
        this.machine = machine;
    }

    @Override
    public synchronized List<List<Commit>> propose(List<Command> commands) {
        Group group = machine.apply(commands);
        machine.publish(group);
        return group.answers();
    }

    @Override
    public void close() {}
}
