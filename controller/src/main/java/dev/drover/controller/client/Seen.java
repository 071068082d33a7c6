package dev.drover.controller.client;

import dev.drover.manifests.model.Resource;

/// One thing that a watch saw.
public sealed interface Seen<T extends Resource> {
    /// It is new, or it changed: this is how it is now.
    record Now<T extends Resource>(T resource) implements Seen<T> {}

    /// It is gone; this is how it was last.
    record Gone<T extends Resource>(T resource) implements Seen<T> {}
}
