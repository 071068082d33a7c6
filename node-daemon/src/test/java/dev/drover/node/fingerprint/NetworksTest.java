package dev.drover.node.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {
    private static final List<Networks.Own> OWN =
            List.of(
                    own("eth0", "10.1.2.3"),
                    own("eth1", "2001:db8::7"),
                    own("eth1", "203.0.113.8"),
                    own("eth1", "203.0.113.7"));

    private static Networks.Own own(String card, String address) {
        return new Networks.Own(card, InetAddress.ofLiteral(address));
    }

    private static Networks networks(String where) {
        return Networks.of(Map.of("net", where), OWN);
    }

    @Test
    void is_found_by_its_range_its_interface_or_its_address() {
        assertThat(networks("10.0.0.0/8").addresses()).containsEntry("net", "10.1.2.3");
        assertThat(networks("eth1").addresses()).containsEntry("net", "203.0.113.7");
        assertThat(networks("203.0.113.8").addresses()).containsEntry("net", "203.0.113.8");
        assertThat(networks("2001:db8::/32").addresses())
                .containsEntry("net", "2001:db8:0:0:0:0:0:7");
        assertThat(networks("0.0.0.0/0").addresses()).containsEntry("net", "10.1.2.3");
    }

    @Test
    void one_that_the_machine_is_not_in_is_missing() {
        for (String where : List.of("10.2.0.0/16", "eth2", "10.1.2.3/33", "10.1.2", "fd00::/8")) {
            assertThat(networks(where).addresses()).as(where).isEmpty();
            assertThat(networks(where).missing())
                    .containsExactly("host network net: the machine has no address in " + where);
        }
    }

    @Test
    void what_is_no_network_is_refused_in_words() {
        assertThatThrownBy(
                        () -> Declared.of(List.of(), List.of("public", "default=eth0"), List.of()))
                .hasMessage(
                        "\"public\" is no network: name=10.0.0.0/8, or name=eth1;"
                                + " \"default=eth0\": default is the network of the node's own address");
    }
}
