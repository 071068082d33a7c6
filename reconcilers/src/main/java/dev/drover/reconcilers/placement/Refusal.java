package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.NodePhase;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Why a node does not take a copy. Each says both sides: what is asked for and what is there.
public sealed interface Refusal {
    /// It is not in service.
    record NotReady(NodePhase phase, String because) implements Refusal {}

    /// An operator closed it for new allocations.
    record Ineligible() implements Refusal {}

    /// An operator empties it.
    record Draining() implements Refusal {}

    /// Somebody holds it as it is.
    record Held(Hold hold) implements Refusal {}

    /// It belongs to another pool.
    record OtherPool(String asked, String actual) implements Refusal {}

    /// It is in none of the datacenters.
    record OtherDatacenter(String asked, String actual) implements Refusal {}

    /// A driver is not there, or not healthy.
    record NoDriver(String driver, String because) implements Refusal {}

    /// A host volume is not there, or only to be read.
    record NoVolume(String volume, String because) implements Refusal {}

    /// A constraint does not hold.
    ///
    /// @param left what its left side is on this node; absent when the node has no such value
    record Unmet(String constraint, Optional<String> left) implements Refusal {}

    /// There is too little of a resource.
    ///
    /// @param unit as written behind the numbers; empty of what is counted
    record Exhausted(String resource, String unit, long asked, long free) implements Refusal {}

    /// A static port is in use or reserved.
    record PortTaken(int port, String by) implements Refusal {}

    /// Every port of the node's dynamic range is in use.
    record NoPort(int first, int last) implements Refusal {}

    /// It is in no network of that name.
    ///
    /// @param networks those that it is in beside that of its own address, by name
    record NoNetwork(String network, Map<String, String> networks) implements Refusal {
        /// Takes a copy.
        public NoNetwork {
            networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
        }
    }

    /// It holds as many allocations as a node may.
    record Full(int most) implements Refusal {}

    /// Too few devices of that name are free, or do.
    ///
    /// @param does how many do, whoever has them
    record NoDevice(String device, int asked, int does) implements Refusal {}

    /// Room is being made on it.
    ///
    /// @param by who leaves for this copy's sake; empty when those who leave anyway are enough
    record BeingFreed(String by) implements Refusal {}

    /// `distinct_hosts`: another copy is there.
    record Shared(String by) implements Refusal {}

    /// `distinct_property`: enough copies are on nodes with this value.
    record PropertyUsed(String property, String value, int used, int allowed) implements Refusal {}

    /// Why, in a sentence for people. Equal sentences are one reason.
    default String text() {
        return switch (this) {
            case NotReady(NodePhase phase, String because) ->
                    "node is " + phase.name().toLowerCase(Locale.ROOT) + ": " + because;
            case Ineligible() -> "node is not eligible for new allocations";
            case Draining() -> "node is being drained";
            case Held(Hold hold) -> "node is " + hold.text();
            case OtherPool(String asked, String actual) ->
                    "node pool: the job asks for " + asked + ", the node is in " + actual;
            case OtherDatacenter(String asked, String actual) ->
                    "datacenter: the job asks for " + asked + ", the node is in " + actual;
            case NoDriver(String driver, String because) -> "driver " + driver + ": " + because;
            case NoVolume(String volume, String because) ->
                    "host volume " + volume + ": " + because;
            case Unmet(String constraint, Optional<String> left) ->
                    "constraint "
                            + constraint
                            + left.map(value -> ": the node has " + value)
                                    .orElse(": the node has no such value");
            case Exhausted(String resource, String unit, long asked, long free) ->
                    "%s exhausted: %s asked, %s free"
                            .formatted(resource, amount(asked, unit), amount(free, unit));
            case PortTaken(int port, String by) -> "port " + port + " is taken by " + by;
            case NoPort(int first, int last) -> "no free port between " + first + " and " + last;
            case NoNetwork(String network, Map<String, String> networks) ->
                    "host network %s: the node has %s"
                            .formatted(
                                    network,
                                    networks.isEmpty()
                                            ? "none but default"
                                            : "default, " + String.join(", ", networks.keySet()));
            case Full(int most) -> "it holds %d allocations, and may hold no more".formatted(most);
            case NoDevice(String device, int asked, int does) ->
                    "device %s: %d asked, %s"
                            .formatted(
                                    device,
                                    asked,
                                    does == 0
                                            ? "the node has none that does"
                                            : "others have too many of its " + does);
            case BeingFreed(String by) ->
                    by.isEmpty()
                            ? "its room is being freed by allocations that stop"
                            : "its room is being freed: evicted " + by;
            case Shared(String by) -> "distinct_hosts: " + by + " is there";
            case PropertyUsed(String property, String value, int used, int allowed) ->
                    "distinct_property %s: %d of %d copies are on %s"
                            .formatted(property, used, allowed, value);
        };
    }

    /// A number and its unit, where it has one.
    static String amount(long number, String unit) {
        return unit.isEmpty() ? Long.toString(number) : number + " " + unit;
    }

    /// What the refusal is grouped by: the sentence, but for a resource the resource alone, since
    /// every node has another number of it left.
    default String reason() {
        return this instanceof Exhausted exhausted ? exhausted.resource() : text();
    }
}
