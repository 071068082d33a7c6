package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.hold.Holds;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The only one who gives room away, so that none is given twice: it decides about one job after
/// another on the view and on what it has just decided itself.
///
/// Without threads and clocks; the shell commits a batch as independent transactions and asks for
/// the next one with a view that has them.
public final class Placer {
    /// Jobs decided on one view: enough to share the wait for the disk, few enough that a view is
    /// never old.
    public static final int TURNS_MAX = 256;

    /// What was decided about one job. A transaction of its own.
    ///
    /// @param bug why nothing could be decided: the job's status says so, the other jobs go on
    public record Turn(ResourceName job, Decision decision, Optional<RuntimeException> bug) {
        /// Whether the job is to be looked at again once this is written: there is more to decide
        /// than went into one transaction, or other words to say now.
        public boolean goesOn() {
            return decision.lookAgain().isPresent();
        }
    }

    private Placer() {}

    /// Decides about the most urgent of the jobs, at most [#TURNS_MAX]: those that are named, and
    /// of those that wait for a place each for which a roomier node still has one when its turn
    /// comes. Decisions without actions are in the answer too.
    public static List<Turn> decide(Cluster cluster, Wakes wakes, Instant now) {
        return decide(Terrain.of(cluster), cluster, wakes, now);
    }

    /// The same for one who keeps the terrain from batch to batch.
    ///
    /// @param terrain of the same view, see [Terrain#in]
    public static List<Turn> decide(Terrain terrain, Cluster cluster, Wakes wakes, Instant now) {
        List<Turn> turns = turns(terrain, cluster, wakes, now).toList();
        for (Turn turn : turns) {
            if (turn.bug.isPresent()) {
                throw turn.bug.get();
            }
        }
        return turns;
    }

    /// The same for one who writes the first ones while the others are decided: each when it is
    /// asked for, in their order. A bug in one ends no other.
    public static Stream<Turn> turns(Terrain terrain, Cluster cluster, Wakes wakes, Instant now) {
        Room room = new Room(terrain, cluster, now);
        Holes holes = new Holes(cluster, room, wakes.roomier());
        return byUrgency(cluster, wakes).stream()
                .filter(job ->
                        wakes.jobs().contains(job)
                                || cluster.job(job).filter(holes::help).isPresent())
                .map(job -> turn(job, terrain, cluster, room, now))
                .limit(TURNS_MAX);
    }

    /// The top of each job's turn: a bug in one ends no other. It may have taken room that it gives
    /// nobody, so who comes after it in the batch is better decided in the next one.
    private static Turn turn(
            ResourceName job, Terrain terrain, Cluster cluster, Room room, Instant now) {
        try {
            return new Turn(job, decide(job, terrain, cluster, room, now), Optional.empty());
        } catch (RuntimeException bug) {
            return new Turn(job, undecided(cluster.job(job), bug, now), Optional.of(bug));
        }
    }

    private static Decision undecided(Optional<Job> job, RuntimeException bug, Instant now) {
        String because = "a bug of the scheduler, which tries again: " + bug;
        return job.filter(some -> !JobStatuses.undecided(some, because, now).equals(some.status()))
                .map(some -> some.withStatus(JobStatuses.undecided(some, because, now)))
                .map(said -> Decision.of(List.of(new Action.Replace(said)), because))
                .orElseGet(() -> Decision.nothing(because));
    }

    /// About a job that is held on room that nobody gives away: what would be done is all that its
    /// status says.
    private static Decision decide(
            ResourceName name, Terrain terrain, Cluster cluster, Room room, Instant now) {
        Optional<Job> job = cluster.job(name);
        Optional<Hold> hold = job.flatMap(_ -> cluster.heldBy(Kind.JOB, name, now));
        if (hold.isEmpty()) {
            return JobTurn.decide(name, cluster, room, now);
        }
        Decision would = JobTurn.decide(name, cluster, new Room(terrain, cluster, now), now);
        if (would.actions().stream().allMatch(action -> action.resource() instanceof Job)) {
            return would;
        }
        String because = Holds.would(hold.get(), would);
        JobStatus status = JobStatuses.held(job.get(), because, now);
        return status.equals(job.get().status())
                ? Decision.nothing(because)
                : Decision.of(List.of(new Action.Replace(job.get().withStatus(status))), because);
    }

    /// What is still to be looked at after a batch: whom it had no room for, what was not written,
    /// and everybody after the first of those, who may have been refused room that was not given
    /// away after all; and whose decision goes on. What was written as it was decided wakes nobody
    /// by itself, see [Wakes].
    ///
    /// @param decided the batch, in its order
    public static Wakes rest(Wakes wakes, List<Turn> decided, Predicate<ResourceName> lost) {
        return rest(
                wakes,
                decided.stream().map(Turn::job).toList(),
                decided.stream().filter(Turn::goesOn).map(Turn::job).toList(),
                lost);
    }

    /// The same for one who keeps no decisions that are written.
    public static Wakes rest(
            Wakes wakes,
            List<ResourceName> decided,
            List<ResourceName> goingOn,
            Predicate<ResourceName> lost) {
        List<ResourceName> again = decided.stream().dropWhile(Predicate.not(lost)).toList();
        NavigableSet<ResourceName> jobs = new TreeSet<>(wakes.jobs());
        decided.forEach(jobs::remove);
        jobs.addAll(again);
        jobs.addAll(goingOn);
        boolean open = decided.size() == TURNS_MAX || !again.isEmpty();
        return new Wakes(jobs, open ? wakes.roomier() : new TreeSet<>());
    }

    /// Stopped ones first, for they give back; then by priority; then by name, so that the order
    /// does not depend on who called first.
    private static List<ResourceName> byUrgency(Cluster cluster, Wakes wakes) {
        NavigableSet<ResourceName> jobs = new TreeSet<>(wakes.jobs());
        if (!wakes.roomier().isEmpty()) {
            cluster.waiting().forEach(job -> jobs.add(job.name()));
        }
        record Urgent(ResourceName job, int urgency) {}
        return jobs.stream()
                .map(job -> new Urgent(job, urgency(cluster, job)))
                .sorted(Comparator.comparingInt(Urgent::urgency).reversed()) // keeps their order
                .map(Urgent::job)
                .toList();
    }

    private static int urgency(Cluster cluster, ResourceName name) {
        return cluster.job(name)
                .filter(job -> !job.stopped())
                .map(Job::spec)
                .map(spec -> spec.priority().orElse(JobTurn.PRIORITY))
                .orElse(Integer.MAX_VALUE);
    }
}
