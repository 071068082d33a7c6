package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Terrain;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.Commit;
import dev.drover.store.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of the one placer: takes the names of jobs that may have to be decided anew, lets the
/// [Placer] decide a batch, has it written meanwhile, and waits until the view has what was
/// written.
///
/// Names come from two sides: of jobs that people changed from the Operator SDK, of jobs whose
/// allocations or nodes changed straight from the view, since the SDK takes a lock for each event
/// and there may be a million of them.
final class PlacerLoop implements LiveView.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(PlacerLoop.class);

    /// Before a job is tried again whose turn failed by a bug or was refused by the store.
    private static final Duration TROUBLE_WAIT = Duration.ofSeconds(5);

    private final LiveView view;
    private final PlacerWrites writes;
    private final Alarms alarms;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private Wakes pending = Wakes.none(); // at most every job and node once
    private Terrain terrain = Terrain.of(Cluster.empty()); // of the placer's thread alone
    private final Thread thread;

    PlacerLoop(Turns.Shared shared) {
        this.view = shared.view();
        this.writes = new PlacerWrites(shared.commits());
        this.alarms = shared.alarms();
        this.clock = shared.clock();
        this.thread = Thread.ofPlatform().name("drover-placer").daemon().unstarted(this::run);
    }

    void start() {
        Cluster cluster = view.listen(this);
        cluster.holds().forEach(this::lookWhenOver);
        look(Wakes.all(cluster));
        thread.start();
    }

    /// These may have to be looked at anew.
    void look(Wakes wakes) {
        lock.lock();
        try {
            pending = pending.and(wakes);
            some.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed(List<ClusterChange> changes, Cluster cluster) {
        Wakes wakes = Wakes.of(changes, cluster);
        if (!wakes.isEmpty()) {
            look(wakes);
        }
        for (ClusterChange change : changes) {
            if (change.newest() instanceof Hold hold && change.after().isPresent()) {
                lookWhenOver(hold);
            }
        }
    }

    /// Nothing is written when the time of a hold is over: what it kept back is looked at then.
    private void lookWhenOver(Hold hold) {
        List<ClusterChange> over = List.of(ClusterChange.changed(hold, hold));
        hold.spec()
                .until()
                .ifPresent(end ->
                        alarms.set(
                                new Alarms.Key(hold.spec()),
                                end,
                                () -> look(Wakes.of(over, view.cluster()))));
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

    private Wakes take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pending.isEmpty()) {
                some.await();
            }
            Wakes taken = pending;
            pending = Wakes.none();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void turn(Wakes wakes) throws InterruptedException {
        PlacerWrites.Batch batch = writes.begin();
        List<ResourceName> decided = new ArrayList<>();
        List<ResourceName> goingOn = new ArrayList<>();
        Set<ResourceName> broken = new TreeSet<>(); // at most one: it ends the batch
        boolean failed = false;
        try {
            Cluster cluster = view.cluster();
            terrain = terrain.in(cluster);
            Iterator<Placer.Turn> turns =
                    Placer.turns(terrain, cluster, wakes, clock.instant()).iterator();
            while (broken.isEmpty() && turns.hasNext()) {
                Placer.Turn turn = turns.next();
                decided.add(turn.job());
                if (turn.goesOn()) {
                    goingOn.add(turn.job());
                }
                if (turn.bug().isPresent()) {
                    LOG.error("a bug in the turn of job {}", turn.job(), turn.bug().get());
                    broken.add(turn.job());
                }
                batch.add(turn);
            }
        } catch (RuntimeException bug) {
            LOG.error("a bug in the placer: it tries again", bug);
            failed = true;
        }
        Set<ResourceName> refused = new TreeSet<>();
        Set<ResourceName> lost = lost(batch.end(), refused);
        refused.addAll(broken);
        again(Wakes.jobs(refused), TROUBLE_WAIT);
        Wakes rest =
                Placer.rest(
                                wakes,
                                decided,
                                goingOn,
                                job -> lost.contains(job) || broken.contains(job))
                        .without(broken);
        if (failed) {
            again(wakes, TROUBLE_WAIT);
        } else if (lost.isEmpty()) {
            look(rest); // whom the batch had no room for
        } else {
            again(Wakes.jobs(rest.without(lost).jobs()), Backoff.SHORTEST);
            again(new Wakes(new TreeSet<>(lost), rest.roomier()), longest(lost));
        }
        decided.stream().filter(job -> !lost.contains(job)).forEach(backoff::done);
    }

    /// How long who lost waits. What nodes have to give again waits too: it would wake them.
    private Duration longest(Set<ResourceName> lost) {
        return lost.stream()
                .map(backoff::lost)
                .max(Comparator.naturalOrder())
                .orElse(Backoff.SHORTEST);
    }

    /// Answers whose turns lost a race. Returns once the view has everything that was written,
    /// however long that takes: on an older one, room that is taken would be given again.
    private Set<ResourceName> lost(List<PlacerWrites.Written> written, Set<ResourceName> refused)
            throws InterruptedException {
        Revision newest = Revision.NONE;
        Set<ResourceName> lost = new TreeSet<>();
        for (PlacerWrites.Written turn : written) {
            switch (turn.commit()) {
                case Commit.Done done -> newest = later(newest, done.revision());
                case Commit.Conflict conflict -> {
                    lost.add(turn.job());
                    newest = later(newest, conflict.otherwise().revision());
                }
                case Commit.Unknown _ -> lost.add(turn.job());
                case Commit.Refused(String why) -> {
                    LOG.warn(
                            "the store refuses what was decided about job {}: {}", turn.job(), why);
                    refused.add(turn.job());
                }
            }
        }
        view.await(newest);
        return lost;
    }

    private static Revision later(Revision one, Revision other) {
        return one.after(other) ? one : other;
    }

    private void again(Wakes wakes, Duration after) {
        if (!wakes.isEmpty()) {
            alarms.set(new Alarms.Key(wakes), clock.instant().plus(after), () -> look(wakes));
        }
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        writes.stop();
    }
}
