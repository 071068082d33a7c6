package dev.drover.controller.admit;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.Variable;
import dev.drover.store.typed.Write.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a wish does to what is there. A change of the spec counts the generation up; a job's also
/// keeps a new version in the same transaction and names the evaluation that will answer it.
/// Status, uid and birth are never the caller's to say.
sealed interface Draft {
    /// It is so already.
    record Unchanged(Resource current) implements Draft {}

    /// These steps, all or none.
    record Change(Admitted.Effect effect, Resource result, List<Step> steps) implements Draft {
        public Change {
            steps = List.copyOf(steps);
        }
    }

    /// No.
    record Refused(Admitted.Cause cause, String because) implements Draft {}

    /// Creates what is not there.
    static Draft create(Resource wanted, Stamp stamp) {
        Metadata born = wanted.metadata().born(stamp.uid(), stamp.now());
        return switch (wanted) {
            case Job job -> {
                Job first = new Job(born, job.spec(), statusOf(0, stamp));
                yield created(first, List.of(new Step.Create(version(first, stamp))));
            }
            case GitSource source ->
                    created(
                            new GitSource(born, source.spec(), GitSourceStatus.unseen()),
                            List.of());
            case Variable variable -> created(variable.withMetadata(born), List.of());
            case Namespace namespace -> created(namespace.withMetadata(born), List.of());
            case Hold hold -> created(hold.withMetadata(born), List.of());
            case SchedulerConfig config -> created(config.withMetadata(born), List.of());
            case Node _ ->
                    new Refused(
                            Admitted.Cause.INVALID,
                            "nodes register themselves: start one with `drover node`");
            case JobVersion _, Allocation _, Evaluation _, Deployment _ -> serversOwn(wanted);
        };
    }

    /// Brings what is there to what is wanted.
    static Draft replace(Resource current, Resource wanted, Stamp stamp) {
        if (current.metadata().deletionTimestamp().isPresent()) {
            return dying(current, wanted);
        }
        boolean sameSpec = spec(current).equals(spec(wanted));
        boolean sameWords =
                current.metadata().labels().equals(wanted.metadata().labels())
                        && current.metadata().annotations().equals(wanted.metadata().annotations())
                        && finalizers(current, wanted).equals(current.metadata().finalizers());
        if (sameSpec && sameWords) {
            return new Unchanged(current);
        }
        if (current instanceof Job job && wanted instanceof Job other) {
            Optional<String> refusal = Nature.refusal(job, other.spec());
            if (refusal.isPresent()) {
                return new Refused(Admitted.Cause.INVALID, refusal.get());
            }
        }
        Metadata metadata =
                merged(current.metadata(), wanted.metadata(), !sameSpec)
                        .withFinalizers(finalizers(current, wanted));
        return switch (current) {
            case Job job when wanted instanceof Job other ->
                    sameSpec
                            ? changed(job.withMetadata(metadata), List.of())
                            : changedSpec(new Job(metadata, other.spec(), job.status()), stamp);
            case GitSource source when wanted instanceof GitSource other ->
                    changed(new GitSource(metadata, other.spec(), source.status()), List.of());
            case Node node when wanted instanceof Node other ->
                    changed(new Node(metadata, other.spec(), node.status()), List.of());
            case Variable _, Namespace _, Hold _, SchedulerConfig _ ->
                    changed(wanted.withMetadata(metadata), List.of());
            case Deployment deployment when wanted instanceof Deployment other ->
                    steered(
                            deployment,
                            new Deployment(metadata, other.spec(), deployment.status()));
            case JobVersion version when wanted instanceof JobVersion other ->
                    tagged(version, new JobVersion(metadata, other.spec()));
            case Allocation _, Evaluation _ -> serversOwn(current);
            case Job _, GitSource _, Node _, Deployment _, JobVersion _ ->
                    throw new IllegalArgumentException("another kind under one name: " + wanted);
        };
    }

    /// Of what is being deleted, those who had to clean up first may say that they have.
    private static Draft dying(Resource current, Resource wanted) {
        List<String> left = finalizers(current, wanted);
        if (left.size() >= current.metadata().finalizers().size()) {
            return new Refused(
                    Admitted.Cause.CONFLICT,
                    "%s %s is being deleted: wait until it is gone"
                            .formatted(current.kind().text(), current.name()));
        }
        Resource next = current.withMetadata(current.metadata().withFinalizers(left));
        return waitsForOthers(next) ? changed(next, List.of()) : remove(current);
    }

    /// Only who has read a resource can say who has yet to clean up: a manifest knows of none.
    private static List<String> finalizers(Resource current, Resource wanted) {
        boolean read = wanted.metadata().resourceVersion().filter(v -> !v.equals("0")).isPresent();
        return (read ? wanted : current).metadata().finalizers();
    }

    /// People say how a deployment goes on, not what it deploys.
    private static Draft steered(Deployment current, Deployment next) {
        boolean same =
                next.spec().jobName().equals(current.spec().jobName())
                        && next.spec().jobUid().equals(current.spec().jobUid())
                        && next.spec().jobVersion() == current.spec().jobVersion();
        return switch (current.status().phase()) {
            case RUNNING, PAUSED -> same ? changed(next, List.of()) : serversOwn(current);
            case SUCCESSFUL, FAILED, CANCELLED ->
                    new Refused(
                            Admitted.Cause.CONFLICT,
                            "deployment %s is over: %s"
                                    .formatted(current.name(), current.status().because()));
        };
    }

    /// A version keeps what it is; only its tag is people's.
    private static Draft tagged(JobVersion current, JobVersion next) {
        return next.spec().withTag(current.spec().tag()).equals(current.spec())
                ? changed(next, List.of())
                : serversOwn(current);
    }

    /// Stops a job, or lets it run again, without touching the rest of its spec.
    static Draft stop(Job job, boolean stopped, Stamp stamp) {
        JobSpec spec = job.spec().withStop(stopped);
        return replace(job, new Job(job.metadata(), spec, job.status()), stamp);
    }

    /// Asks for the deletion of what is there. A job goes when nothing of it runs any more, a
    /// namespace when nothing is in it, an allocation when it has stopped and another has its slot,
    /// and what has finalizers when they are gone; the rest goes at once.
    static Draft delete(Resource current, Stamp stamp) {
        if (current.metadata().deletionTimestamp().isPresent()) {
            return new Unchanged(current);
        }
        if (current instanceof Allocation copy) {
            return stop(copy, stamp);
        }
        if (waitsForOthers(current)) {
            Resource dying = current.withMetadata(current.metadata().deleted(stamp.now()));
            return new Change(Admitted.Effect.DELETING, dying, List.of(new Step.Replace(dying)));
        }
        if (current instanceof Node node && node.status().phase() == NodePhase.READY) {
            return new Refused(
                    Admitted.Cause.CONFLICT,
                    "node %s is connected and would come back: end it first"
                            .formatted(node.metadata().name()));
        }
        return remove(current);
    }

    /// Its slot needs it until the next attempt is there: attempts that counted from nought again
    /// would share an id with what may still run.
    private static Draft stop(Allocation copy, Stamp stamp) {
        if (!copy.occupies()) {
            return new Refused(
                    Admitted.Cause.CONFLICT,
                    "allocation %s is over and kept as its job's history: `drover system gc` sweeps what may go"
                            .formatted(copy.id()));
        }
        Allocation dying =
                copy.withMetadata(copy.metadata().deleted(stamp.now()))
                        .withSpec(
                                copy.spec()
                                        .stopped(
                                                DesiredState.STOP,
                                                "it was deleted by " + stamp.author()));
        return new Change(Admitted.Effect.DELETING, dying, List.of(new Step.Replace(dying)));
    }

    /// Removes what nothing depends on any more.
    static Draft remove(Resource current) {
        return new Change(Admitted.Effect.DELETED, current, List.of(new Step.Delete(current)));
    }

    private static boolean waitsForOthers(Resource resource) {
        return switch (resource) {
            case Job _, Namespace _ -> true;
            case JobVersion _,
                    Allocation _,
                    Evaluation _,
                    Deployment _,
                    Variable _,
                    Node _,
                    GitSource _,
                    Hold _,
                    SchedulerConfig _ ->
                    !resource.metadata().finalizers().isEmpty();
        };
    }

    private static Draft created(Resource first, List<Step> more) {
        return change(Admitted.Effect.CREATED, first, new Step.Create(first), more);
    }

    private static Draft changed(Resource next, List<Step> more) {
        return change(Admitted.Effect.CHANGED, next, new Step.Replace(next), more);
    }

    private static Draft change(
            Admitted.Effect effect, Resource result, Step own, List<Step> more) {
        List<Step> steps = new ArrayList<>(more);
        steps.add(own);
        return new Change(effect, result, steps);
    }

    private static Draft changedSpec(Job job, Stamp stamp) {
        JobStatus was = job.status();
        Job next =
                job.withStatus(
                        new JobStatus(
                                was.version() + 1,
                                Optional.of(stamp.evaluation()),
                                was.observedGeneration(),
                                was.phase(),
                                was.groups(),
                                was.conditions(),
                                was.launched()));
        return changed(next, List.of(new Step.Create(version(next, stamp))));
    }

    private static JobStatus statusOf(int version, Stamp stamp) {
        return new JobStatus(
                version,
                Optional.of(stamp.evaluation()),
                0,
                JobPhase.PENDING,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    private static JobVersion version(Job job, Stamp stamp) {
        String uid = job.metadata().uid().orElseThrow();
        int number = job.status().version();
        Metadata metadata =
                Metadata.named(job.metadata().namespace(), JobVersion.nameOf(uid, number))
                        .born(stamp.versionUid(), stamp.now());
        return new JobVersion(
                metadata,
                new JobVersionSpec(
                        job.metadata().name(),
                        uid,
                        number,
                        stamp.defaultsLevel(),
                        false,
                        Optional.empty(),
                        Optional.of(stamp.author()),
                        job.spec()));
    }

    /// What the caller may say over what only the server says.
    private static Metadata merged(Metadata current, Metadata wanted, boolean newSpec) {
        return new Metadata(
                current.name(),
                current.namespace(),
                current.uid(),
                current.resourceVersion(),
                current.generation() + (newSpec ? 1 : 0),
                current.creationTimestamp(),
                current.deletionTimestamp(),
                wanted.labels(),
                wanted.annotations(),
                current.finalizers(),
                current.ownerReferences());
    }

    private static Object spec(Resource resource) {
        return switch (resource) {
            case Job job -> job.spec();
            case JobVersion version -> version.spec();
            case Allocation allocation -> allocation.spec();
            case Evaluation evaluation -> evaluation.spec();
            case Deployment deployment -> deployment.spec();
            case Variable variable -> variable.spec();
            case GitSource source -> source.spec();
            case Node node -> node.spec();
            case Namespace namespace -> namespace.spec();
            case Hold hold -> hold.spec();
            case SchedulerConfig config -> config.spec();
        };
    }

    private static Draft serversOwn(Resource resource) {
        return new Refused(
                Admitted.Cause.INVALID,
                "a %s is written by the server alone; change the job, or stop it"
                        .formatted(resource.kind().text()));
    }
}
