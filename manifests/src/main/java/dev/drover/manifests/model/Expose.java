package dev.drover.manifests.model;

import java.util.List;

/// Paths of a service that are open without the mesh.
///
/// @param paths the paths that are let through
public record Expose(List<ExposePath> paths) {
    public Expose {
        paths = List.copyOf(paths);
    }
}
