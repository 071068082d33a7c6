package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.integer;
import static dev.drover.manifests.hcl.function.Arguments.number;
import static dev.drover.manifests.hcl.function.Arguments.text;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.hcl.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Functions of networks like `10.0.0.0/8` and `fd00::/8`.
final class NetworkFunctions {
    static final List<Definition> ALL =
            List.of(
                    Definition.of(
                            "cidrhost",
                            2,
                            (a, _) ->
                                    host(
                                            Cidr.parse(text(a, 0)),
                                            BigInteger.valueOf(integer(a, 1)))),
                    Definition.of("cidrnetmask", 1, (a, _) -> netmask(Cidr.parse(text(a, 0)))),
                    Definition.of(
                            "cidrsubnet",
                            3,
                            (a, _) ->
                                    subnet(
                                            Cidr.parse(text(a, 0)),
                                            integer(a, 1),
                                            whole(number(a, 2)))),
                    Definition.of("cidrsubnets", 1, Definition.MANY, (a, _) -> subnets(a)));

    /// As elsewhere, where a network has at most so many parts as an int can count.
    private static final int SUBNET_BITS_MAX = 32;

    private NetworkFunctions() {}

    private static BigInteger whole(BigDecimal number) {
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw Mistake.of("a whole number is required, not " + Texts.of(number)).in(2);
        }
    }

    /// A negative number counts from the end.
    private static Value host(Cidr network, BigInteger number) {
        BigInteger size = BigInteger.TWO.pow(network.hostBits());
        BigInteger at = number.signum() < 0 ? size.add(number) : number;
        if (at.signum() < 0 || at.compareTo(size) >= 0) {
            throw Mistake.of("the network has no address number " + number);
        }
        return Value.of(network.address(network.base().add(at)));
    }

    private static Value netmask(Cidr network) {
        BigInteger all = BigInteger.TWO.pow(network.bits()).subtract(BigInteger.ONE);
        BigInteger hosts = BigInteger.TWO.pow(network.hostBits()).subtract(BigInteger.ONE);
        return Value.of(network.address(all.subtract(hosts)));
    }

    private static Value subnet(Cidr network, int newBits, BigInteger number) {
        if (newBits > SUBNET_BITS_MAX) {
            throw Mistake.of("at most " + SUBNET_BITS_MAX + " bits can be added").in(1);
        }
        Cidr longer = network.longer(newBits);
        if (number.signum() < 0 || number.bitLength() > newBits) {
            throw Mistake.of("%d more bits do not hold the number %d".formatted(newBits, number));
        }
        BigInteger base = network.base().add(number.shiftLeft(longer.hostBits()));
        return Value.of(longer.at(base).toString());
    }

    private static Value subnets(List<Value> arguments) {
        Cidr network = Cidr.parse(text(arguments, 0));
        BigInteger end = network.base().add(BigInteger.TWO.pow(network.hostBits()));
        BigInteger at = network.base();
        List<Value> subnets = new ArrayList<>();
        for (Value bits : arguments.subList(1, arguments.size())) {
            int newBits = Conversion.integer(bits);
            if (newBits < 1) {
                throw Mistake.of("each subnet must have at least one bit more");
            }
            Cidr subnet = network.longer(newBits);
            BigInteger size = BigInteger.TWO.pow(subnet.hostBits());
            BigInteger start = at.add(size).subtract(BigInteger.ONE).divide(size).multiply(size);
            at = start.add(size);
            if (at.compareTo(end) > 0) {
                throw Mistake.of("the network has not enough room for all subnets");
            }
            subnets.add(Value.of(subnet.at(start).toString()));
        }
        return new Value.Listing(subnets);
    }
}
