package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.Commit;
import dev.drover.store.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of the one placer: takes the names of jobs that may have to be decided anew, lets the
/// [Placer] decide a batch, commits it, and waits until the view has what was written.
///
/// Names come from two sides: of jobs that people changed from the Operator SDK, of jobs whose
/// allocations or nodes changed straight from the view, since the SDK takes a lock for each event
/// and there may be a million of them.
final class PlacerLoop implements LiveView.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PlacerLoop.class);

    /// The view follows within a millisecond; when it does not, an old view costs a conflict.
    private static final Duration VIEW_WAIT = Duration.ofSeconds(2);

    /// After a lost race: a pause, so that one that is always lost does not take the machine.
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(5);

    /// Before a job is tried again whose turn failed by a bug or was refused by the store.
    private static final Duration TROUBLE_WAIT = Duration.ofSeconds(5);

    private final LiveView view;
    private final Commits commits;
    private final Alarms alarms;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Set<ResourceName> dirty = new TreeSet<>(); // at most every job once
    private final Thread thread;

    PlacerLoop(Turns.Shared shared) {
        this.view = shared.view();
        this.commits = shared.commits();
        this.alarms = shared.alarms();
        this.clock = shared.clock();
        this.thread = Thread.ofPlatform().name("drover-placer").daemon().unstarted(this::run);
    }

    void start() {
        Cluster first = view.listen(this);
        List<ResourceName> all = new ArrayList<>();
        first.jobs().forEach(job -> all.add(job.name()));
        first.belongings()
                .allocations()
                .forEach(of -> of.stream().findFirst().flatMap(Cluster::jobOf).ifPresent(all::add));
        look(all);
        thread.start();
    }

    /// These jobs may have to be decided anew.
    void look(Collection<ResourceName> jobs) {
        lock.lock();
        try {
            dirty.addAll(jobs);
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed(List<ClusterChange> changes, Cluster cluster) {
        Set<ResourceName> woken = Wakes.of(changes, cluster);
        if (!woken.isEmpty()) {
            look(woken);
        }
    }

    private void run() {
        try {
            while (true) {
                turn(take());
            }
        } catch (InterruptedException closed) {
            LOG.debug("the placer is closed");
        }
    }

    private Set<ResourceName> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (dirty.isEmpty()) {
                some.await();
            }
            Set<ResourceName> taken = new TreeSet<>(dirty);
            dirty.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void turn(Set<ResourceName> jobs) throws InterruptedException {
        List<Placer.Turn> turns;
        try {
            turns = Placer.decide(view.cluster(), jobs, clock.instant());
        } catch (IllegalStateException | IllegalArgumentException bug) {
            LOG.error("a bug in the placer: {} jobs are tried again", jobs.size(), bug);
            again(jobs, TROUBLE_WAIT);
            return;
        }
        turns.forEach(turn -> jobs.remove(turn.job()));
        look(jobs); // those that the batch had no room for
        write(turns.stream().filter(turn -> !turn.decision().actions().isEmpty()).toList());
    }

    private void write(List<Placer.Turn> turns) throws InterruptedException {
        if (turns.isEmpty()) {
            return;
        }
        List<Decision> decisions = turns.stream().map(Placer.Turn::decision).toList();
        List<Commit> answers = commits.all(decisions);
        Revision newest = Revision.NONE;
        Set<ResourceName> lost = new TreeSet<>();
        for (int i = 0; i < turns.size(); i++) {
            ResourceName job = turns.get(i).job();
            switch (answers.get(i)) {
                case Commit.Done done ->
                        newest = done.revision().after(newest) ? done.revision() : newest;
                case Commit.Conflict conflict -> {
                    lost.add(job);
                    Revision seen = conflict.otherwise().revision();
                    newest = seen.after(newest) ? seen : newest;
                }
                case Commit.Unknown _ -> lost.add(job);
                case Commit.Refused(String why) -> {
                    LOG.warn("the store refuses what was decided about job {}: {}", job, why);
                    again(Set.of(job), TROUBLE_WAIT);
                }
            }
        }
        view.await(newest, VIEW_WAIT);
        again(lost, AFTER_CONFLICT);
    }

    private void again(Set<ResourceName> jobs, Duration after) {
        Instant when = clock.instant().plus(after);
        for (ResourceName job : jobs) {
            alarms.set(new Alarms.Key(job), when, () -> look(Set.of(job)));
        }
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
