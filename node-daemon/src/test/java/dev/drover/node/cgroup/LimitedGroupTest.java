package dev.drover.node.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.cgroup.Controllers.Hierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedGroupTest {
    private static final String VERSION_1 =
            """
            23 1 254:0 / / rw - ext4 /dev/vda rw
            30 29 0:26 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            31 29 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            32 29 0:28 / /sys/fs/cgroup/a\\040b rw,relatime - cgroup cgroup rw,pids
            33 29 0:29 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;
    private static final String VERSION_2 = "30 29 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
    private static final Ceiling CEILING =
            new Ceiling(
                    Optional.of(64L << 20),
                    Optional.empty(),
                    Optional.of(500),
                    Optional.of(50),
                    Optional.of(32),
                    List.of(1, 3));

    @TempDir Path folder;

    @Test
    void finds_controllers_of_version_1_by_their_mounts() {
        Controllers controllers = Controllers.of(VERSION_1, "hugetlb");

        assertThat(controllers.version()).isEqualTo("1");
        assertThat(controllers.found())
                .containsEntry("cpu", new Hierarchy(Path.of("/sys/fs/cgroup/cpu,cpuacct"), false))
                .containsEntry("pids", new Hierarchy(Path.of("/sys/fs/cgroup/a b"), false))
                .hasSize(3);
    }

    @Test
    void finds_controllers_of_version_2_by_its_list() {
        Controllers controllers = Controllers.of(VERSION_2, "cpuset cpu io memory pids\n");

        assertThat(controllers.version()).isEqualTo("2");
        assertThat(controllers.found().keySet()).containsExactly("cpu", "cpuset", "memory", "pids");
    }

    @Test
    void a_machine_without_controllers_has_none() {
        assertThat(Controllers.of("", "").version()).isEqualTo("none");
        assertThat(Controllers.of(VERSION_1, "").version()).isEqualTo("1");
        assertThat(Controllers.of(VERSION_1.replace("rw,pids", "rw"), "pids").version())
                .isEqualTo("mixed");
    }

    @Test
    void limits_are_files_of_version_1() {
        Hierarchy own = new Hierarchy(folder, false);

        assertThat(CEILING.files("memory", own))
                .containsExactly(
                        Map.entry("memory.limit_in_bytes", "67108864"),
                        Map.entry("memory.memsw.limit_in_bytes", "67108864"));
        assertThat(CEILING.files("cpu", own))
                .containsEntry("cpu.shares", "500")
                .containsEntry("cpu.cfs_quota_us", "50000");
        assertThat(CEILING.files("pids", own)).containsEntry("pids.max", "32");
        assertThat(CEILING.files("cpuset", own)).containsExactly(Map.entry("cpuset.cpus", "1,3"));
    }

    @Test
    void limits_are_files_of_version_2() {
        Hierarchy unified = new Hierarchy(folder, true);

        assertThat(CEILING.files("memory", unified))
                .containsEntry("memory.max", "67108864")
                .containsEntry("memory.swap.max", "0");
        assertThat(CEILING.files("cpu", unified))
                .containsEntry("cpu.weight", "19")
                .containsEntry("cpu.max", "50000 100000");
    }

    @Test
    void version_2_hands_controllers_down_and_uses_a_leaf() throws IOException {
        // A plain folder stands for the hierarchy: what is written is what is looked at.
        for (String above : new String[] {"", "drover", "drover/n"}) {
            Files.createDirectories(folder.resolve(above));
        }
        TreeMap<String, Hierarchy> found =
                new TreeMap<>(Map.of("pids", new Hierarchy(folder, true)));
        LimitedGroup group = new LimitedGroup(new Controllers(found), Path.of("drover/n/run"));

        group.create(CEILING);

        assertThat(folder.resolve("drover/n/cgroup.subtree_control")).hasContent("+pids");
        assertThat(folder.resolve("drover/n/run/pids.max")).hasContent("32");
        assertThat(folder.resolve("drover/n/run/cgroup.subtree_control")).doesNotExist();
    }

    @Test
    void version_1_opens_every_group_down_to_the_one_that_is_pinned() throws IOException {
        for (String group : List.of("", "drover", "drover/run")) {
            Path made = Files.createDirectories(folder.resolve(group));
            Files.writeString(made.resolve("cpuset.cpus"), group.isEmpty() ? "0-3" : "\n");
            Files.writeString(made.resolve("cpuset.mems"), group.isEmpty() ? "0" : "\n");
        }
        TreeMap<String, Hierarchy> found =
                new TreeMap<>(Map.of("cpuset", new Hierarchy(folder, false)));

        new LimitedGroup(new Controllers(found), Path.of("drover/run")).create(CEILING);

        assertThat(folder.resolve("drover/cpuset.cpus")).hasContent("0-3");
        assertThat(folder.resolve("drover/run/cpuset.cpus")).hasContent("1,3");
        assertThat(folder.resolve("drover/run/cpuset.mems")).hasContent("0");
    }

    @Test
    void a_name_stays_below_the_hierarchy() throws IOException {
        Controllers none = Controllers.of("", "");
        assertThatThrownBy(() -> new LimitedGroup(none, Path.of("/x"))).hasMessageContaining("/x");
        assertThatThrownBy(() -> new LimitedGroup(none, Path.of("a/../../x")))
                .hasMessageContaining("x");
    }

    @Test
    void a_real_group_limits_counts_and_goes() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Controllers controllers = Controllers.detect();
        Assumptions.assumeTrue(
                controllers.found().containsKey("memory"), "this machine has no memory controller");
        LimitedGroup group =
                new LimitedGroup(
                        controllers,
                        Path.of("drover/test-limited-" + ProcessHandle.current().pid() + "/run"));
        group.create(onFirstCore(Optional.of(32L << 20)));
        group.create(onFirstCore(CEILING.memoryBytes())); // what is there gets more
        try {
            Path memory = controllers.found().get("memory").mount();
            // 100 MB in a shell that may have 64.
            Process shell =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "read go; exec perl -e '$x = \"x\" x 100_000_000; print length $x'")
                            .start();
            for (Path joined : group.folders()) {
                Files.writeString(joined.resolve("cgroup.procs"), Long.toString(shell.pid()));
            }
            shell.getOutputStream().write('\n');
            shell.getOutputStream().close();

            assertThat(shell.waitFor()).as("in " + memory).isEqualTo(128 + 9);
            assertThat(group.oomKills()).isEqualTo(1);
            assertThat(group.memoryBytes()).isPresent();
        } finally {
            assertThat(group.remove()).isTrue();
            group.removeAbove();
        }
        assertThat(group.folders()).allSatisfy(path -> assertThat(path).doesNotExist());
    }

    private static Ceiling onFirstCore(Optional<Long> memoryBytes) {
        return new Ceiling(
                memoryBytes,
                CEILING.swapBytes(),
                CEILING.cpuShares(),
                CEILING.cpuPercent(),
                CEILING.pids(),
                List.of(0));
    }
}
