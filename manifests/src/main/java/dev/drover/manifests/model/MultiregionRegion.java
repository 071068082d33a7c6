package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a job is like in one region.
///
/// @param name the region's name
/// @param count copies there of groups that state none
/// @param datacenters its datacenters
/// @param nodePool its node pool
/// @param meta words for tasks there
public record MultiregionRegion(
        String name,
        Optional<Integer> count,
        List<String> datacenters,
        Optional<String> nodePool,
        Map<String, String> meta) {
    public MultiregionRegion {
        datacenters = List.copyOf(datacenters);
        meta = Copies.sorted(meta);
    }
}
