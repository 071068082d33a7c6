package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A job that runs in several regions. Read, kept and written; Drover has one region.
///
/// @param strategy in which order regions are deployed
/// @param regions what differs in each region
public record Multiregion(Optional<MultiregionStrategy> strategy, List<MultiregionRegion> regions) {
    public Multiregion {
        regions = List.copyOf(regions);
    }
}
