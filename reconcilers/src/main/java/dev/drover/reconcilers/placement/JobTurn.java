package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.EvaluationSpec;
import dev.drover.manifests.model.EvaluationStatus;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.counting.AllocationPlan;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.deployment.Deployments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One turn of the placer for one job: what is to stop, what goes where, and what the job's status
/// says about it. All of it, with its evaluation, is one transaction.
final class JobTurn {
    /// Copies placed in one part of a decision: with the nodes they compare and 1 KB each some 2 MB
    /// of the 4 that a transaction may have.
    private static final int PLACED_MAX = 2_000;

    /// Existing copies stopped, and as many updated in place, in one part: each with its whole
    /// status.
    private static final int CHANGED_MAX = 500;

    /// Ids that an evaluation lists: what a person can look through, far below the size of a value.
    private static final int LISTED_MAX = 5_000;

    /// Of a job that names none.
    static final int PRIORITY = 50;

    private final Cluster cluster;
    private final Room room;
    private final Job job;
    private final Instant now;
    private final String evaluation;
    private final List<Action> actions = new ArrayList<>();
    private final List<Allocation> placed = new ArrayList<>();
    private final BitSet nodes = new BitSet(); // where they are, by number
    private final List<String> stopped = new ArrayList<>();
    private final SortedMap<String, Allocation> stays = new TreeMap<>(); // by id
    private int carried;
    private int evicted;
    private boolean cut;
    private Optional<Deployment> deployment = Optional.empty();

    private JobTurn(Cluster cluster, Room room, Job job, Instant now) {
        this.cluster = cluster;
        this.room = room;
        this.job = job;
        this.now = now;
        this.evaluation = job.status().evaluation().orElseGet(() -> firstEvaluation(job));
    }

    private static String firstEvaluation(Job job) {
        return Slot.hash(
                "evaluation\n"
                        + job.metadata().uid().orElse("")
                        + '\n'
                        + job.metadata().generation());
    }

    /// What should be done about the job of that name, which need not exist.
    static Decision decide(ResourceName name, Cluster cluster, Room room, Instant now) {
        Optional<Job> job = cluster.job(name);
        if (job.isEmpty()) {
            return orphans(cluster.allocationsOf(name));
        }
        return new JobTurn(cluster, room, job.get(), now).decide();
    }

    /// Copies of a job that is gone, or of an earlier life of its name.
    private static Decision orphans(Iterable<Allocation> copies) {
        List<Action> actions = new ArrayList<>();
        for (AllocationPlan.Stop stop : AllocationPlan.ofNothing(copies, "its job is gone")) {
            if (actions.size() < CHANGED_MAX) {
                actions.add(new Action.Replace(GroupPlacer.stopped(stop)));
            }
        }
        return actions.isEmpty()
                ? Decision.nothing("there is no such job")
                : Decision.of(actions, "the job is gone: its allocations stop");
    }

    private Decision decide() {
        List<Allocation> ours = new ArrayList<>();
        List<Allocation> strangers = new ArrayList<>();
        for (Allocation copy : cluster.allocationsOf(job.name())) {
            boolean mine = job.metadata().uid().equals(Optional.of(copy.spec().jobUid()));
            (mine ? ours : strangers).add(copy);
        }
        stop(AllocationPlan.ofNothing(strangers, "its job is gone"));
        Optional<JobSpec> spec = cluster.spec(job);
        if (spec.isEmpty()) {
            return Decision.of(
                    actions, "version " + job.status().version() + " of the job is not kept");
        }
        if (job.stopped()) {
            stop(AllocationPlan.ofNothing(ours, "the job is stopped"));
            return written(List.of(), JobStatuses.stopped(job, ours, now), "the job is stopped");
        }
        if (spec.get().periodic().isPresent() || spec.get().parameterized().isPresent()) {
            String because = "it is launched, not run";
            stop(AllocationPlan.ofNothing(ours, because)); // of versions that were run
            return written(List.of(), JobStatuses.launcher(job, now), because);
        }
        return placed(spec.get(), ours);
    }

    private Decision placed(JobSpec spec, List<Allocation> ours) {
        deployment = Deployments.of(job, cluster).or(() -> begun(spec, ours));
        GroupPlacer placer = placer(spec);
        List<Allocation> all = new ArrayList<>(ours);
        List<GroupTurn> turns = new ArrayList<>();
        boolean together = spec.allAtOnce().orElse(false);
        Optional<Preemption.Promises> before =
                together ? Optional.of(room.preemption().promises()) : Optional.empty();
        for (TaskGroup group : spec.groups()) {
            int left = together ? Integer.MAX_VALUE : PLACED_MAX - all.size() + ours.size();
            GroupTurn turn = placer.decide(group, all, left);
            all.addAll(turn.placing().placed());
            turns.add(turn);
        }
        if (together && turns.stream().anyMatch(turn -> turn.queued() > 0)) {
            boolean vain = turns.stream().anyMatch(turn -> turn.placing().vain());
            before.filter(_ -> vain).ifPresent(room.preemption()::takeBack);
            turns.replaceAll(turn -> turn.withoutPlaces(room, vain));
        }
        for (GroupTurn turn : turns) {
            placed.addAll(turn.placing().placed());
            nodes.or(turn.placing().nodes());
            cut |= turn.placing().more() > 0;
            stop(turn.plan().stops());
            carry(turn.plan().inPlace(), placer);
        }
        stop(AllocationPlan.ofNothing(ofOtherGroups(spec, ours), "its group was removed"));
        place();
        turns.forEach(turn -> evict(turn.placing().victims()));
        asSeen();
        JobStatus status = JobStatuses.of(job, turns, deployment, now);
        deployment.flatMap(some -> deploys(some, turns, status)).ifPresent(actions::add);
        return written(turns, status, because(turns));
    }

    /// How far the deployment is now, on condition that nobody has steered it meanwhile.
    private Optional<Action> deploys(Deployment some, List<GroupTurn> turns, JobStatus status) {
        boolean begins = some.metadata().resourceVersion().isEmpty();
        if (!begins && actions.isEmpty()) {
            return Optional.empty();
        }
        List<Allocation> copies = turns.stream().flatMap(turn -> turn.after().stream()).toList();
        Deployment after =
                cut ? some : Deployments.after(some, job.withStatus(status), copies, cluster, now);
        if (begins) {
            return Optional.of(new Action.Create(after));
        }
        return Optional.of(
                after.equals(some) ? new Action.Unchanged(some) : new Action.Replace(after));
    }

    private GroupPlacer placer(JobSpec spec) {
        var context = new GroupPlacer.TurnContext(evaluation, now, deployment);
        return new GroupPlacer(cluster, room, job, spec, context);
    }

    /// The deployment of a version begins with the first decision about it.
    private Optional<Deployment> begun(JobSpec spec, List<Allocation> ours) {
        GroupPlacer placer = placer(spec);
        SortedMap<String, Deployments.Scope> scopes = new TreeMap<>();
        for (TaskGroup group : Deployments.groups(spec)) {
            scopes.put(group.name(), placer.scope(group, ours));
        }
        return Deployments.begin(job, spec, scopes, now);
    }

    private static List<Allocation> ofOtherGroups(JobSpec spec, List<Allocation> ours) {
        return ours.stream().filter(a -> spec.group(a.spec().group()).isEmpty()).toList();
    }

    private void stop(List<AllocationPlan.Stop> stops) {
        for (AllocationPlan.Stop stop : stops) {
            if (stopped.size() == CHANGED_MAX) {
                cut = true;
                return;
            }
            stopped.add(stop.allocation().id());
            stop.stays().ifPresent(copy -> stays.put(copy.id(), copy));
            actions.add(new Action.Replace(GroupPlacer.stopped(stop)));
        }
    }

    private void carry(List<Allocation> inPlace, GroupPlacer placer) {
        for (Allocation copy : inPlace) {
            if (carried == CHANGED_MAX) {
                cut = true;
                return;
            }
            carried++;
            actions.add(new Action.Replace(placer.carried(copy)));
        }
    }

    /// On condition that each node still takes new allocations.
    private void place() {
        placed.forEach(copy -> actions.add(new Action.Create(copy)));
        nodes.stream().forEach(node -> actions.add(new Action.Unchanged(room.node(node))));
    }

    /// On condition that each copy for which another one stops is as it was seen, where it is not
    /// written itself.
    private void asSeen() {
        for (Action action : actions) {
            if (action.resource() instanceof Allocation written) {
                stays.remove(written.id());
            }
        }
        stays.values().forEach(copy -> actions.add(new Action.Unchanged(copy)));
    }

    /// Asks copies of other jobs to leave, on condition that those are of a lower priority still.
    private void evict(List<Allocation> victims) {
        if (victims.isEmpty()) {
            return; // as nearly always
        }
        String because =
                "evicted: job %s of priority %d needs its room"
                        .formatted(job.metadata().name(), job.spec().priority().orElse(PRIORITY));
        for (Allocation victim : victims) {
            evicted++;
            actions.add(
                    new Action.Replace(
                            victim.withSpec(victim.spec().stopped(DesiredState.EVICT, because))));
            Job other = Cluster.jobOf(victim).flatMap(cluster::job).orElseThrow();
            Action seen = new Action.Unchanged(other);
            if (!actions.contains(seen)) {
                actions.add(seen);
            }
        }
    }

    /// Closes the turn. A part of a large decision leaves the job as it is: the last part records
    /// the whole.
    private Decision written(List<GroupTurn> turns, JobStatus status, String because) {
        if (cut) {
            actions.add(new Action.Unchanged(job));
            return new Decision(
                    actions,
                    "a large decision is written in parts: the rest follows",
                    Optional.of(now));
        }
        boolean unseen = job.status().observedGeneration() < job.metadata().generation();
        if (unseen || !actions.isEmpty() || newlyBlocked(turns)) {
            actions.add(new Action.Create(record(turns, because)));
            actions.add(new Action.Replace(job.withStatus(next(status))));
        } else if (!status.equals(job.status())) {
            actions.add(new Action.Replace(job.withStatus(status)));
        }
        return actions.isEmpty() || isFirstAndWhole(turns)
                ? Decision.of(actions, because)
                : new Decision(actions, because, Optional.of(now));
    }

    /// Whether the job had no copies and all that it wants have found a place: a second look would
    /// change nothing. After anything else it may wait for something else than before.
    private boolean isFirstAndWhole(List<GroupTurn> turns) {
        return cluster.allocationsOf(job.name()).isEmpty()
                && turns.stream().allMatch(turn -> turn.queued() == 0);
    }

    /// The status that names the id of the evaluation after this one.
    private JobStatus next(JobStatus status) {
        return new JobStatus(
                status.version(),
                Optional.of(Slot.hash("evaluation\n" + evaluation)),
                status.observedGeneration(),
                status.phase(),
                status.groups(),
                status.conditions(),
                status.launched());
    }

    /// Whether more copies, or others, are without a place than when somebody looked last.
    private boolean newlyBlocked(List<GroupTurn> turns) {
        for (GroupTurn turn : turns) {
            GroupSummary last = job.status().groups().get(turn.name());
            int before = last == null ? 0 : last.queued();
            if (turn.queued() > before) {
                return true;
            }
        }
        return false;
    }

    private Evaluation record(List<GroupTurn> turns, String because) {
        SortedMap<String, Unplaced> unplaced = new TreeMap<>();
        turns.forEach(
                turn -> turn.placing().unplaced().ifPresent(u -> unplaced.put(turn.name(), u)));
        Stream<String> earlier =
                cluster.allocationsOf(job.name()).stream()
                        .filter(copy -> copy.spec().evaluation().equals(evaluation))
                        .map(Allocation::id);
        Stream<String> now = placed.stream().map(Allocation::id);
        return new Evaluation(
                Metadata.named(job.metadata().namespace(), evaluation).born(evaluation, this.now),
                new EvaluationSpec(
                        job.metadata().name(),
                        job.metadata().uid().orElse(""),
                        job.metadata().generation(),
                        job.status().version(),
                        trigger(turns),
                        job.spec().priority().orElse(PRIORITY)),
                new EvaluationStatus(
                        unplaced.isEmpty() ? EvaluationOutcome.COMPLETE : EvaluationOutcome.BLOCKED,
                        because,
                        Stream.concat(earlier, now).limit(LISTED_MAX).toList(),
                        stopped.stream().limit(LISTED_MAX).toList(),
                        unplaced));
    }

    /// What called for this turn, as far as the view shows: Nomad's words.
    private String trigger(List<GroupTurn> turns) {
        if (job.status().observedGeneration() < job.metadata().generation()) {
            return job.stopped() ? "job-deregister" : "job-register";
        }
        if (turns.stream().anyMatch(turn -> lastWas(turn, AllocationPhase.LOST))) {
            return "node-update";
        }
        if (turns.stream().anyMatch(turn -> lastWas(turn, AllocationPhase.FAILED))) {
            return "alloc-failure";
        }
        if (turns.stream().anyMatch(JobTurn::wasEvicted)) {
            return "preemption";
        }
        boolean queued =
                job.status().groups().values().stream().anyMatch(group -> group.queued() > 0);
        if (queued) {
            return "queued-allocs";
        }
        return turns.stream().anyMatch(turn -> !turn.plan().stops().isEmpty())
                ? "rolling-update"
                : "alloc-stop";
    }

    private static boolean lastWas(GroupTurn turn, AllocationPhase phase) {
        return turn.plan().missing().stream()
                .flatMap(missing -> missing.previous().stream())
                .anyMatch(copy -> copy.status().phase() == phase);
    }

    private static boolean wasEvicted(GroupTurn turn) {
        return turn.plan().missing().stream()
                .flatMap(missing -> missing.previous().stream())
                .anyMatch(copy -> copy.spec().desired() == DesiredState.EVICT);
    }

    private String because(List<GroupTurn> turns) {
        int without = turns.stream().mapToInt(GroupTurn::queued).sum();
        List<String> parts = new ArrayList<>();
        part(parts, placed.size(), "placed");
        part(parts, stopped.size(), "stopped");
        part(parts, carried, "updated in place");
        part(parts, evicted, "of others evicted");
        part(parts, without, "without a place");
        return parts.isEmpty() ? "nothing is to be done" : String.join(", ", parts);
    }

    private static void part(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
