package dev.drover.manifests.model;

import java.util.List;

/// Paths of a service that are open without the mesh.
public record Expose(List<ExposePath> paths) {
    public Expose {
        paths = List.copyOf(paths);
    }
}
