package dev.drover.manifests.model;

import java.util.Map;

/// What a node says of itself, and whether it is heard.
///
/// @param because why it is in this phase
/// @param attributes its fingerprint, by name without `attr.`; sorted
/// @param meta its own words, sorted
/// @param drivers by name, sorted
/// @param reported the highest report sequence number that was taken from it
public record NodeStatus(
        NodePhase phase,
        String because,
        String datacenter,
        String pool,
        String nodeClass,
        String address,
        String bootId,
        NodeResources resources,
        Map<String, String> attributes,
        Map<String, String> meta,
        Map<String, DriverState> drivers,
        Map<String, HostVolume> hostVolumes,
        long reported) {
    public NodeStatus {
        attributes = Copies.sorted(attributes);
        meta = Copies.sorted(meta);
        drivers = Copies.sorted(drivers);
        hostVolumes = Copies.sorted(hostVolumes);
    }

    /// The same in another phase.
    public NodeStatus in(NodePhase other, String why) {
        return new NodeStatus(
                other,
                why,
                datacenter,
                pool,
                nodeClass,
                address,
                bootId,
                resources,
                attributes,
                meta,
                drivers,
                hostVolumes,
                reported);
    }

    /// The same after a report was taken.
    public NodeStatus reported(long sequence) {
        return new NodeStatus(
                phase,
                because,
                datacenter,
                pool,
                nodeClass,
                address,
                bootId,
                resources,
                attributes,
                meta,
                drivers,
                hostVolumes,
                sequence);
    }
}
