package dev.drover.controller.api;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Admitted;
import dev.drover.controller.admit.Terms;
import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers POST, PUT and DELETE: reads what is wanted, asks `Admission`, and says what became of
/// it.
final class Writes {
    private final Admission admission;

    Writes(Admission admission) {
        this.admission = admission;
    }

    Answer create(Call call) throws RequestFailed {
        Target target = Target.of(call);
        Resource wanted = wanted(target, call);
        Target of = new Target(target.kind(), target.namespace(), wanted.metadata().name());
        return answer(of, Bodies.told(of, call, admission.create(wanted, terms(call))));
    }

    Answer put(Call call) throws RequestFailed {
        Target target = Target.of(call);
        Resource wanted = wanted(target, call);
        Terms terms =
                terms(call).over(wanted.metadata().resourceVersion(), wanted.metadata().uid());
        return answer(target, Bodies.told(target, call, admission.put(wanted, terms)));
    }

    Answer delete(Call call) throws RequestFailed {
        Target target = Target.of(call);
        DeleteOptions options = options(call);
        Terms terms =
                terms(call)
                        .over(
                                options.preconditions().flatMap(Preconditions::resourceVersion),
                                options.preconditions().flatMap(Preconditions::uid));
        boolean dry = terms.dryRun() || options.dryRun().contains("All");
        Admitted admitted =
                admission.delete(target.kind(), target.resourceName(), terms.dryRun(dry));
        return admitted instanceof Admitted.Stored(Admitted.Effect effect, Resource resource)
                        && effect == Admitted.Effect.DELETED
                ? deleted(target, resource)
                : answer(target, admitted);
    }

    Answer stop(Call call) throws RequestFailed {
        Target target =
                new Target(
                        Kind.JOB,
                        Target.plain(call.parameter("namespace")),
                        Target.plain(call.parameter("name")));
        return answer(target, admission.stop(target.resourceName(), terms(call)));
    }

    /// What a client may say with a DELETE.
    public record DeleteOptions(Optional<Preconditions> preconditions, List<String> dryRun) {}

    /// Which state and which life of the name may be deleted.
    public record Preconditions(Optional<String> uid, Optional<String> resourceVersion) {}

    private static DeleteOptions options(Call call) throws RequestFailed {
        try {
            return RecordJson.read(DeleteOptions.class, call.body().isBlank() ? "{}" : call.body());
        } catch (IOException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "the body is no DeleteOptions: " + e.getMessage());
        }
    }

    /// @throws RequestFailed when it may be that nothing is to be written, and is not said as it is
    ///   said
    static Terms terms(Call call) throws RequestFailed {
        List<String> dryRun = call.query().getOrDefault("dryRun", List.of());
        if (!List.of("All").containsAll(dryRun)) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "dryRun=" + String.join(",", dryRun) + " is not known: write dryRun=All");
        }
        return Terms.of("anonymous").dryRun(!dryRun.isEmpty());
    }

    /// The resource of the body; its name and namespace are the path's.
    static Resource wanted(Target target, Call call) throws RequestFailed {
        Resource written = Bodies.read(target, call);
        Metadata metadata = written.metadata();
        String name = target.name().isEmpty() ? metadata.name() : target.name();
        if (!metadata.name().equals(name) || name.isEmpty()) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "metadata.name is \"%s\", the path says \"%s\""
                                    .formatted(metadata.name(), target.name())));
        }
        if (!target.kind().namespaced()) {
            return written.withMetadata(metadata.in(""));
        }
        String said = metadata.namespace();
        String namespace = target.namespace().isEmpty() ? said : target.namespace();
        if (!said.isEmpty() && !said.equals(namespace)) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "metadata.namespace is \"%s\", the path says \"%s\""
                                    .formatted(said, namespace)));
        }
        return written.withMetadata(metadata.in(namespace));
    }

    static Answer answer(Target target, Admitted admitted) {
        return switch (admitted) {
            case Admitted.Stored(Admitted.Effect effect, Resource resource) ->
                    new Answer.Whole(
                            effect == Admitted.Effect.CREATED ? 201 : 200,
                            Answer.JSON,
                            RecordJson.manifest(resource),
                            header(effect));
            case Admitted.Refused(Admitted.Cause cause, String because) ->
                    new Answer.Failed(target.failure(reason(cause), because));
        };
    }

    private static Answer deleted(Target target, Resource resource) {
        String status =
                Json.of(
                        Map.of(
                                "kind", Json.text("Status"),
                                "apiVersion", Json.text("v1"),
                                "status", Json.text("Success"),
                                "details",
                                        Json.fields(
                                                Map.of(
                                                        "name", Json.text(target.name()),
                                                        "group", Json.text("drover.dev"),
                                                        "kind", Json.text(target.kind().plural()),
                                                        "uid",
                                                                Json.text(
                                                                        resource.metadata()
                                                                                .uid()
                                                                                .orElse(""))))));
        return new Answer.Whole(200, Answer.JSON, status, header(Admitted.Effect.DELETED));
    }

    /// Says what a write has done.
    static Map<String, String> header(Admitted.Effect effect) {
        return Map.of("drover-effect", effect.name().toLowerCase(Locale.ROOT));
    }

    private static Reason reason(Admitted.Cause cause) {
        return switch (cause) {
            case FORBIDDEN -> Reason.FORBIDDEN;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case EXISTS -> Reason.ALREADY_EXISTS;
            case CONFLICT -> Reason.CONFLICT;
            case INVALID -> Reason.INVALID;
            case UNAVAILABLE -> Reason.UNAVAILABLE;
        };
    }
}
