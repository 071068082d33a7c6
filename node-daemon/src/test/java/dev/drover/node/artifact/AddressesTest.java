package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1"
            })
    void what_only_this_node_can_reach_is_always_refused(String address)
            throws UnknownHostException {
        assertThat(Addresses.refusal(InetAddress.getByName(address), true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"})
    void this_machine_itself_only_where_the_node_allows_it(String address)
            throws UnknownHostException {
        assertThat(Addresses.refusal(InetAddress.getByName(address), true)).isEmpty();
        assertThat(Addresses.refusal(InetAddress.getByName(address), false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "10.0.0.5",
                "192.168.1.1",
                "2606:2800:220:1::1",
                "fd12:3456::1"
            })
    void other_machines_are_reachable_also_in_private_networks(String address)
            throws UnknownHostException {
        assertThat(Addresses.refusal(InetAddress.getByName(address), false)).isEmpty();
    }
}
