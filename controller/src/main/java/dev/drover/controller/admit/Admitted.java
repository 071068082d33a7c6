package dev.drover.controller.admit;

import dev.drover.manifests.model.Resource;

/// What became of a wish.
public sealed interface Admitted {

    /// It is stored (or would be, in a dry run).
    ///
    /// @param resource as it is now; for a removal as it was last
    record Stored(Effect effect, Resource resource) implements Admitted {}

    /// It is not stored, and nothing of it is.
    ///
    /// @param because what, why and how to fix it
    record Refused(Cause cause, String because) implements Admitted {}

    /// What it did.
    enum Effect {
        CREATED,
        CHANGED,
        /// It was so already: nothing was written.
        UNCHANGED,
        /// Its deletion is asked for; it goes when what it has to do is done.
        DELETING,
        DELETED
    }

    /// Why not.
    enum Cause {
        /// The caller may not.
        FORBIDDEN,
        /// There is none of that name.
        NOT_FOUND,
        /// It must not exist, and does.
        EXISTS,
        /// It is not what the caller saw, or in no state for this.
        CONFLICT,
        /// The manifest is wrong.
        INVALID,
        /// The store does not take writes at the moment; whether it was done is unknown.
        UNAVAILABLE
    }
}
