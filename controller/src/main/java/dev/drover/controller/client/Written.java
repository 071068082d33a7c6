package dev.drover.controller.client;

import dev.drover.manifests.model.Resource;

/// What a write did, and the resource as it is afterwards.
public sealed interface Written<T extends Resource> {
    /// As it is now.
    T resource();

    /// There was none of that name.
    record Created<T extends Resource>(T resource) implements Written<T> {}

    /// It was another one.
    record Changed<T extends Resource>(T resource) implements Written<T> {}

    /// It was the same already.
    record Unchanged<T extends Resource>(T resource) implements Written<T> {}
}
