package dev.drover.controller.api;

import dev.drover.controller.http.Call;
import dev.drover.controller.http.Failure;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import java.util.List;
import java.util.Optional;

/// What a path names: a kind, and as far as it goes a namespace and a name in their plain forms.
///
/// @param namespace empty for all of them, and for kinds of the cluster
/// @param name empty for the collection
record Target(Kind kind, String namespace, String name) {

    /// What the path of a call names.
    ///
    /// @throws RequestFailed when there is no such kind, or no such kind at this place
    static Target of(Call call) throws RequestFailed {
        Kind kind = kind(call.parameter("plural"));
        Optional<String> namespace = Optional.ofNullable(call.parameters().get("namespace"));
        Optional<String> name = Optional.ofNullable(call.parameters().get("name"));
        if (namespace.isPresent() && !kind.namespaced()) {
            throw new RequestFailed(
                    Reason.NOT_FOUND,
                    "%s belong to the cluster, not to a namespace: ask for %s"
                            .formatted(kind.plural(), "/apis/drover.dev/v1/" + kind.plural()));
        }
        if (namespace.isEmpty() && name.isPresent() && kind.namespaced()) {
            throw new RequestFailed(
                    Reason.NOT_FOUND,
                    "%s are in namespaces: ask for /apis/drover.dev/v1/namespaces/NAMESPACE/%s/%s"
                            .formatted(kind.plural(), kind.plural(), name.get()));
        }
        return new Target(kind, plain(namespace.orElse("")), plain(name.orElse("")));
    }

    /// The kind of a plural.
    static Kind kind(String plural) throws RequestFailed {
        for (Kind kind : Kind.values()) {
            if (kind.plural().equals(plural)) {
                return kind;
            }
        }
        throw new RequestFailed(
                Reason.NOT_FOUND,
                "there are no %s here; there are %s"
                        .formatted(
                                plural,
                                String.join(
                                        ", ",
                                        List.of(Kind.values()).stream()
                                                .map(Kind::plural)
                                                .toList())));
    }

    /// The full name.
    ResourceName resourceName() {
        return new ResourceName(namespace, name);
    }

    /// Whether a list of this has a row of that name's namespace.
    boolean covers(ResourceName row) {
        return namespace.isEmpty() || namespace.equals(row.namespace());
    }

    /// This with another reason, in a failure. Of what is invalid kubectl shows the causes only.
    Failure failure(Reason reason, String message) {
        List<Failure.Cause> causes =
                reason == Reason.INVALID
                        ? List.of(new Failure.Cause(reason.text(), "", message))
                        : List.of();
        return new Failure(reason, message, new Failure.About(kind.plural(), name), causes);
    }

    /// There is no such resource.
    Failure missing() {
        return failure(
                Reason.NOT_FOUND,
                "%s \"%s\" not found".formatted(kind.plural() + ".drover.dev", name));
    }

    /// The plain form of a name in a path.
    static String plain(String escaped) throws RequestFailed {
        try {
            return ResourceName.unescape(escaped);
        } catch (IllegalArgumentException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    ("\"%s\" in the path is no escaped name: write ~ and two hexadecimal digits for"
                                    + " anything but letters, digits, \".\", \"_\" and \"-\"")
                            .formatted(escaped));
        }
    }
}
