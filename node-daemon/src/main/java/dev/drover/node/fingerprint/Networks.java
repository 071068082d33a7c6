package dev.drover.node.fingerprint;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The networks of a machine that ports may name.
///
/// @param addresses by the networks' names
/// @param missing of those that the machine is not in
record Networks(SortedMap<String, String> addresses, List<String> missing) {
    /// Takes copies.
    Networks {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        missing = List.copyOf(missing);
    }

    /// An address of this machine.
    record Own(String card, InetAddress address) {}

    /// Those of this machine.
    static List<Own> own() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(card ->
                        card.inetAddresses().map(address -> new Own(card.getName(), address)))
                .filter(own -> !own.address().isLinkLocalAddress())
                .toList();
    }

    /// Of a machine with these addresses; of several that fit, the first of version 4.
    static Networks of(Map<String, String> declared, List<Own> own) {
        SortedMap<String, String> addresses = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        declared.forEach((name, where) -> {
            Optional<String> found =
                    own.stream()
                            .filter(one -> one.card().equals(where) || in(where, one.address()))
                            .map(Own::address)
                            .min(
                                    Comparator.comparing(
                                                    (InetAddress a) -> !(a instanceof Inet4Address))
                                            .thenComparing(
                                                    InetAddress::getAddress,
                                                    Arrays::compareUnsigned))
                            .map(Networks::text);
            found.ifPresentOrElse(
                    address -> addresses.put(name, address),
                    () ->
                            missing.add(
                                    "host network "
                                            + name
                                            + ": the machine has no address in "
                                            + where));
        });
        return new Networks(addresses, missing);
    }

    /// Without the interface that Java writes behind one of version 6.
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    /// Whether the address is that one, or in that range.
    private static boolean in(String range, InetAddress address) {
        String[] parts = range.split("/", -1);
        byte[] bytes = address.getAddress();
        if (!parts[0].matches("[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*")
                || (parts.length > 1 && !parts[1].matches("[0-9]{1,3}"))) {
            return false; // the name of an interface: it must not be asked of a name server
        }
        byte[] net;
        try {
            net = InetAddress.ofLiteral(parts[0]).getAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
        int length = parts.length > 1 ? Integer.parseInt(parts[1]) : bytes.length * Byte.SIZE;
        if (net.length != bytes.length || length > bytes.length * Byte.SIZE) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 1 << (7 - bit % Byte.SIZE);
            if ((net[bit / Byte.SIZE] & mask) != (bytes[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
