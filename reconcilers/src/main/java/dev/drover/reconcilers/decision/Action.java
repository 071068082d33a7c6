package dev.drover.reconcilers.decision;

import dev.drover.manifests.model.Resource;

/// One effect of a decision: a write to the store on condition of what the decision has seen.
///
/// Whoever decides on a resource that was read hands over its [Metadata#resourceVersion()] with it;
/// that is the condition.
public sealed interface Action {
    /// What is written, removed or compared.
    Resource resource();

    /// Writes what was not there. Lost when something of that name appeared meanwhile.
    record Create(Resource resource) implements Action {}

    /// Writes over what was seen. Lost when it was written or removed meanwhile.
    record Replace(Resource resource) implements Action {
        /// Refuses what was never read.
        public Replace {
            seen(resource);
        }
    }

    /// Removes what was seen. Lost when it was written meanwhile.
    record Delete(Resource resource) implements Action {
        /// Refuses what was never read.
        public Delete {
            seen(resource);
        }
    }

    /// Writes nothing, but the decision stands only while this is as it was seen.
    record Unchanged(Resource resource) implements Action {
        /// Refuses what was never read.
        public Unchanged {
            seen(resource);
        }
    }

    private static void seen(Resource resource) {
        if (resource.metadata().resourceVersion().isEmpty()) {
            throw new IllegalArgumentException(
                    "never read from the store: " + resource.kind() + " " + resource.name());
        }
    }
}
