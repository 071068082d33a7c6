package dev.drover.controller.cli;

import dev.drover.manifests.model.Resource;

/// Where a resource goes whose manifest names no namespace.
final class Placed {
    private Placed() {}

    /// The resource as its manifest says; in `namespace` where it does not say.
    static Resource in(String namespace, Resource resource) {
        boolean says = !resource.metadata().namespace().isEmpty() || !resource.kind().namespaced();
        return says ? resource : resource.withMetadata(resource.metadata().in(namespace));
    }
}
