package dev.drover.store.log;

import dev.drover.store.Commit;
import dev.drover.store.machine.Command;
import dev.drover.store.machine.Group;
import dev.drover.store.machine.StateMachine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    private final Arrivals arrivals = new Arrivals();

    /// Taken from the arrivals and not yet part of a group. For who holds `applying`.
    private final Deque<Ticket> queue = new ArrayDeque<>();

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
        List<Ticket> tickets = new ArrayList<>(commands.size());
        for (Command command : commands) {
            tickets.add(new Ticket(command));
        }
        try {
            if (tickets.size() != 1 || !writtenAlone(tickets)) {
                queue(tickets);
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

    private void queue(List<Ticket> tickets) {
        boolean first = false;
        for (Ticket ticket : tickets) {
            first |= arrivals.add(ticket);
        }
        if (first) {
            LockSupport.unpark(writer);
        }
        if (state != State.OPEN) {
            refuseArrivals(); // perhaps nobody takes them in any more
        }
    }

    /// Does what the writer would do, if nobody else wants anything.
    private boolean writtenAlone(List<Ticket> tickets) {
        if (!lone || underWay.get() > 0 || !arrivals.isEmpty() || !applying.tryLock()) {
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
            if (arrivals.isEmpty()) {
                LockSupport.park(arrivals); // until somebody comes, or close() interrupts
            } else {
                writeArrivals();
            }
        }
        writeArrivals();
        hand(new Pending(List.of(), Optional.empty()));
    }

    private void writeArrivals() {
        applying.lock();
        try {
            arrivals.takeInto(queue);
            while (!queue.isEmpty() && state != State.FAILED) {
                write(nextTickets());
            }
            unknown(queue, STOPPED);
            queue.clear();
        } finally {
            applying.unlock();
        }
    }

    private List<Ticket> nextTickets() {
        List<Ticket> tickets = new ArrayList<>();
        long bytes = 0;
        int transactions = 0;
        while (!queue.isEmpty() && transactions < GROUP && bytes < GROUP_BYTES) {
            Ticket next = queue.remove();
            tickets.add(next);
            bytes += next.bytes();
            transactions += next.transactions();
            if (queue.isEmpty()) {
                arrivals.takeInto(queue);
            }
        }
        return tickets;
    }

    /// By who holds `applying`.
    private void write(List<Ticket> tickets) {
        lone = tickets.size() == 1;
        int transactions = 0;
        List<Command> commands = new ArrayList<>(tickets.size());
        for (Ticket ticket : tickets) {
            transactions += ticket.transactions();
            commands.add(ticket.command());
        }
        pace.group(transactions, System.nanoTime() - tickets.getFirst().sinceNanos());
        Group group;
        try {
            group = machine.apply(commands);
        } catch (RuntimeException e) {
            fail("a transaction could not be written", e, tickets);
            return;
        }
        Pending pending = new Pending(tickets, Optional.of(group));
        if (underWay.get() == 0 && queue.isEmpty() && arrivals.isEmpty()) {
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
        refuseArrivals();
        writer.interrupt();
    }

    private void refuseArrivals() {
        Deque<Ticket> left = new ArrayDeque<>();
        arrivals.takeInto(left);
        unknown(left, state == State.FAILED ? STOPPED : "the store is closed");
    }

    private static void unknown(Collection<Ticket> tickets, String why) {
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
        refuseArrivals();
    }
}
