package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.KeptVersion;
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

/// The loop that takes the deployments of a job to their end.
public final class DeploymentReconciler implements Reconciler {
    /// Canaries promoted in one part, each with its whole status; the last part says that they are.
    private static final int PROMOTED_MAX = 1_000;

    @Override
    public Kind primary() {
        return Kind.JOB;
    }

    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        Resource newest = change.newest();
        boolean concerns =
                newest instanceof Job
                        || newest instanceof Deployment
                        || newest instanceof Allocation;
        return concerns
                ? Cluster.jobOf(newest)
                        .filter(job -> active(job, cluster).findAny().isPresent())
                        .stream()
                : Stream.empty();
    }

    private static Stream<Deployment> active(ResourceName job, Cluster cluster) {
        return cluster.deploymentsOf(job).stream().filter(d -> d.status().phase().active());
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Job> job = cluster.job(name);
        Optional<Hold> hold = cluster.heldBy(Kind.JOB, name, now);
        if (job.isPresent() && hold.isPresent()) {
            return held(job.get(), hold.get(), cluster);
        }
        List<Action> actions = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        List<String> because = new ArrayList<>();
        for (Deployment deployment :
                job.isEmpty() ? List.<Deployment>of() : active(name, cluster).toList()) {
            DeploymentStep step =
                    Rolling.next(DeploymentView.of(job.get(), deployment, cluster, now), now);
            step.status().until().ifPresent(times::add);
            because.add(step.status().because());
            actions.addAll(actions(step, deployment, job.get(), cluster, now));
        }
        return new Decision(
                actions,
                because.isEmpty() ? "no deployment of it is under way" : String.join("; ", because),
                times.stream().min(Comparator.naturalOrder()));
    }

    /// Nothing can go on, so no deadline passes.
    private static Decision held(Job job, Hold hold, Cluster cluster) {
        String because = hold.text() + "; no deadline passes meanwhile";
        List<Action> actions = new ArrayList<>();
        active(job.name(), cluster)
                .filter(some -> some.status().phase() == DeploymentPhase.RUNNING)
                .forEach(some -> {
                    DeploymentStatus rests = Rolling.held(some.status(), because);
                    if (!rests.equals(some.status())) {
                        actions.add(said(some, rests));
                    }
                });
        return new Decision(actions, because, hold.spec().until());
    }

    private static List<Action> actions(
            DeploymentStep step, Deployment deployment, Job job, Cluster cluster, Instant now) {
        List<Action> actions = new ArrayList<>();
        switch (step) {
            case DeploymentStep.Say(DeploymentStatus status) -> {
                if (!status.equals(deployment.status())) {
                    actions.add(said(deployment, status));
                }
            }
            case DeploymentStep.Promote(DeploymentStatus status, List<Allocation> canaries) -> {
                canaries.stream()
                        .limit(PROMOTED_MAX)
                        .map(DeploymentReconciler::tookOver)
                        .forEach(actions::add);
                actions.add(
                        canaries.size() > PROMOTED_MAX
                                ? new Action.Unchanged(deployment)
                                : said(deployment, status));
            }
            case DeploymentStep.Succeed(DeploymentStatus status) -> {
                actions.add(said(deployment, status));
                cluster.version(job, deployment.spec().jobVersion())
                        .map(KeptVersion::version)
                        .filter(version -> !version.spec().stable())
                        .ifPresent(version -> actions.add(stable(version)));
            }
            case DeploymentStep.Fail(DeploymentStatus status, Optional<JobVersion> revert) -> {
                actions.add(said(deployment, status));
                revert.ifPresent(version -> actions.addAll(reverted(job, version, now)));
            }
        }
        return actions;
    }

    private static Action said(Deployment deployment, DeploymentStatus status) {
        return new Action.Replace(deployment.withStatus(status));
    }

    private static Action tookOver(Allocation canary) {
        return new Action.Replace(canary.withSpec(canary.spec().promoted()));
    }

    private static Action stable(JobVersion version) {
        JobVersionSpec spec = version.spec();
        return new Action.Replace(
                new JobVersion(
                        version.metadata(),
                        new JobVersionSpec(
                                spec.jobName(),
                                spec.jobUid(),
                                spec.version(),
                                spec.defaultsLevel(),
                                true,
                                spec.tag(),
                                spec.author(),
                                spec.job())));
    }

    /// The job with an earlier spec, as a new version: what somebody would do by hand.
    private static List<Action> reverted(Job job, JobVersion to, Instant now) {
        JobStatus was = job.status();
        int number = was.version() + 1;
        String uid = job.metadata().uid().orElseThrow();
        String name = JobVersion.nameOf(uid, number);
        JobVersionSpec old = to.spec();
        JobVersion version =
                new JobVersion(
                        Metadata.named(job.metadata().namespace(), name)
                                .born(Slot.hash("version\n" + name), now),
                        new JobVersionSpec(
                                old.jobName(),
                                uid,
                                number,
                                old.defaultsLevel(),
                                false,
                                Optional.empty(),
                                Optional.of("auto_revert to version " + old.version()),
                                old.job()));
        Job reverted =
                new Job(
                        job.metadata().withGeneration(job.metadata().generation() + 1),
                        old.job(),
                        new JobStatus(
                                number,
                                Optional.of(Slot.hash("evaluation\n" + name)),
                                was.observedGeneration(),
                                was.phase(),
                                was.groups(),
                                was.conditions(),
                                was.launched()));
        return List.of(new Action.Create(version), new Action.Replace(reverted));
    }
}
