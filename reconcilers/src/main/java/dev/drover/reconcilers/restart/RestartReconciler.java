package dev.drover.reconcilers.restart;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that frees the slots of failed copies: it says that one is no longer wanted, and the
/// placer fills the slot.
public final class RestartReconciler implements Reconciler {
    /// Freed slots per turn: a transaction stays far below its limits, the rest follows at once.
    private static final int ACTIONS_MAX = 1_000;

    @Override
    public Kind primary() {
        return Kind.JOB;
    }

    /// Copies that failed, and jobs that say that they have some.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        Resource newest = change.newest();
        boolean concerns =
                (newest instanceof Job job && hasFailed(job))
                        || (newest instanceof Allocation copy && held(copy));
        return concerns ? Cluster.jobOf(newest).stream() : Stream.empty();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Job> job = cluster.job(name).filter(some -> !some.stopped());
        Optional<JobSpec> spec = job.flatMap(cluster::spec);
        if (job.isEmpty() || spec.isEmpty()) {
            return Decision.nothing("nothing of it is wanted");
        }
        List<Action> actions = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (Allocation copy : followed(job.get(), spec.get(), cluster)) {
            actions.add(new Action.Replace(freed(copy, "it failed and another one followed")));
        }
        for (RestartView view : views(job.get(), spec.get(), cluster)) {
            switch (Restart.next(view, now)) {
                case RestartStep.Replace(String because) ->
                        actions.add(new Action.Replace(freed(view.failed(), because)));
                case RestartStep.Wait(Instant until, _, _) -> times.add(until);
                case RestartStep.GiveUp _ -> {}
            }
        }
        if (actions.size() > ACTIONS_MAX) {
            actions.subList(ACTIONS_MAX, actions.size()).clear();
            times.add(now);
        }
        return new Decision(
                actions,
                actions.size() + " failed copies are replaced",
                times.stream().min(Comparator.naturalOrder()));
    }

    /// The failed copies that hold a slot of the job.
    public static List<RestartView> views(Job job, JobSpec spec, Cluster cluster) {
        List<RestartView> views = new ArrayList<>();
        for (TaskGroup group : spec.groups()) {
            lanes(job, spec, group, cluster)
                    .filter(lane -> held(Slot.last(lane)))
                    .map(lane -> RestartView.of(group.reschedule(), lane))
                    .forEach(views::add);
        }
        return views;
    }

    /// Those that hold their slot no longer: a newer version did not wait for this loop.
    private static List<Allocation> followed(Job job, JobSpec spec, Cluster cluster) {
        return spec.groups().stream()
                .flatMap(group -> lanes(job, spec, group, cluster))
                .flatMap(lane ->
                        lane.stream()
                                .filter(RestartReconciler::held)
                                .filter(copy -> !copy.equals(Slot.last(lane))))
                .toList();
    }

    private static Stream<List<Allocation>> lanes(
            Job job, JobSpec spec, TaskGroup group, Cluster cluster) {
        JobType type = spec.type().orElse(JobType.SERVICE);
        List<Allocation> ours =
                cluster.allocationsOf(job.name()).stream()
                        .filter(a -> job.metadata().uid().equals(Optional.of(a.spec().jobUid())))
                        .filter(a -> a.spec().group().equals(group.name()))
                        .toList();
        return ours.stream().noneMatch(RestartReconciler::held)
                ? Stream.empty()
                : Slot.newestFirst(ours, Slot.slots(type)).values().stream()
                        .flatMap(slot -> Slot.lanes(slot).stream());
    }

    private static boolean hasFailed(Job job) {
        return job.status().groups().values().stream().anyMatch(group -> group.failed() > 0);
    }

    private static boolean held(Allocation allocation) {
        return allocation.status().phase() == AllocationPhase.FAILED
                && allocation.spec().desired() == DesiredState.RUN;
    }

    private static Allocation freed(Allocation failed, String because) {
        return failed.withSpec(failed.spec().stopped(DesiredState.STOP, because));
    }
}
