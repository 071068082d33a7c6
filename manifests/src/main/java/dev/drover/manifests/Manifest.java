package dev.drover.manifests;

import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Places;
import dev.drover.manifests.tree.Source;

/// A resource that somebody wrote, without defaults, and where each of its fields stands.
public record Manifest(Resource resource, Source source, Places places) {}
