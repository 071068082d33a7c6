package dev.drover.reconcilers.periodic;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that launches periodic jobs. A launch is one transaction: the job that is launched, and
/// in the status of its parent the time up to which launches are done.
public final class PeriodicReconciler implements Reconciler {
    @Override
    public Kind primary() {
        return Kind.JOB;
    }

    /// Jobs that are launched by the clock, as soon as their version is there too.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        return change.newest() instanceof JobVersion version
                        && version.spec().job().periodic().isPresent()
                ? Cluster.jobOf(version).stream()
                : Stream.empty();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<PeriodicView> view =
                cluster.job(name).flatMap(job -> PeriodicView.of(job, cluster));
        if (view.isEmpty()) {
            return Decision.nothing("no clock launches it");
        }
        PeriodicStep step = Periodic.next(view.get(), now);
        List<Action> actions =
                switch (step) {
                    case PeriodicStep.Launch launch -> launch(view.get(), launch.time(), now);
                    case PeriodicStep.Pass _ -> List.of(counted(view.get().job(), now));
                    case PeriodicStep.Wait _ -> List.of();
                };
        return new Decision(actions, step.because(), step.next());
    }

    private static Action counted(Job job, Instant now) {
        return new Action.Replace(job.withStatus(job.status().launched(now)));
    }

    private static List<Action> launch(PeriodicView view, Instant time, Instant now) {
        Job parent = view.job();
        String name = Job.nameOfLaunch(parent.metadata().name(), time);
        String uid = Slot.hash("launch\n" + parent.metadata().uid().orElse("") + '\n' + name);
        JobVersionSpec kept = view.kept().version().spec();
        JobSpec spec = kept.job().launch(false, Map.of(), Optional.empty());
        Metadata metadata = parent.metadata().child(name).born(uid, now);
        JobVersion version =
                new JobVersion(
                        Metadata.named(metadata.namespace(), JobVersion.nameOf(uid, 0))
                                .born(Slot.hash("version\n" + uid), now),
                        new JobVersionSpec(
                                name,
                                uid,
                                0,
                                kept.defaultsLevel(),
                                false,
                                Optional.empty(),
                                Optional.of("periodic"),
                                spec));
        return List.of(
                new Action.Create(version),
                new Action.Create(new Job(metadata, spec, JobStatus.unseen())),
                counted(parent, now));
    }
}
