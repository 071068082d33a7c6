package dev.drover.controller.api;

import dev.drover.controller.admit.Admitted;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Failure;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// Reads the body of a write as the one resource its path names.
final class Bodies {
    /// What a body is called in the texts of problems.
    private static final String NAME = "request";

    private Bodies() {}

    /// The resource of the body, not yet held to the rules: `Admission` does that, once.
    ///
    /// @throws RequestFailed with every mistake of the body when it cannot be read
    static Resource read(Target target, Call call) throws RequestFailed {
        Read read = Manifests.read(call.body(), NAME, syntax(call), Inputs.none());
        return read instanceof Read.Problems
                ? check(target, call.body(), syntax(call))
                : one(target, read);
    }

    /// The resource of a text, held to the rules.
    ///
    /// @throws RequestFailed with every mistake of the text
    static Resource check(Target target, String text, Syntax syntax) throws RequestFailed {
        return one(target, Manifests.check(text, NAME, syntax, Inputs.none()));
    }

    /// What became of the resource of the body. What the rules refuse is told with its place in the
    /// body, which is looked for only then.
    ///
    /// @throws RequestFailed with every mistake of the body
    static Admitted told(Target target, Call call, Admitted admitted) throws RequestFailed {
        if (admitted instanceof Admitted.Refused(Admitted.Cause cause, _)
                && cause == Admitted.Cause.INVALID) {
            check(target, call.body(), syntax(call));
        }
        return admitted;
    }

    private static Syntax syntax(Call call) {
        return call.contentType().contains("yaml") ? Syntax.YAML : Syntax.JSON;
    }

    private static Resource one(Target target, Read read) throws RequestFailed {
        List<Manifest> manifests =
                switch (read) {
                    case Read.Resources(var found, var _) -> found;
                    case Read.Problems(var problems, _) -> throw wrong(target, problems);
                };
        if (manifests.isEmpty()) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "the body has no resource: send one, with apiVersion and kind"));
        }
        if (manifests.size() > 1) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "the body has %d resources, not one: send each by itself"
                                    .formatted(manifests.size())));
        }
        Resource resource = manifests.getFirst().resource();
        if (resource.kind() != target.kind()) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "the body is a %s, the path is for %s"
                                    .formatted(resource.kind().text(), target.kind().plural())));
        }
        return resource;
    }

    private static RequestFailed wrong(Target target, List<Problem> problems) {
        return new RequestFailed(
                new Failure(
                        Reason.INVALID,
                        problems.stream().map(Problem::text).collect(Collectors.joining("\n")),
                        new Failure.About(target.kind().plural(), target.name()),
                        problems.stream()
                                .map(p -> new Failure.Cause(p.code().id(), "", p.text()))
                                .toList()));
    }
}
