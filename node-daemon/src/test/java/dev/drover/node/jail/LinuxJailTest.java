package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.Value;
import dev.drover.node.jail.JailRig.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real jails, seen from inside and from the host.
public class LinuxJailTest {
    /// Everything a task can find out about its walls.
    public static final String LISTING =
            """
            echo "== processes"; echo /proc/[0-9]*
            echo "== who"; id; hostname; echo "env:"; env | sort
            echo "== status"; grep -E '^(Cap|NoNewPrivs|Seccomp:|Sig(Blk|Ign|Cgt)|Threads)' /proc/self/status
            echo "== /proc/1"; tr '\\0' ' ' </proc/1/cmdline; echo
            for x in root cwd exe; do readlink /proc/1/$x || echo "$x: refused"; done
            cat /proc/1/environ >/dev/null 2>&1 || echo "environ: refused"
            echo "== files open"; ls /proc/self/fd | grep -v 3
            echo "== mounts"; cut -d' ' -f5- /proc/self/mountinfo | grep -v ^/proc/ |
                sed 's/ - \\([a-z0-9]*\\) .*/ \\1/; s/,relatime//; s/ \\(ext4\\|overlay\\|xfs\\|btrfs\\)$/ (of the host)/' | sort
            echo "== devices"; ls -l /dev | sed 's/ \\+/ /g; s/^\\(.\\S*\\) [0-9]* /\\1 /; s/[A-Z][a-z][a-z] [0-9]* [0-9:]* //' | grep -v ^total
            echo "== cgroups"; cut -d: -f3 /proc/self/cgroup | sort -u
            echo "== limits"; grep -E 'core' /proc/self/limits | sed 's/ \\+/ /g'
            echo "== root"; ls /
            """;

    @TempDir Path temp;
    private JailRig rig;

    @BeforeEach
    void build() throws Exception {
        rig = new JailRig(temp);
    }

    private Outcome sh(String script) throws Exception {
        return rig.run(rig.script(script));
    }

    private Outcome sh(Map<String, String> config, String script) throws Exception {
        return rig.run(with(rig.script(script), config));
    }

    private static Map<String, Value> with(Map<String, Value> config, Map<String, String> more) {
        Map<String, Value> all = new TreeMap<>(config);
        more.forEach((key, value) -> all.put(key, JailRig.text(value)));
        return all;
    }

    @Test
    void from_inside_it_looks_like_this() throws Exception {
        Outcome root = sh(Map.of("vnet", "new"), LISTING);
        Outcome user = sh(Map.of("exec_jail_user", "www", "allow_reserved_ports", "true"), LISTING);

        Outcome users = sh(Map.of("vnet", "new", "userns_mode", "private"), LISTING);

        Golden.check("inside-users.txt", users.output());
        Golden.check("inside-root.txt", root.output());
        Golden.check("inside-user.txt", user.output());
    }

    @Test
    void with_users_of_its_own_its_root_is_nobody_on_the_host_and_owns_its_files_all_the_same()
            throws Exception {
        Path theirs = Files.createFile(rig.folders.local().resolve("of-root"));
        Outcome outcome =
                sh(
                        Map.of("userns_mode", "private"),
                        """
                        id -u; grep -h '' /proc/self/uid_map /proc/self/gid_map | tr -s ' '
                        rm /local/of-root && echo mine >/local/made && chown 7:8 /local/made
                        ls -ln /local/made | tr -s ' ' | cut -d' ' -f3-4; ls -ldn / | tr -s ' ' | cut -d' ' -f3-4
                        echo x >/dev/null && head -c4 /dev/urandom | wc -c; ls -ln /dev/null | cut -c1
                        """);

        String range = " 0 " + UserRange.of("web-1").first() + " " + UserRange.COUNT + "\n";
        assertThat(outcome).isEqualTo(new Outcome(0, "0\n" + range + range + "7 8\n0 0\n4\nc\n"));
        assertThat(theirs).doesNotExist();
        Path made = rig.folders.local().resolve("made");
        assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(7);
        assertThat(Files.getAttribute(made, "unix:gid")).isEqualTo(8);
    }

    @Test
    void who_gets_out_of_it_would_own_nothing() throws Exception {
        Process keeper =
                rig.start(
                        rig.plan(
                                with(
                                        rig.script("exec sleep 100"),
                                        Map.of("userns_mode", "private"))));
        await().atMost(JailRig.SOON).until(() -> Files.exists(rig.report()));
        long pid = Long.parseLong(Files.readString(rig.report()).strip().substring(4));

        assertThat(Files.readString(Path.of("/proc/" + pid + "/status")))
                .containsPattern("Uid:\\s+" + UserRange.of("web-1").first() + "\\s");
        keeper.destroy();
        assertThat(keeper.waitFor(JailRig.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(rig.left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mount -t tmpfs x /tmp",
                "umount /proc",
                "mknod /tmp/d b 8 0",
                "chroot / true",
                "unshare -U true",
                "unshare -m true",
                "unshare -n true",
                "hostname other",
                "echo 1 >/proc/sys/kernel/panic",
                "echo b >/proc/sysrq-trigger",
                "head -c1 /proc/kcore | grep .",
                "echo 0 >/proc/sys/vm/drop_caches",
                "touch /alloc/logs/x",
                "kill -9 1 && ! sleep 0.2",
                "head -c1 /proc/1/mem | grep .",
                "ls /proc/1/root/ | grep ."
            })
    void what_reaches_beyond_it_is_refused(String attempt) throws Exception {
        Outcome outcome = sh("if " + attempt + "; then echo GOT THROUGH; else echo refused; fi");

        assertThat(outcome.output()).endsWith("refused\n").doesNotContain("THROUGH");
    }

    @Test
    void what_tells_of_the_host_is_empty_and_what_changes_it_cannot_be_written() throws Exception {
        Outcome outcome =
                sh(
                        """
                        for x in acpi asound kcore keys latency_stats sched_debug scsi timer_list timer_stats interrupts; do
                            if [ -d /proc/$x ]; then ls -A /proc/$x; elif [ -e /proc/$x ]; then cat /proc/$x; fi
                        done
                        for x in sys/kernel/hostname sys/vm/swappiness sysrq-trigger irq/default_smp_affinity; do
                            if [ -e /proc/$x ] && ( : >/proc/$x ) 2>/dev/null; then echo "$x can be written"; fi
                        done
                        """);
        assertThat(outcome).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void the_host_is_as_before() throws Exception {
        List<String> mounts = JailRig.hostMounts();

        Outcome outcome =
                sh(
                        Map.of("vnet", "new"),
                        "sleep 100 & for n in mnt pid net ipc uts cgroup; do readlink /proc/self/ns/$n; done");

        assertThat(outcome.status()).isZero();
        for (String namespace : outcome.output().lines().toList()) {
            String kind = namespace.substring(0, namespace.indexOf(':'));
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString())
                    .isNotEqualTo(namespace);
            assertThat(JailRig.inside(namespace)).as("processes left in %s", namespace).isEmpty();
        }
        assertThat(outcome.output().lines()).hasSize(6);
        assertThat(JailRig.hostMounts()).isEqualTo(mounts);
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 7, 7",
        "exit 255, 255",
        "kill -9 $$, 137",
        "kill -15 $$, 143",
        "kill -11 $$, 139",
        "exec false, 1"
    })
    void it_ends_as_its_task_ended(String script, int status) throws Exception {
        assertThat(sh(script).status()).isEqualTo(status);
    }

    @Test
    void a_program_that_is_not_there_is_told_as_our_failure() throws Exception {
        Map<String, Value> config =
                Map.of("path", JailRig.text("local/root"), "command", JailRig.text("/bin/nothing"));

        Outcome outcome = rig.run(config);

        assertThat(outcome.status()).isEqualTo(125);
        assertThat(outcome.output())
                .contains("jail: arg /bin/nothing: exec: No such file or directory");
        assertThat(Files.readString(rig.report())).startsWith("error arg /bin/nothing");
    }

    @Test
    void the_plan_is_gone_once_it_is_read() throws Exception {
        sh("true");
        assertThat(rig.folder.resolve("plan-0")).doesNotExist();
    }

    @Test
    void init_reaps_what_its_task_leaves_behind() throws Exception {
        Outcome outcome =
                sh(
                        "for i in $(seq 10); do (sleep 0.05 &) ; done; sleep 0.3; ps -o stat | grep -c Z; exit 0");
        assertThat(outcome.output()).isEqualTo("0\n");
    }

    @Test
    void signals_reach_the_task() throws Exception {
        Process process =
                started("trap 'exit 9' TERM; touch /tmp/ready; while :; do sleep 0.05; done");

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(9);
    }

    private Process started(String script) throws Exception {
        return startedPlan(rig.plan(rig.script(script)));
    }

    /// Started, and its script has made /tmp/ready.
    private Process startedPlan(String plan) throws Exception {
        Process process = rig.start(plan);
        await().pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(JailRig.SOON)
                .until(() ->
                        Files.exists(rig.folders.tmp().resolve("ready")) || !process.isAlive());
        assertThat(process.isAlive()).isTrue();
        return process;
    }
}
