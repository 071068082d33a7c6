package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that removes what nobody needs any more, in bounded parts.
public final class SweepReconciler implements Reconciler {
    /// Removals per turn: a transaction stays small for those who wait behind it.
    private static final int ACTIONS_MAX = 1_000;

    private final Ages ages;

    /// @param ages how old things become first
    public SweepReconciler(Ages ages) {
        this.ages = ages;
    }

    @Override
    public Kind primary() {
        return Kind.JOB;
    }

    /// Whatever belongs to a job and ends or takes the place of another; the jobs that one launched
    /// when it is gone or another, and a dead one when one is gone that it launched; those that
    /// were on every node when one is gone.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        if (change.newest() instanceof Node && change.after().isEmpty()) {
            return cluster.jobs().stream().filter(job -> job.type().everywhere()).map(Job::name);
        }
        Stream<ResourceName> own =
                Cluster.jobOf(change.newest())
                        .filter(job -> change.after().isEmpty() || ends(change, job, cluster))
                        .stream();
        return change.before().orElse(change.newest()) instanceof Job before && over(change)
                ? Stream.of(own, cluster.launchedBy(before).map(Job::name), kept(before, cluster))
                        .flatMap(names -> names)
                : own;
    }

    /// The dead jobs that were kept for the sake of one that they launched.
    private static Stream<ResourceName> kept(Job launched, Cluster cluster) {
        return launched.metadata().ownerReferences().stream()
                .map(owner -> new ResourceName(launched.metadata().namespace(), owner.name()))
                .filter(name -> dead(name, cluster));
    }

    private static boolean dead(ResourceName job, Cluster cluster) {
        return cluster.job(job).filter(some -> some.status().phase() == JobPhase.DEAD).isPresent();
    }

    /// Whether it is over, or another one of the job may be now that it is there. So what a job
    /// that runs says of itself wakes nobody.
    private static boolean ends(ClusterChange change, ResourceName job, Cluster cluster) {
        return switch (change.newest()) {
            case Job some ->
                    some.status().phase() == JobPhase.DEAD
                            || some.metadata().deletionTimestamp().isPresent()
                            || !some.metadata().ownerReferences().isEmpty()
                            || over(change);
            case JobVersion _ -> cluster.versionsOf(job).size() > 1 || dead(job, cluster); // a tag
            case Allocation copy -> !copy.occupies() || copy.spec().attempt() > 0;
            case Evaluation _ -> cluster.evaluationsOf(job).size() > 1;
            case Deployment some -> some.status().finished().isPresent();
            case Variable _, Node _, Namespace _, GitSource _, Hold _, SchedulerConfig _ -> false;
        };
    }

    /// Whether this life of the resource ended with the change.
    private static boolean over(ClusterChange change) {
        return change.before()
                .filter(before ->
                        !change.after()
                                .map(after -> after.metadata().uid())
                                .equals(Optional.of(before.metadata().uid())))
                .isPresent();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Job> job = cluster.job(name);
        if (job.isEmpty()) {
            return Decision.nothing("there is no such job");
        }
        return switch (Sweep.next(SweepView.of(job.get(), cluster), now, ages)) {
            case SweepStep.Whole(List<Resource> belongings, List<Resource> last) ->
                    whole(job.get(), belongings, last, now);
            case SweepStep.Orphaned(String because) ->
                    Decision.of(List.of(toBeDeleted(job.get(), now)), because);
            case SweepStep.Remains(List<Resource> resources) ->
                    new Decision(
                            removals(resources),
                            "remains of its past are swept",
                            resources.size() > ACTIONS_MAX ? Optional.of(now) : Optional.empty());
            case SweepStep.Later(Instant when) ->
                    Decision.wait(when, "there is something to sweep at " + when);
            case SweepStep.Nothing() -> Decision.nothing("there is nothing to sweep");
        };
    }

    /// The job itself goes last, with the versions that it needs to be read. Where it takes several
    /// parts it is to be deleted first: nothing of it is begun anew once its copies are not there.
    private static Decision whole(
            Job job, List<Resource> belongings, List<Resource> last, Instant now) {
        boolean parts = belongings.size() > ACTIONS_MAX;
        if (parts && job.metadata().deletionTimestamp().isEmpty()) {
            return new Decision(
                    List.of(toBeDeleted(job, now)), "the dead job is swept", Optional.of(now));
        }
        List<Action> actions = new ArrayList<>(removals(belongings));
        if (parts) {
            actions.add(new Action.Unchanged(job));
            return new Decision(actions, "the dead job is swept in parts", Optional.of(now));
        }
        last.forEach(resource -> actions.add(new Action.Delete(resource)));
        return Decision.of(actions, "the dead job is swept");
    }

    private static Action toBeDeleted(Job job, Instant now) {
        return new Action.Replace(job.withMetadata(job.metadata().deleted(now)));
    }

    private static List<Action> removals(List<Resource> resources) {
        return resources.stream().limit(ACTIONS_MAX).<Action>map(Action.Delete::new).toList();
    }
}
