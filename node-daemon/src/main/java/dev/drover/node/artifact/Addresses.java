package dev.drover.node.artifact;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// Which addresses an artifact may come from. A job's author chooses the URL and the node sends the
/// request: it must not become a way to talk to what only the node can reach.
final class Addresses {

    private Addresses() {}

    /// Why that address is refused; empty when it is not.
    static Optional<String> refusal(InetAddress address, boolean loopbackAllowed) {
        InetAddress plain = embedded(address);
        if (plain.isLoopbackAddress()) {
            return loopbackAllowed ? Optional.empty() : Optional.of("it is this machine itself");
        }
        if (plain.isLinkLocalAddress() || metadata(plain)) {
            return Optional.of(
                    "it is link-local: cloud providers keep the machine's credentials there");
        }
        if (plain.isAnyLocalAddress() || plain.isMulticastAddress()) {
            return Optional.of("it is no address of one machine");
        }
        return Optional.empty();
    }

    /// AWS over IPv6; the others are link-local.
    private static boolean metadata(InetAddress address) {
        return address instanceof Inet6Address && address.getHostAddress().startsWith("fd00:ec2:");
    }

    /// The IPv4 address within an IPv6 one: mapped, compatible, NAT64 (64:ff9b::/96), 6to4
    /// (2002::/16).
    private static InetAddress embedded(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address;
        }
        byte[] b = address.getAddress();
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= b[i] == 0;
        }
        boolean compatible = zeros && b[10] == 0 && b[11] == 0 && (b[12] != 0 || b[13] != 0);
        boolean mapped = zeros && b[10] == -1 && b[11] == -1;
        boolean nat64 = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xFF) == 0xFF && (b[3] & 0xFF) == 0x9B;
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        int from = compatible || mapped || nat64 ? 12 : sixToFour ? 2 : -1;
        return from < 0 ? address : ipv4(b, from);
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
