package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Mistake;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A network: its first address and how many bits are fixed, of 32 or 128.
record Cidr(BigInteger base, int prefix, int bits) {

    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !length.matches("\\d{1,3}")) {
            throw invalid(text);
        }
        if (text.matches("(.*\\.)?0\\d+\\..*")) {
            throw invalid(text); // octal to some programs, decimal to others
        }
        InetAddress address = literal(text.substring(0, slash), text);
        int bits = address instanceof Inet4Address ? 32 : 128;
        int prefix = Integer.parseInt(length);
        if (prefix > bits) {
            throw invalid(text);
        }
        BigInteger all = new BigInteger(1, address.getAddress());
        return new Cidr(all.shiftRight(bits - prefix).shiftLeft(bits - prefix), prefix, bits);
    }

    /// Only literals: a name would be looked up on the network.
    private static InetAddress literal(String address, String text) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static Mistake invalid(String text) {
        return Mistake.of("\"" + text + "\" is no network; write it like 10.0.0.0/8");
    }

    int hostBits() {
        return bits - prefix;
    }

    /// The first of its parts with so many more bits.
    Cidr longer(int newBits) {
        if (newBits < 0 || prefix + newBits > bits) {
            throw Mistake.of(
                    "%d more bits are too many: the network has %d left"
                            .formatted(newBits, hostBits()));
        }
        return new Cidr(base, prefix + newBits, bits);
    }

    Cidr at(BigInteger start) {
        return new Cidr(start, prefix, bits);
    }

    /// An address of the network's family as text; the longest run of zeros of IPv6 is left out.
    String address(BigInteger number) {
        List<Integer> groups = new ArrayList<>();
        int size = bits == 32 ? 8 : 16;
        for (int shift = bits - size; shift >= 0; shift -= size) {
            groups.add(number.shiftRight(shift).intValue() & ((1 << size) - 1));
        }
        return bits == 32
                ? String.join(".", groups.stream().map(String::valueOf).toList())
                : shortened(groups);
    }

    private static String shortened(List<Integer> groups) {
        int best = -1;
        int longest = 1; // a single zero is written
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups.get(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                best = i;
                longest = end - i;
            }
        }
        if (best < 0) {
            return hexadecimal(groups);
        }
        return hexadecimal(groups.subList(0, best))
                + "::"
                + hexadecimal(groups.subList(best + longest, 8));
    }

    private static String hexadecimal(List<Integer> groups) {
        return String.join(":", groups.stream().map(Integer::toHexString).toList());
    }

    @Override
    public String toString() {
        return address(base) + "/" + prefix;
    }
}
