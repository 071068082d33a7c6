package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.store.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what the placer decided while it decides on: in portions with one wait for the disk each,
/// in the order of the decisions, on a thread of its own.
///
/// Decisions of one batch are made on one view and on each other, so that none has to wait until
/// those before it are written; whoever makes the next batch waits for all of them.
final class PlacerWrites {
    private static final Logger LOG = LoggerFactory.getLogger(PlacerWrites.class);

    /// Actions in a portion: their work is more than the wait for the disk, and what is under way
    /// is little enough that watches find it among what tables know lately, and need not read it.
    private static final int ACTIONS = 2_048;

    /// Turns in a portion, where each does little.
    private static final int TURNS = 64;

    /// Portions that are decided and not written: more would only fill the memory when the disk is
    /// the slower one.
    private static final int UNDER_WAY_MAX = 2;

    private final Commits commits;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("drover-placer-writer").daemon().factory());

    PlacerWrites(Commits commits) {
        this.commits = commits;
    }

    /// What became of a turn that had something to do.
    record Written(ResourceName job, Commit commit) {}

    /// Begins with a batch.
    Batch begin() {
        return new Batch();
    }

    /// Ends once the portion that is being written is written or given up: the store may be closed
    /// then.
    void stop() throws InterruptedException {
        writer.shutdownNow();
        while (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
            LOG.warn("the placer's last decisions are still being written");
        }
    }

    /// What is written of one batch. Belongs to the placer's thread.
    final class Batch {
        private final List<Written> written = new ArrayList<>();
        private final Deque<Portion> underWay = new ArrayDeque<>();
        private List<Placer.Turn> next = new ArrayList<>();
        private int actions;

        private record Portion(List<ResourceName> jobs, Future<List<Commit>> answers) {}

        /// Takes a turn, which is written before the end of the batch.
        void add(Placer.Turn turn) throws InterruptedException {
            if (turn.decision().actions().isEmpty()) {
                return;
            }
            next.add(turn);
            actions += turn.decision().actions().size();
            if (next.size() == TURNS || actions >= ACTIONS) {
                send();
            }
        }

        private void send() throws InterruptedException {
            if (underWay.size() == UNDER_WAY_MAX) {
                take(underWay.remove());
            }
            List<Placer.Turn> turns = next;
            underWay.add(
                    new Portion(
                            turns.stream().map(Placer.Turn::job).toList(),
                            writer.submit(() -> write(turns))));
            next = new ArrayList<>();
            actions = 0;
        }

        private List<Commit> write(List<Placer.Turn> turns) {
            return commits.all(turns.stream().map(Placer.Turn::decision).toList());
        }

        private void take(Portion portion) throws InterruptedException {
            try {
                List<Commit> answers = portion.answers.get();
                for (int i = 0; i < answers.size(); i++) {
                    written.add(new Written(portion.jobs.get(i), answers.get(i)));
                }
            } catch (ExecutionException e) {
                LOG.error("whether {} decisions are written is unknown", portion.jobs.size(), e);
                Commit unknown = new Commit.Unknown(String.valueOf(e.getCause()));
                portion.jobs.forEach(job -> written.add(new Written(job, unknown)));
            }
        }

        /// Writes the rest. Answers what became of every turn, in their order.
        List<Written> end() throws InterruptedException {
            if (!next.isEmpty()) {
                send();
            }
            while (!underWay.isEmpty()) {
                take(underWay.remove());
            }
            return List.copyOf(written);
        }
    }
}
