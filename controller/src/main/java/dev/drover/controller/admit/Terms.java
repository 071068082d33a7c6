package dev.drover.controller.admit;

import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import java.util.Optional;

/// Who asks, and on what condition.
///
/// @param caller for the record of who admitted what, and for permissions
/// @param resourceVersion only over this very state; `0` and absent mean any
/// @param uid only in this life of the name
/// @param dryRun everything but the commit
public record Terms(
        String caller, Optional<String> resourceVersion, Optional<String> uid, boolean dryRun) {

    /// Without conditions.
    public static Terms of(String caller) {
        return new Terms(caller, Optional.empty(), Optional.empty(), false);
    }

    /// The same on condition of what was seen.
    public Terms over(Optional<String> seenVersion, Optional<String> seenUid) {
        return new Terms(caller, seenVersion.filter(v -> !v.equals("0")), seenUid, dryRun);
    }

    /// The same without the commit, if so.
    public Terms dryRun(boolean dry) {
        return new Terms(caller, resourceVersion, uid, dry);
    }

    /// Whether it asks for a certain state.
    boolean conditional() {
        return resourceVersion.isPresent() || uid.isPresent();
    }

    /// Why what is there is not what the caller saw; empty when it is, or when he did not say.
    Optional<String> unmet(Resource current) {
        Metadata metadata = current.metadata();
        if (uid.isPresent() && !uid.equals(metadata.uid())) {
            return Optional.of(
                    "%s %s is another one now: it was deleted and created again"
                            .formatted(current.kind().text(), current.name()));
        }
        if (resourceVersion.isPresent() && !resourceVersion.equals(metadata.resourceVersion())) {
            return Optional.of(
                    ("%s %s has changed: it is at resourceVersion %s, not %s;"
                                    + " read it again and apply your change to that")
                            .formatted(
                                    current.kind().text(),
                                    current.name(),
                                    metadata.resourceVersion().orElse("?"),
                                    resourceVersion.get()));
        }
        return Optional.empty();
    }
}
