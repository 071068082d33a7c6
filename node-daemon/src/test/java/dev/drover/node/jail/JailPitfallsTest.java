package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.Value;
import dev.drover.node.jail.JailRig.Outcome;
import dev.drover.node.jail.JailSpec.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways in which jails of this kind have really failed.
class JailPitfallsTest {
    private static final String LASTING = "touch /tmp/ready; sleep 300 & sleep 300";

    @TempDir Path temp;
    private JailRig rig;

    @BeforeEach
    void build() throws Exception {
        rig = new JailRig(temp);
    }

    @Test
    void a_link_of_the_image_leads_nowhere_but_into_the_jail() throws Exception {
        // After pivot_root the old root lay on top of `/`, and `/..` led to it.
        Path outside = Files.createTempDirectory(Path.of("/var/tmp"), "outside");
        Files.createSymbolicLink(rig.root.resolve("alloc"), Path.of("/../.." + outside));
        Files.createDirectories(rig.root.resolve(outside.toString().substring(1)));

        Outcome outcome = rig.run(rig.script("touch /alloc/x; ls " + outside));

        assertThat(outcome.output()).isEqualTo("logs\nx\n");
        assertThat(outside).isEmptyDirectory();
        assertThat(rig.folders.shared().resolve("x")).exists();
        Files.delete(outside);
    }

    @Test
    void a_link_of_the_image_to_what_only_the_host_has_fails_closed() throws Exception {
        Path outside = Files.createDirectories(rig.folder.resolve("outside"));
        Files.createSymbolicLink(rig.root.resolve("alloc"), Path.of("/../.." + outside));

        Outcome outcome = rig.run(rig.script("echo it runs"));

        assertThat(outcome.status()).isEqualTo(125);
        assertThat(outcome.output()).doesNotContain("it runs");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_root_that_was_swapped_for_a_link_is_refused() throws Exception {
        String plan = rig.plan(rig.script("echo it runs"));
        Files.move(rig.root, rig.folder.resolve("moved"));
        Files.createSymbolicLink(rig.root, Path.of("/"));

        Outcome outcome = rig.run(plan);

        assertThat(outcome.status()).isEqualTo(125);
        assertThat(outcome.output()).contains("root: openat2").doesNotContain("it runs");
        Files.delete(rig.root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "www", "65534"})
    void nothing_is_left_when_the_keeper_is_killed(String user) throws Exception {
        // The wish to die with one's parent is forgotten with a change of user.
        Map<String, Value> config = new TreeMap<>(rig.script(LASTING));
        config.put("exec_jail_user", JailRig.text(user));
        Process keeper = ready(rig.plan(config));
        String namespace = pidNamespace();
        assertThat(JailRig.inside(namespace))
                .hasSize(3); // init, and two sleeps of which one was the shell

        keeper.destroyForcibly().waitFor();

        await().atMost(JailRig.SOON).until(() -> JailRig.inside(namespace).isEmpty());
    }

    @Test
    void nothing_is_left_when_pid_1_is_killed() throws Exception {
        Process keeper = ready(rig.plan(rig.script(LASTING)));
        String namespace = pidNamespace();

        ProcessHandle.of(pidOne()).orElseThrow().destroyForcibly();

        assertThat(keeper.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isEqualTo(128 + 9);
        assertThat(JailRig.inside(namespace)).isEmpty();
    }

    @Test
    void nothing_is_left_when_the_keeper_is_killed_at_any_moment_of_the_building()
            throws Exception {
        String plan = rig.plan(rig.script(LASTING));
        List<String> mounts = JailRig.hostMounts();
        for (int millis = 0; millis < 40; millis++) {
            Process keeper = rig.start(plan);
            keeper.waitFor(millis, TimeUnit.MILLISECONDS);
            keeper.destroyForcibly().waitFor();
        }
        await().atMost(JailRig.SOON).until(() -> rig.left().isEmpty());
        assertThat(JailRig.hostMounts()).isEqualTo(mounts);
    }

    @Test
    void a_plan_cut_short_never_runs() throws Exception {
        List<String> lines = rig.plan(rig.script("echo it runs")).lines().toList();
        for (int kept = 0; kept < lines.size(); kept++) {
            Outcome outcome = rig.run(String.join("\n", lines.subList(0, kept)));
            assertThat(outcome.status()).as("%s lines", kept).isEqualTo(125);
            assertThat(outcome.output()).contains("no end");
        }
        // In the middle of a line, too: a shorter word must not pass for the whole one.
        String plan = String.join("\n", lines);
        assertThat(rig.run(plan.substring(0, plan.length() - 1)).output()).contains("no end");
    }

    @Test
    void a_plan_without_any_one_step_gives_no_more_power_or_does_not_run() throws Exception {
        for (String missing : List.of("root ", "end")) {
            String plan =
                    rig.plan(rig.script("echo it runs")).replaceAll("(?m)^" + missing + ".*\n", "");
            assertThat(rig.run(plan).status()).as(missing).isEqualTo(125);
        }
        String twice = rig.plan(rig.script("echo it runs")).replaceAll("(?m)^(root .*)$", "$1\n$1");
        assertThat(rig.run(twice).output()).contains("not one of");
    }

    @Test
    void an_unknown_step_is_refused() throws Exception {
        String plan = rig.plan(rig.script("echo it runs"));
        for (String wrong :
                List.of(
                        "secomp 00",
                        "Mask /proc/kcore",
                        "-",
                        "namespaces mount pidd",
                        "rlimit files 1 1",
                        "user nobody-here")) {
            Outcome outcome = rig.run(plan.replaceFirst("(?m)^mortal$", "mortal\n" + wrong));
            assertThat(outcome.status()).as(wrong).isEqualTo(125);
            assertThat(outcome.output()).doesNotContain("it runs");
        }
    }

    @Test
    void a_word_cannot_become_a_step() throws Exception {
        Outcome outcome = rig.run(rig.script("echo one\necho 'two\\040three' # é\u00a0\nend"));
        assertThat(outcome.output()).startsWith("one\ntwo\\040three\n").contains("end: not found");
    }

    @Test
    void a_stopped_task_has_not_ended() throws Exception {
        // To perl's waitpid a stop looks like an exit with 0.
        String script = "(sleep 0.3; kill -CONT 2) & kill -STOP 2; exit 5";
        assertThat(rig.run(rig.script(script)).status()).isEqualTo(5);
        // Without an init pid 1 is the shell itself, which cannot stop itself; the host can.
        Process keeper = ready(rig.plan(rig.script(LASTING)).replace("\ninit\n", "\n"));
        signal(pidOne(), "STOP");
        assertThat(keeper.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        keeper.destroyForcibly().waitFor();
    }

    @Test
    void a_traced_task_that_stops_for_good_is_killed_with_its_keeper() throws Exception {
        // PTRACE_TRACEME makes init its tracer, who never lets it go on: TERM cannot end it.
        String program =
                "syscall(101, 0); open F, \">/tmp/ready\"; close F; kill STOP => $$; exit 4";
        Process keeper =
                ready(
                        LinuxPlan.of(
                                        onHost(List.of("/usr/bin/perl", "-e", program)),
                                        rig.ground(List.of()))
                                .interpreterText());
        String namespace = pidNamespace();

        keeper.destroy();
        assertThat(keeper.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        keeper.destroyForcibly().waitFor();

        await().atMost(JailRig.SOON).until(() -> JailRig.inside(namespace).isEmpty());
    }

    @Test
    void root_of_a_jail_has_no_more_than_it_was_given() throws Exception {
        Map<String, Value> config =
                new TreeMap<>(rig.script("grep -E 'CapEff|CapBnd' /proc/self/status"));
        config.put("cap_drop", new Value.Items(List.of(JailRig.text("all"))));
        assertThat(rig.run(config).output())
                .isEqualTo("CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\n");
    }

    @Test
    void users_of_a_fifo_in_the_place_of_passwd_are_refused_and_not_waited_for() throws Exception {
        Files.delete(rig.root.resolve("etc/passwd"));
        assertThat(
                        new ProcessBuilder("mkfifo", rig.root.resolve("etc/passwd").toString())
                                .start()
                                .waitFor())
                .isZero();
        Map<String, Value> config = new TreeMap<>(rig.script("true"));
        config.put("exec_jail_user", JailRig.text("www"));
        assertThat(rig.run(config).output()).contains("www is not in the jail's /etc/passwd");
    }

    @Test
    void what_is_run_beside_it_sees_the_same_walls() throws Exception {
        Process keeper = ready(rig.plan(rig.script(LASTING)));
        List<String> command =
                List.of(
                        "/bin/sh",
                        "-c",
                        "ls /proc/self/fd | wc -l; grep -E 'CapEff|NoNewPrivs|Seccomp:' /proc/self/status; readlink /proc/self/ns/pid; kill -9 1; exit 6");
        String plan =
                LinuxPlan.beside(
                                rig.spec(rig.script(LASTING)),
                                rig.ground(List.of()),
                                (int) pidOne(),
                                ticks(pidOne()),
                                command)
                        .interpreterText();

        Outcome beside = rig.run(plan);

        assertThat(beside.output())
                .isEqualTo(
                        "4\nCapEff:\t00000000800004fb\nNoNewPrivs:\t1\nSeccomp:\t2\n"
                                + pidNamespace()
                                + "\n");
        assertThat(beside.status()).isEqualTo(6);
        assertThat(keeper.isAlive()).isTrue();
        keeper.destroyForcibly().waitFor();
    }

    @Test
    void nobody_enters_a_jail_whose_pid_is_anothers_by_now() throws Exception {
        String plan =
                LinuxPlan.beside(
                                rig.spec(rig.script("true")),
                                rig.ground(List.of()),
                                (int) ProcessHandle.current().pid(),
                                1,
                                List.of("/bin/sh"))
                        .interpreterText();
        assertThat(rig.run(plan).output()).contains("the jail is gone");
    }

    @Test
    void the_script_compiles_with_strict_and_warnings() throws Exception {
        Process perl =
                new ProcessBuilder(
                                "perl",
                                "-Mstrict",
                                "-Mwarnings",
                                "-c",
                                rig.folder.resolve("bin/jail.pl").toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(
                        new String(
                                perl.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .endsWith("syntax OK\n");
    }

    private JailSpec onHost(List<String> command) throws IOException {
        Map<String, Value> config =
                Map.of(
                        "command",
                        JailRig.text(command.getFirst()),
                        "args",
                        new Value.Items(
                                command.subList(1, command.size()).stream()
                                        .map(JailRig::text)
                                        .toList()));
        JailRequest request =
                new JailRequest(
                        "web-1",
                        config,
                        Map.of(),
                        Optional.of("nobody"),
                        rig.folders,
                        List.of(),
                        Limits.NONE);
        Root.Host host = HostView.look();
        return ((Mapped.Accepted)
                        ExecMapping.map(request, host, JailPolicy.CLOSED, Path::toRealPath))
                .spec();
    }

    /// Started, and its task has made /tmp/ready.
    private Process ready(String plan) throws IOException {
        Process keeper = rig.start(plan);
        await().pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(JailRig.SOON)
                .until(() -> Files.exists(rig.folders.tmp().resolve("ready")) || !keeper.isAlive());
        assertThat(keeper.isAlive()).isTrue();
        return keeper;
    }

    private long pidOne() throws IOException {
        await().atMost(JailRig.SOON).until(() -> Files.exists(rig.report()));
        return Long.parseLong(Files.readString(rig.report()).replace("pid ", "").strip());
    }

    private String pidNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pidOne() + "/ns/pid")).toString();
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    }

    private static void signal(long pid, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
                .isZero();
    }
}
