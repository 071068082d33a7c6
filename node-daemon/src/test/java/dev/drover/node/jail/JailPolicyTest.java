package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JailPolicyTest {
    @Test
    void what_operators_write_is_granted_in_any_spelling() {
        assertThat(
                        JailPolicy.of(
                                List.of("/srv/jails"),
                                List.of("allow.raw_sockets", "Vnet_nic", "enforceStatfs"),
                                List.of("CAP_NET_RAW", "sys_time")))
                .isEqualTo(
                        new JailPolicy(
                                Set.of(
                                        JailKey.ALLOW_RAW_SOCKETS,
                                        JailKey.VNET_NIC,
                                        JailKey.ENFORCE_STATFS),
                                Set.of(Capability.NET_RAW, Capability.SYS_TIME),
                                List.of(Path.of("/srv/jails"))));
    }

    @Test
    void nothing_written_is_an_ordinary_node() {
        assertThat(JailPolicy.of(List.of(), List.of(), List.of())).isEqualTo(JailPolicy.ORDINARY);
    }

    @Test
    void everything_wrong_is_said_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JailPolicy.of(
                                List.of("srv"), List.of("allow_all", "command"), List.of("root")))
                .withMessageContainingAll(
                        "\"srv\" is not an absolute path",
                        "\"allow_all\" is not a key that needs leave; those are",
                        "\"command\"",
                        "\"root\" is not a capability");
    }
}
