package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Port;
import dev.drover.reconcilers.cluster.CompactAllocation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gives out the ports of one node: static ones as asked, dynamic ones from the node's range, each
/// on the node's address in the network that is asked for. A number is taken on one address alone.
///
/// What is taken is a bit for each number of each address:
///
/// ```text
///  | the node's own, 65,536 | its second address | …   in the order of its networks' names
/// ```
final class Ports {
    private static final int NUMBERS = 1 << 16;

    private Ports() {}

    /// Why the node has not got the ports; empty when it has.
    static Optional<Refusal> refuse(Ask ask, Room room, int node) {
        if (ask.demand().ports().isEmpty()) {
            return Optional.empty();
        }
        NodeStatus status = room.node(node).status();
        BitSet used = room.own(node).ports();
        Map<Integer, Integer> dynamic = new TreeMap<>();
        for (Port port : ask.demand().ports()) {
            Optional<String> address = status.addressIn(port.network());
            if (address.isEmpty()) {
                return Optional.of(new Refusal.NoNetwork(port.network(), status.hostNetworks()));
            }
            int first = firstOf(status, address.get());
            if (port.staticPort().isEmpty()) {
                dynamic.merge(first, 1, Integer::sum);
            } else if (used.get(first + port.staticPort().get())) {
                int number = port.staticPort().get();
                return Optional.of(
                        new Refusal.PortTaken(number, holder(room, node, first + number)));
            }
        }
        for (Map.Entry<Integer, Integer> asked : dynamic.entrySet()) {
            Optional<Refusal> refusal = enough(ask, room, node, asked);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /// The bit of number 0 of that address. One that the node had and has no more counts as its
    /// own, so that what still runs there is never counted as free.
    private static int firstOf(NodeStatus status, String address) {
        if (status.hostNetworks().isEmpty() || address.equals(status.address())) {
            return 0;
        }
        int first = NUMBERS;
        for (String other : status.hostNetworks().values()) {
            if (other.equals(address)) {
                return first;
            }
            first += NUMBERS;
        }
        return 0;
    }

    /// The bit of a port that was given out on a node.
    static int bit(NodeStatus status, GrantedPort port) {
        return firstOf(status, port.hostIp()) + port.value();
    }

    /// Whether a port that is asked for is the one that was given out on the node.
    static boolean same(NodeStatus status, Port asked, GrantedPort given) {
        return asked.staticPort().equals(Optional.of(given.value()))
                && status.addressIn(asked.network())
                        .filter(address ->
                                firstOf(status, address) + given.value() == bit(status, given))
                        .isPresent();
    }

    /// The ports that a node's operators reserve are on all of its addresses.
    static void reserve(NodeStatus status, BitSet ports) {
        for (int address = 0; address <= status.hostNetworks().size(); address++) {
            int first = address * NUMBERS;
            status.resources().reservedPorts().forEach(port -> ports.set(first + port));
        }
    }

    /// @param asked how many dynamic ones on the address of that first bit
    private static Optional<Refusal> enough(
            Ask ask, Room room, int node, Map.Entry<Integer, Integer> asked) {
        NodeStatus status = room.node(node).status();
        NodeResources range = status.resources();
        BitSet used = room.own(node).ports();
        int first = asked.getKey() + range.dynamicPortMin();
        int last = asked.getKey() + range.dynamicPortMax();
        int free = last - first + 1 - used.get(first, last + 1).cardinality();
        for (Port port : ask.demand().ports()) {
            if (port.staticPort()
                    .map(number -> firstOf(status, address(status, port)) + number)
                    .filter(bit -> bit >= first && bit <= last)
                    .isPresent()) {
                free--;
            }
        }
        return asked.getValue() <= free
                ? Optional.empty()
                : Optional.of(new Refusal.NoPort(range.dynamicPortMin(), range.dynamicPortMax()));
    }

    /// Of a node that is in the port's network.
    private static String address(NodeStatus status, Port port) {
        return status.addressIn(port.network()).orElseThrow();
    }

    private static String holder(Room room, int node, int bit) {
        NodeStatus status = room.node(node).status();
        for (CompactAllocation there : room.holders(node)) {
            for (GrantedPort granted : there.granted().ports()) {
                if (bit(status, granted) == bit) {
                    return there.full().title();
                }
            }
        }
        return status.resources().reservedPorts().contains(bit % NUMBERS)
                ? "the node's reserved ports"
                : "a copy that is placed with it";
    }

    /// The ports of a copy on a node that was not refused. The dynamic ones begin at a place of the
    /// range that `seed` names, so that a port that was just given back rests.
    static List<GrantedPort> grant(Ask ask, Room room, int node, long seed) {
        if (ask.demand().ports().isEmpty()) {
            return List.of();
        }
        NodeStatus status = room.node(node).status();
        BitSet used = (BitSet) room.own(node).ports().clone();
        for (Port port : ask.demand().ports()) {
            port.staticPort()
                    .ifPresent(number -> used.set(firstOf(status, address(status, port)) + number));
        }
        NodeResources range = status.resources();
        int width = range.dynamicPortMax() - range.dynamicPortMin() + 1;
        List<GrantedPort> granted = new ArrayList<>();
        for (Port port : ask.demand().ports()) {
            String address = address(status, port);
            int first = firstOf(status, address);
            int dynamic = first + range.dynamicPortMin();
            int value = port.staticPort().orElseGet(() -> next(used, dynamic, width, seed) - first);
            used.set(first + value);
            int inside = port.to().filter(to -> to > 0).orElse(value);
            granted.add(new GrantedPort(port.label(), value, inside, address));
        }
        return granted;
    }

    private static int next(BitSet used, int first, int width, long seed) {
        int start = first + (int) Math.floorMod(seed, (long) width);
        int free = used.nextClearBit(start);
        return free < first + width ? free : used.nextClearBit(first);
    }
}
