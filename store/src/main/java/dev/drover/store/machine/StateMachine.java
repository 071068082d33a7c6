package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Key;
import dev.drover.store.Limits;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.index.Tree;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import dev.drover.store.rocks.History;
import dev.drover.store.watch.Hub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies commands in the order of the log, and shows the outcome when it is safe to.
///
/// Two steps, on purpose apart. [#apply(List)] evaluates commands against what was applied before
/// and writes the outcome to the database, where nobody looks yet. [#publish(Group)] makes it
/// visible to readers and watches, once the log knows that it cannot be lost. One thread applies,
/// one publishes, in the same order.
public final class StateMachine {
    private static final String REVISION = "revision";
    private static final String COMPACTED = "compacted";

    private final Database database;
    private final Set<String> onDisk;
    private final Values values;
    private final Hub hub;
    private final Requests requests;
    private final Times times;
    private final History history;

    // What was applied; ahead of what is visible.
    private Revision revision;
    private Revision compacted;
    private Tree<Slot> tree;

    private volatile View view;

    /// Over an open database, whose newest states it reads into memory.
    ///
    /// @param onDisk the types whose values are not kept in memory
    /// @param values reads such values for readers, on whatever thread they are
    /// @param hub gets what is published
    public StateMachine(
            Database database, Limits limits, Set<String> onDisk, Values values, Hub hub) {
        this.database = database;
        this.onDisk = Set.copyOf(onDisk);
        this.values = values;
        this.hub = hub;
        this.history = new History(database);
        this.requests = new Requests(limits, database);
        this.times = new Times(database);
        this.revision = newestRevision(database);
        this.compacted = compactedRevision(database);
        this.tree = newest();
        this.view = new View(revision, compacted, tree, values);
    }

    private Tree<Slot> newest() {
        record Known(Key key, Slot slot) {}
        List<List<Known>> parts =
                database.undisturbed(() ->
                        history.newest(entry ->
                                new Known(entry.key(), Slot.of(entry, !stays(entry.key())))));
        Tree.Editor<Slot> editor = Tree.<Slot>empty().edit();
        parts.forEach(part -> part.forEach(known -> editor.put(known.key(), known.slot())));
        return editor.done();
    }

    /// The newest revision that a database holds. After compaction there may be no change left that
    /// carries it, so each compaction notes it.
    public static Revision newestRevision(Database database) {
        Revision noted = fact(database, REVISION);
        Revision changed = database.newestChange();
        return changed.after(noted) ? changed : noted;
    }

    /// What a database has forgotten: everything before it.
    public static Revision compactedRevision(Database database) {
        return fact(database, COMPACTED);
    }

    /// Has a database that nobody has open go on at a revision as if all before it had been
    /// compacted.
    public static void continueAt(Revision revision, Batch batch) {
        batch.fact(REVISION, Bytes.utf8(revision.toString()));
        batch.fact(COMPACTED, Bytes.utf8(revision.toString()));
    }

    private static Revision fact(Database database, String name) {
        return database.fact(name).map(b -> Revision.parse(b.utf8())).orElse(Revision.NONE);
    }

    /// Whether values of this key stay on disk.
    private boolean stays(Key key) {
        return !onDisk.isEmpty() && onDisk.contains(key.type());
    }

    /// Applies commands as one write.
    public Group apply(List<Command> commands) {
        try (Batch batch = database.batch()) {
            Turn turn =
                    new Turn(revision, tree.edit(), batch, requests, times, this::stays, history);
            List<List<Commit>> answers = new ArrayList<>(commands.size());
            for (Command command : commands) {
                answers.add(apply(command, turn, batch));
            }
            boolean written = !batch.isEmpty();
            if (written) {
                database.write(batch);
            }
            revision = turn.revision();
            tree = turn.tree();
            View next = new View(revision, compacted, tree, values);
            return new Group(answers, turn.changes(), next, written);
        }
    }

    private List<Commit> apply(Command command, Turn turn, Batch batch) {
        return switch (command) {
            case Command.Transact(List<Txn> txns, var time) -> {
                requests.forget(time, batch);
                List<Commit> answers = new ArrayList<>(txns.size());
                for (Txn txn : txns) {
                    answers.add(turn.transact(txn, time));
                }
                yield answers;
            }
            case Command.Compact(Revision to) -> {
                compact(to, turn.revision(), batch);
                yield List.of();
            }
        };
    }

    private void compact(Revision to, Revision now, Batch batch) {
        if (to.after(compacted) && !to.after(now)) {
            compacted = to;
            batch.fact(COMPACTED, Bytes.utf8(to.toString()));
            batch.fact(REVISION, Bytes.utf8(now.toString()));
            times.forget(to, batch);
        }
    }

    /// Makes a group visible: first to readers, then to watches, so that what a watch delivers can
    /// be read.
    public void publish(Group group) {
        hub.append(group.changes());
        view = group.view();
        hub.wake();
    }

    /// As [dev.drover.store.Store#revisionAt] says, of what is visible.
    public Revision revisionAt(Instant time) {
        return times.at(time, view.revision());
    }

    /// Where to compact to keep no more history than so many bytes of keys and values, to the
    /// second; none when all that is kept is not more.
    public Revision revisionWithin(long bytes) {
        return times.within(bytes);
    }

    /// As [dev.drover.store.Store#timeOf] says.
    public Optional<Instant> timeOf(Revision revision) {
        return times.of(revision);
    }

    /// The visible state.
    public View view() {
        return view;
    }
}
