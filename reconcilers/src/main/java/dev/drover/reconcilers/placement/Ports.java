package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Port;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Gives out the ports of one node: static ones as asked, dynamic ones from the node's range.
final class Ports {
    private Ports() {}

    /// Why the node has not got the ports; empty when it has.
    static Optional<Refusal> refuse(Ask ask, Room room, int node) {
        if (ask.demand().ports().isEmpty()) {
            return Optional.empty();
        }
        BitSet used = room.own(node).ports();
        int dynamic = 0;
        for (Port port : ask.demand().ports()) {
            if (port.staticPort().isEmpty()) {
                dynamic++;
            } else if (used.get(port.staticPort().get())) {
                return Optional.of(
                        new Refusal.PortTaken(
                                port.staticPort().get(),
                                holder(room, node, port.staticPort().get())));
            }
        }
        return enough(ask, room, node, dynamic);
    }

    private static Optional<Refusal> enough(Ask ask, Room room, int node, int dynamic) {
        NodeResources range = room.node(node).status().resources();
        BitSet used = room.own(node).ports();
        int first = range.dynamicPortMin();
        int last = range.dynamicPortMax();
        int free = last - first + 1 - used.get(first, last + 1).cardinality();
        for (Port port : ask.demand().ports()) {
            if (port.staticPort().filter(p -> p >= first && p <= last).isPresent()) {
                free--;
            }
        }
        return dynamic <= free ? Optional.empty() : Optional.of(new Refusal.NoPort(first, last));
    }

    private static String holder(Room room, int node, int port) {
        for (Allocation there : room.residents(node)) {
            for (GrantedPort granted : there.spec().granted().ports()) {
                if (granted.value() == port) {
                    return there.title();
                }
            }
        }
        return room.node(node).status().resources().reservedPorts().contains(port)
                ? "the node's reserved ports"
                : "a copy that is placed with it";
    }

    /// The ports of a copy on a node that was not refused. The dynamic ones begin at a place of the
    /// range that `seed` names, so that a port that was just given back rests.
    static List<GrantedPort> grant(Ask ask, Room room, int node, long seed) {
        if (ask.demand().ports().isEmpty()) {
            return List.of();
        }
        BitSet used = (BitSet) room.own(node).ports().clone();
        for (Port port : ask.demand().ports()) {
            port.staticPort().ifPresent(used::set);
        }
        NodeResources range = room.node(node).status().resources();
        int first = range.dynamicPortMin();
        int width = range.dynamicPortMax() - first + 1;
        List<GrantedPort> granted = new ArrayList<>();
        for (Port port : ask.demand().ports()) {
            int value = port.staticPort().orElseGet(() -> next(used, first, width, seed));
            used.set(value);
            int inside = port.to().filter(to -> to > 0).orElse(value);
            granted.add(
                    new GrantedPort(
                            port.label(), value, inside, room.node(node).status().address()));
        }
        return granted;
    }

    private static int next(BitSet used, int first, int width, long seed) {
        int start = first + (int) Math.floorMod(seed, (long) width);
        int free = used.nextClearBit(start);
        return free < first + width ? free : used.nextClearBit(first);
    }
}
