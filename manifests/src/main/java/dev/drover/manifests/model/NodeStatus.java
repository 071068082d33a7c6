package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a node says of itself, and whether it is heard.
///
/// @param phase whether it answers
/// @param because why it is in this phase
/// @param datacenter where it stands
/// @param pool the pool it belongs to
/// @param nodeClass what its owner calls its kind
/// @param address where it is reached
/// @param bootId another one after each start of the machine
/// @param resources what it has in all
/// @param attributes its fingerprint, by name without `attr.`; sorted
/// @param meta its own words, sorted
/// @param drivers by name, sorted
/// @param hostVolumes folders that jobs may mount, by name
/// @param hostNetworks its address in each of its networks that ports may name, by name
/// @param reported the highest report sequence number that was taken from it
/// @param since when it came into this phase
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
        Map<String, String> hostNetworks,
        long reported,
        Optional<Instant> since) {
    public NodeStatus {
        attributes = Copies.sorted(attributes);
        meta = Copies.sorted(meta);
        drivers = Copies.sorted(drivers);
        hostVolumes = Copies.sorted(hostVolumes);
        hostNetworks = Copies.sorted(hostNetworks);
    }

    /// Of a node with one network.
    public NodeStatus(
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
            long reported,
            Optional<Instant> since) {
        this(
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
                Map.of(),
                reported,
                since);
    }

    /// Its address in the network of that name, `default` being where it is reached; empty when it
    /// is in no such network.
    public Optional<String> addressIn(String network) {
        return network.equals(Port.DEFAULT_NETWORK)
                ? Optional.of(address)
                : Optional.ofNullable(hostNetworks.get(network));
    }

    /// The same in a phase, from `now` on if it was in another one.
    public NodeStatus in(NodePhase other, String why, Instant now) {
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
                hostNetworks,
                reported,
                other == phase && since.isPresent() ? since : Optional.of(now));
    }

    /// The same with other sizes.
    public NodeStatus with(NodeResources other) {
        return new NodeStatus(
                phase,
                because,
                datacenter,
                pool,
                nodeClass,
                address,
                bootId,
                other,
                attributes,
                meta,
                drivers,
                hostVolumes,
                hostNetworks,
                reported,
                since);
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
                hostNetworks,
                sequence,
                since);
    }

    /// The same, in its phase since then.
    public NodeStatus since(Optional<Instant> then) {
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
                hostNetworks,
                reported,
                then);
    }
}
