package dev.drover.controller.client;

import dev.drover.manifests.model.Resource;
import java.util.List;

/// Resources of one kind as of one revision.
///
/// @param revision from where a watch goes on without a gap
public record Listing<T extends Resource>(List<T> items, String revision) {
    public Listing {
        items = List.copyOf(items);
    }
}
