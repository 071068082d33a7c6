package dev.drover.controller.api;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Admitted;
import dev.drover.controller.admit.Admitted.Cause;
import dev.drover.controller.admit.Amended;
import dev.drover.controller.admit.Amendments;
import dev.drover.controller.admit.Launches;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Dispatch;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Value;
import dev.drover.store.typed.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Answers what people do to what is there: patches, counts, launches. All of it through
/// `Admission`.
final class Operations {
    private final Tables tables;
    private final Admission admission;

    Operations(Tables tables, Admission admission) {
        this.tables = tables;
        this.admission = admission;
    }

    /// Changes what the body names and nothing else.
    Answer patch(Call call) throws RequestFailed {
        Target target = Target.of(call);
        Value.Fields patch = patchOf(call);
        Admitted admitted =
                admission.change(
                        target.kind(),
                        target.resourceName(),
                        current -> patched(target, current, patch),
                        Writes.terms(call)
                                .over(seen(patch, "resourceVersion"), seen(patch, "uid")));
        return Writes.answer(target, admitted);
    }

    /// What a patch says about the state that it was made over.
    private static Optional<String> seen(Value.Fields patch, String field) {
        Optional<Value> metadata = Optional.ofNullable(patch.fields().get("metadata"));
        return metadata.flatMap(value ->
                value instanceof Value.Fields(Map<String, Value> said)
                                && said.get(field) instanceof Value.Text(String text)
                        ? Optional.of(text)
                        : Optional.empty());
    }

    private static Value.Fields patchOf(Call call) throws RequestFailed {
        String type = call.contentType();
        if (!type.equals("application/merge-patch+json") && !type.equals("application/json")) {
            throw new RequestFailed(
                    Reason.UNSUPPORTED_MEDIA_TYPE,
                    "a patch is an application/merge-patch+json here, not " + type);
        }
        try {
            return RecordJson.fields(call.body());
        } catch (IOException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "the body is no merge patch: " + e.getMessage());
        }
    }

    private static Amended patched(Target target, Resource current, Value.Fields patch) {
        try {
            Value before = RecordJson.fields(RecordJson.manifest(current));
            String text = RecordJson.value(MergePatch.merge(before, patch));
            Resource wanted = Bodies.check(target, text, Syntax.JSON);
            return wanted.name().equals(current.name())
                    ? new Amended.To(wanted)
                    : new Amended.Not(Cause.INVALID, "a patch does not rename");
        } catch (RequestFailed e) {
            return new Amended.Not(Cause.INVALID, e.failure().message());
        } catch (IOException e) {
            throw new IllegalStateException("what we wrote cannot be read", e);
        }
    }

    /// The count of a job's group, as Kubernetes shows it.
    ///
    /// @param spec what is wanted
    public record Scale(Replicas spec) {
        /// How many copies.
        public record Replicas(Optional<Integer> replicas) {}
    }

    Answer scale(Call call) throws RequestFailed {
        Target target = job(call);
        Job job =
                tables.jobs()
                        .get(target.resourceName())
                        .orElseThrow(() -> new RequestFailed(target.missing()));
        return Answer.json(scaleOf(job, group(target, job, call).name()));
    }

    Answer rescale(Call call) throws RequestFailed {
        Target target = job(call);
        int count = replicas(call);
        Job seen =
                tables.jobs()
                        .get(target.resourceName())
                        .orElseThrow(() -> new RequestFailed(target.missing()));
        String group = group(target, seen, call).name();
        Admitted admitted =
                admission.change(
                        Kind.JOB,
                        target.resourceName(),
                        current -> Amendments.counted((Job) current, group, count),
                        Writes.terms(call));
        return switch (admitted) {
            case Admitted.Stored(Admitted.Effect effect, Resource job) ->
                    new Answer.Whole(
                            200, Answer.JSON, scaleOf((Job) job, group), Writes.header(effect));
            case Admitted.Refused _ -> Writes.answer(target, admitted);
        };
    }

    private static int replicas(Call call) throws RequestFailed {
        try {
            return RecordJson.read(Scale.class, call.body())
                    .spec()
                    .replicas()
                    .filter(count -> count >= 0)
                    .orElseThrow(() -> new IOException("spec.replicas is not 0 or more"));
        } catch (IOException e) {
            throw new RequestFailed(Reason.BAD_REQUEST, "the body is no Scale: " + e.getMessage());
        }
    }

    /// The group that is meant: the only one when none is named.
    private static TaskGroup group(Target target, Job job, Call call) throws RequestFailed {
        Optional<String> named = call.query("group");
        List<TaskGroup> groups = job.spec().groups();
        Optional<TaskGroup> found =
                named.isPresent()
                        ? job.spec().group(named.get())
                        : groups.stream().findFirst().filter(_ -> groups.size() == 1);
        return found.orElseThrow(() ->
                new RequestFailed(
                        target.failure(
                                Reason.INVALID,
                                "%s: the groups of job %s are %s"
                                        .formatted(
                                                named.map(name -> "there is no group " + name)
                                                        .orElse("name a group"),
                                                target.name(),
                                                groups.stream().map(TaskGroup::name).toList()))));
    }

    private static String scaleOf(Job job, String group) {
        int wanted = job.spec().group(group).flatMap(TaskGroup::count).orElse(1);
        int running =
                Optional.ofNullable(job.status().groups().get(group))
                        .map(summary -> summary.running())
                        .orElse(0);
        Value metadata =
                Json.fields(
                        Map.of(
                                "name", Json.text(job.metadata().name()),
                                "namespace", Json.text(job.metadata().namespace()),
                                "resourceVersion",
                                        Json.text(job.metadata().resourceVersion().orElse(""))));
        return Json.of(
                Map.of(
                        "kind", Json.text("Scale"),
                        "apiVersion", Json.text("autoscaling/v1"),
                        "metadata", metadata,
                        "spec", replicas(wanted),
                        "status", replicas(running)));
    }

    private static Value replicas(int count) {
        return Json.fields(Map.of("replicas", Json.number(count)));
    }

    /// Launches a parameterized job.
    Answer dispatch(Call call) throws RequestFailed {
        Target target = job(call);
        Dispatch brought;
        try {
            brought = RecordJson.read(Dispatch.class, call.body());
        } catch (IOException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "the body is no Dispatch: " + e.getMessage());
        }
        String id = UUID.randomUUID().toString();
        return launched(
                target,
                admission.launch(
                        target.resourceName(),
                        (parent, now) -> Launches.dispatched(parent, brought, now, id),
                        Writes.terms(call)));
    }

    /// Launches a periodic job ahead of its time: also when its time is now.
    Answer force(Call call) throws RequestFailed {
        Target target = job(call);
        String id = UUID.randomUUID().toString();
        Admitted admitted =
                admission.launch(target.resourceName(), Launches::forced, Writes.terms(call));
        boolean taken =
                admitted instanceof Admitted.Stored stored
                        && stored.effect() == Admitted.Effect.UNCHANGED;
        return launched(
                target,
                taken
                        ? admission.launch(
                                target.resourceName(),
                                (parent, now) -> Launches.forcedBeside(parent, now, id),
                                Writes.terms(call))
                        : admitted);
    }

    private static Answer launched(Target parent, Admitted admitted) {
        String name =
                admitted instanceof Admitted.Stored stored
                        ? stored.resource().metadata().name()
                        : parent.name();
        return Writes.answer(new Target(Kind.JOB, parent.namespace(), name), admitted);
    }

    /// The job that the path names.
    static Target job(Call call) throws RequestFailed {
        return new Target(
                Kind.JOB,
                Target.plain(call.parameter("namespace")),
                Target.plain(call.parameter("name")));
    }

    /// Gives a kept version of a job a name, or takes it.
    Answer tag(Call call) throws RequestFailed {
        Target target = job(call);
        int version = (int) call.number("version", -1);
        Optional<String> tag = call.query("tag");
        Job job =
                tables.jobs()
                        .get(target.resourceName())
                        .orElseThrow(() -> new RequestFailed(target.missing()));
        String uid = job.metadata().uid().orElse("");
        Target of =
                new Target(Kind.JOB_VERSION, target.namespace(), JobVersion.nameOf(uid, version));
        return Writes.answer(
                of,
                admission.change(
                        Kind.JOB_VERSION,
                        of.resourceName(),
                        current ->
                                Amendments.tagged(
                                        (JobVersion) current,
                                        tag,
                                        tables.jobVersions().list(target.namespace())),
                        Writes.terms(call)));
    }
}
