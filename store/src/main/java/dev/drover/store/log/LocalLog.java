package dev.drover.store.log;

import dev.drover.store.Commit;
import dev.drover.store.machine.Command;
import dev.drover.store.machine.Group;
import dev.drover.store.machine.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// The log of a single server: the database's own, with one sync for all that came meanwhile.
///
/// ```text
/// callers ──commands──▶ writer ──groups──▶ syncer ──▶ answers
///                       applies            one sync for every group there is, then publishes in order
/// ```
///
/// The writer applies the next group while the syncer waits for the disk. When nothing else is
/// under way the writer syncs by itself; and a caller who was alone last time, too, does both on
/// its own thread: the way through two others takes half as long as the disk.
public final class LocalLog implements CommitLog {
    /// Callers wait beyond that; each waiting caller has one command.
    private static final int QUEUED = 65_536;

    /// Transactions of a group, rounded up to whole commands: enough to make the sync cheap, few
    /// enough that the next group is applied while the disk still has this one.
    private static final int GROUP = 512;

    private static final long GROUP_BYTES = 4 << 20;

    private static final String STOPPED = "the store has stopped after a failure of its disk";

    /// Groups that wait for the syncer; the writer waits beyond that.
    private static final int WRITTEN = 4;

    private final StateMachine machine;
    private final Runnable sync;
    private final Halt halt;
    private final Pace pace;
    private final BlockingQueue<Ticket> queue = new ArrayBlockingQueue<>(QUEUED);
    private final BlockingQueue<Pending> written = new ArrayBlockingQueue<>(WRITTEN);

    /// Groups that were applied and not published.
    private final AtomicInteger underWay = new AtomicInteger();

    /// Held by who applies: the writer, or a lone caller in its place.
    private final ReentrantLock applying = new ReentrantLock();

    /// Whether the last group was a single command. Where many call, the first of them would sync
    /// for itself while the others wait.
    private volatile boolean lone = true;

    private final Thread writer;
    private final Thread syncer;
    private volatile State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED,
        FAILED
    }

    /// A group and who waits for it; without a group nothing more will come.
    private record Pending(List<Ticket> tickets, Optional<Group> group) {}

    /// Starts its two threads.
    ///
    /// @param sync returns when everything the machine has written is on disk
    public LocalLog(StateMachine machine, Runnable sync, Halt halt, Pace pace) {
        this.machine = machine;
        this.sync = sync;
        this.halt = halt;
        this.pace = pace;
        this.writer = Thread.ofPlatform().name("store-writer").start(this::writeAll);
        this.syncer = Thread.ofPlatform().name("store-syncer").start(this::syncAll);
    }

    @Override
    public List<List<Commit>> propose(List<Command> commands) {
        List<Ticket> tickets = commands.stream().map(Ticket::new).toList();
        try {
            if (tickets.size() != 1 || !writtenAlone(tickets)) {
                for (Ticket ticket : tickets) {
                    queue.put(ticket);
                }
                if (state != State.OPEN) {
                    refuseQueued(); // perhaps nobody takes from the queue any more
                }
            }
            List<List<Commit>> answers = new ArrayList<>(tickets.size());
            for (Ticket ticket : tickets) {
                answers.add(ticket.await());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tickets.stream()
                    .map(ticket -> ticket.unknown("interrupted while waiting for the disk"))
                    .toList();
        }
    }

    /// Does what the writer would do, if nobody else wants anything.
    private boolean writtenAlone(List<Ticket> tickets) {
        if (!lone || underWay.get() > 0 || !queue.isEmpty() || !applying.tryLock()) {
            return false;
        }
        try {
            boolean open = state == State.OPEN;
            if (open) {
                write(tickets);
            }
            return open;
        } finally {
            applying.unlock();
        }
    }

    private void writeAll() {
        while (state == State.OPEN) {
            try {
                writeInTurn(queue.take());
            } catch (InterruptedException e) {
                break; // only close() does that
            }
        }
        for (Ticket left = queue.poll();
                left != null && state != State.FAILED;
                left = queue.poll()) {
            writeInTurn(left);
        }
        hand(new Pending(List.of(), Optional.empty()));
    }

    private void writeInTurn(Ticket first) {
        applying.lock();
        try {
            write(nextTickets(first));
        } finally {
            applying.unlock();
        }
    }

    private List<Ticket> nextTickets(Ticket first) {
        List<Ticket> tickets = new ArrayList<>();
        long bytes = 0;
        int transactions = 0;
        for (Ticket next = first; next != null; ) {
            tickets.add(next);
            bytes += next.bytes();
            transactions += next.transactions();
            next = transactions < GROUP && bytes < GROUP_BYTES ? queue.poll() : null;
        }
        return tickets;
    }

    /// By who holds `applying`.
    private void write(List<Ticket> tickets) {
        lone = tickets.size() == 1;
        int transactions = tickets.stream().mapToInt(Ticket::transactions).sum();
        pace.group(transactions, System.nanoTime() - tickets.getFirst().sinceNanos());
        Group group;
        try {
            group = machine.apply(tickets.stream().map(Ticket::command).toList());
        } catch (RuntimeException e) {
            fail("a transaction could not be written", e, tickets);
            return;
        }
        Pending pending = new Pending(tickets, Optional.of(group));
        if (underWay.get() == 0 && queue.isEmpty()) {
            finish(List.of(pending));
        } else {
            underWay.incrementAndGet();
            hand(pending);
        }
    }

    /// To the syncer, even if we are being closed meanwhile.
    private void hand(Pending pending) {
        boolean handed = false;
        while (!handed) {
            try {
                written.put(pending);
                handed = true;
            } catch (InterruptedException e) {
                // close() wants us to end, and we shall, after this
            }
        }
    }

    private void syncAll() {
        boolean more = true;
        while (more) {
            try {
                List<Pending> pending = new ArrayList<>();
                pending.add(written.take());
                written.drainTo(pending);
                more = pending.getLast().group().isPresent();
                pending.removeIf(p -> p.group().isEmpty());
                finish(pending);
                underWay.addAndGet(-pending.size());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the syncer", e);
            }
        }
    }

    private void finish(List<Pending> pending) {
        List<Ticket> tickets = pending.stream().flatMap(p -> p.tickets().stream()).toList();
        if (state == State.FAILED) {
            unknown(tickets, STOPPED);
            return;
        }
        List<Group> groups = pending.stream().flatMap(p -> p.group().stream()).toList();
        try {
            if (groups.stream().anyMatch(Group::written)) {
                sync.run();
            }
            groups.forEach(machine::publish);
        } catch (RuntimeException e) {
            fail("the disk did not take what was written", e, tickets);
            return;
        }
        for (Pending each : pending) {
            List<List<Commit>> answers = each.group().orElseThrow().answers();
            for (int i = 0; i < answers.size(); i++) {
                each.tickets().get(i).answer(answers.get(i));
            }
        }
    }

    private void fail(String why, RuntimeException cause, List<Ticket> tickets) {
        state = State.FAILED;
        halt.now(why, cause);
        unknown(tickets, STOPPED);
        refuseQueued();
        writer.interrupt();
    }

    private void refuseQueued() {
        List<Ticket> left = new ArrayList<>();
        queue.drainTo(left);
        unknown(left, state == State.FAILED ? STOPPED : "the store is closed");
    }

    private static void unknown(List<Ticket> tickets, String why) {
        tickets.forEach(ticket -> ticket.answer(ticket.unknown(why)));
    }

    @Override
    public void close() {
        applying.lock(); // a lone caller is done, and no other one begins
        try {
            if (state == State.OPEN) {
                state = State.CLOSED;
            }
        } finally {
            applying.unlock();
        }
        writer.interrupt();
        try {
            writer.join();
            syncer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log was closing", e);
        }
        refuseQueued();
    }
}
