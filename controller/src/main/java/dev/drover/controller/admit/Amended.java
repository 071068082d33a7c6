package dev.drover.controller.admit;

import dev.drover.manifests.model.Resource;

/// What somebody makes of what is there. Asked again when it has changed meanwhile.
public sealed interface Amended {
    /// This.
    record To(Resource resource) implements Amended {}

    /// Nothing: it cannot be done to what is there.
    ///
    /// @param because what, why and how to fix it
    record Not(Admitted.Cause cause, String because) implements Amended {}
}
