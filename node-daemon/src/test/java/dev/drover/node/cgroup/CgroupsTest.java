package dev.drover.node.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Version 2 cgroups")
final class CgroupsTest {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup/unified");

    @Test
    void our_own_group_is_found_among_those_of_version_1() {
        assertThat(Cgroups.own(MOUNT, "2:cpu:/\n1:name=systemd:/a\n0::/system.slice/x y\n"))
                .contains(MOUNT.resolve("system.slice/x y"));
        assertThat(Cgroups.own(MOUNT, "0::/\n")).contains(MOUNT);
    }

    @Test
    void a_group_outside_of_what_is_mounted_here_is_left_alone() {
        assertThat(Cgroups.own(MOUNT, "0::/../other\n")).isEmpty();
        assertThat(Cgroups.own(MOUNT, "2:cpu:/\n")).isEmpty();
    }
}
