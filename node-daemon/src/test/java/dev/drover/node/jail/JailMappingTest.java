package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.JailConfig;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.node.jail.JailRequest.Folders;
import dev.drover.node.jail.LinuxPlan.Ground;
import dev.drover.node.jail.LinuxPlan.Held;
import dev.drover.node.jail.seccomp.Filters;
import dev.drover.node.jail.seccomp.Machine;
import dev.drover.node.jail.seccomp.Profile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JailMappingTest {
    static final Folders FOLDERS =
            new Folders(Path.of("/data/alloc/7f3a/web"), Path.of("/data/alloc/7f3a/alloc"));
    static final Ground GROUND =
            new Ground(
                    Path.of("/run/report"),
                    Optional.of(
                            new Held(Optional.of(Path.of("/sys/fs/cgroup/unified/drover/web")))),
                    List.of(Path.of("/sys/fs/cgroup/memory/drover/web")),
                    new Filters(Profile.standard(), Machine.X86_64),
                    true);

    private static final Path FSTAB = Path.of("/run/fstab");

    private static final JailPolicy OPEN =
            new JailPolicy(
                    EnumSet.allOf(JailKey.class),
                    EnumSet.allOf(Capability.class),
                    List.of(Path.of("/zroot")));

    /// A value for each key that differs from what a jail is like without it.
    private static final Map<JailKey, Value> SAMPLES =
            Map.ofEntries(
                    Map.entry(JailKey.ARGS, items("-v")),
                    Map.entry(JailKey.CAP_ADD, items("net_raw")),
                    Map.entry(JailKey.CAP_DROP, items("CAP_CHOWN")),
                    Map.entry(JailKey.PATH, text("/zroot/jails/web")),
                    Map.entry(JailKey.HOST, text("inherit")),
                    Map.entry(JailKey.USERNS_MODE, text("private")),
                    Map.entry(JailKey.IP4, text("disable")),
                    Map.entry(JailKey.IP6, text("new")),
                    Map.entry(JailKey.SYSVMSG, text("disable")),
                    Map.entry(JailKey.SYSVSEM, text("disable")),
                    Map.entry(JailKey.SYSVSHM, text("inherit")),
                    Map.entry(JailKey.MOUNT, text("/zroot/pkg /pkg nullfs ro 0 0")),
                    Map.entry(JailKey.HOST_HOSTNAME, text("mwl.io")),
                    Map.entry(
                            JailKey.RCTL,
                            new Value.Fields(
                                    Map.of(
                                            "maxproc",
                                            rule("deny", new Value.Num(BigDecimal.TEN), "")))));

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value items(String... texts) {
        return new Value.Items(List.of(texts).stream().map(JailMappingTest::text).toList());
    }

    private static Value rule(String action, Value amount, String per) {
        return new Value.Fields(Map.of("Action", text(action), "Amount", amount, "Per", text(per)));
    }

    private static Value sample(JailKey key) {
        return switch (key.type()) {
            case FLAG -> new Value.Bool(true);
            case NUMBER -> new Value.Num(BigDecimal.valueOf(7));
            case TEXT, LIST, RULES -> SAMPLES.getOrDefault(key, text("new"));
        };
    }

    static JailRequest request(Map<String, Value> config) {
        return new JailRequest(
                "web-7f3a",
                config,
                Map.of("NOMAD_TASK_DIR", FOLDERS.local().toString(), "A", "b c"),
                Optional.empty(),
                FOLDERS,
                List.of(),
                Limits.granted(500, 64 << 20, List.of()));
    }

    private static Mapped map(Platform platform, JailPolicy policy, Map<String, Value> config) {
        return JailMapping.map(request(config), platform, policy, path -> path.normalize());
    }

    private static JailSpec spec(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Accepted.class);
        return ((Mapped.Accepted) mapped).spec();
    }

    private static List<String> refusals(Mapped mapped) {
        assertThat(mapped).isInstanceOf(Mapped.Refused.class);
        return ((Mapped.Refused) mapped).because();
    }

    private static Map<String, Value> with(JailKey key, Value value) {
        Map<String, Value> config = new TreeMap<>();
        if (key != JailKey.COMMAND && key != JailKey.EXEC_START) {
            config.put("command", text("/bin/httpd"));
        }
        config.put(key.word(), value);
        return config;
    }

    private static String built(Platform platform, JailSpec spec) {
        return switch (platform) {
            case LINUX ->
                    LinuxPlan.of(spec, GROUND).interpreterText()
                            + spec.limits()
                            + spec.program().stop();
            case FREEBSD ->
                    FreeBsdPlan.of(spec, FSTAB).commandLines()
                            + FreeBsdPlan.fstab(spec)
                            + spec.program().stop();
        };
    }

    @ParameterizedTest
    @EnumSource
    void every_key_has_its_fate_on_linux(JailKey key) {
        meetsItsFate(key, Platform.LINUX);
    }

    @ParameterizedTest
    @EnumSource
    void every_key_has_its_fate_on_freebsd(JailKey key) {
        meetsItsFate(key, Platform.FREEBSD);
    }

    private static void meetsItsFate(JailKey key, Platform platform) {
        Map<String, Value> config = with(key, sample(key));
        String plain =
                built(platform, spec(map(platform, OPEN, Map.of("command", text("/bin/httpd")))));
        switch (key.on(platform)) {
            case Fate.Honoured _ -> {
                Mapped mapped = map(platform, OPEN, config);

                assertThat(built(platform, spec(mapped))).isNotEqualTo(plain);
            }
            case Fate.NeedsLeave _ -> {
                assertThat(built(platform, spec(map(platform, OPEN, config)))).isNotEqualTo(plain);
                assertThat(refusals(map(platform, JailPolicy.CLOSED, config)).toString())
                        .contains("config." + key.word(), "this node");
            }
            case Fate.Always(String how) -> {
                Mapped.Accepted no =
                        (Mapped.Accepted) map(platform, OPEN, with(key, new Value.Bool(false)));
                assertThat(no.warnings().toString()).contains(how);
                assertThat(((Mapped.Accepted) map(platform, OPEN, config)).warnings()).isEmpty();
            }
            case Fate.Warned(String why) -> {
                Mapped.Accepted accepted = (Mapped.Accepted) map(platform, OPEN, config);
                assertThat(accepted.warnings().toString()).contains("config." + key.word(), why);
                assertThat(built(platform, accepted.spec())).isEqualTo(plain);
            }
            case Fate.Refused(String why) ->
                    assertThat(refusals(map(platform, OPEN, config)).toString())
                            .contains("config." + key.word(), why);
        }
    }

    @Test
    void the_record_of_the_config_has_the_same_keys() {
        Set<String> components = new HashSet<>();
        for (Component component : RecordShape.of(JailConfig.class).components()) {
            JailKey key = JailKey.named(component.name()).orElseThrow();
            components.add(key.word());
        }
        assertThat(components)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.allOf(JailKey.class).stream().map(JailKey::word).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "Exec_start, EXEC_START",
        "exec.start, EXEC_START",
        "execStart, EXEC_START",
        "EXEC_START, EXEC_START",
        "Allow_read_msgbug, ALLOW_READ_MSGBUF",
        "Allow_mount_fdescds, ALLOW_MOUNT_FDESCFS",
        "Exec_postart, EXEC_POSTSTART",
        "vnet.interface, VNET_NIC",
        "interface, NIC"
    })
    void keys_are_found_however_they_are_written(String written, JailKey key) {
        assertThat(JailKey.named(written)).contains(key);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThat(
                        refusals(
                                map(
                                        Platform.LINUX,
                                        OPEN,
                                        Map.of("command", text("x"), "Exec_strat", text("y")))))
                .containsExactly("config.Exec_strat is not a key of the jail driver");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        Map<String, Value> config =
                Map.of(
                        "path", text("/etc"),
                        "allow_mount", text("true"),
                        "securelevel", text("high"),
                        "host_hostname", text("a b"));
        assertThat(refusals(map(Platform.FREEBSD, JailPolicy.CLOSED, config))).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "..", "../..", "../web2", "/data/alloc/7f3a/web2"})
    void a_root_outside_of_the_tasks_folders_is_refused(String path) {
        Map<String, Value> config = Map.of("command", text("x"), "path", text(path));
        assertThat(refusals(map(Platform.LINUX, JailPolicy.CLOSED, config)).getFirst())
                .contains("jail.roots");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "local/..",
                "local/root",
                "../alloc/root",
                "/data/alloc/7f3a/web/local/.."
            })
    void a_root_inside_of_them_is_taken(String path) {
        Map<String, Value> config = Map.of("command", text("x"), "path", text(path));
        assertThat(map(Platform.LINUX, JailPolicy.CLOSED, config))
                .isInstanceOf(Mapped.Accepted.class);
    }

    @Test
    void a_root_that_does_not_exist_is_refused() {
        Mapped mapped =
                JailMapping.map(
                        request(Map.of("command", text("x"), "path", text("nowhere"))),
                        Platform.LINUX,
                        JailPolicy.CLOSED,
                        path -> {
                            throw new IOException(path.toString());
                        });
        assertThat(refusals(mapped))
                .containsExactly("config.path: nowhere does not exist on this node");
    }

    @Test
    void the_tasks_folders_are_named_as_the_jail_sees_them() {
        Map<String, Value> config =
                Map.of(
                        "command",
                        text("/data/alloc/7f3a/web/local/run"),
                        "args",
                        items("-d", "/data/alloc/7f3a/alloc/x"));
        JailSpec spec = spec(map(Platform.LINUX, JailPolicy.CLOSED, config));
        assertThat(spec.program().command()).containsExactly("/local/run", "-d", "/alloc/x");
        assertThat(spec.program().environment()).containsEntry("NOMAD_TASK_DIR", "/local");
    }

    @ParameterizedTest
    @CsvSource({
        "inherit, , false",
        "new, , true",
        "disable, , true",
        "disable, inherit, false",
        ", inherit, false",
        ", disable, true"
    })
    void the_network_is_the_hosts_unless_something_asks_for_an_own_one(
            String ip4, String ip6, boolean own) {
        Map<String, Value> config = new TreeMap<>(Map.of("command", text("x")));
        Optional.ofNullable(ip4).ifPresent(word -> config.put("ip4", text(word)));
        Optional.ofNullable(ip6).ifPresent(word -> config.put("ip6", text(word)));
        assertThat(spec(map(Platform.LINUX, JailPolicy.CLOSED, config)).walls().ownNetwork())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @EnumSource
    void every_resource_is_limited_refused_or_warned_about(JailResource resource) {
        Value rules =
                new Value.Fields(
                        Map.of(
                                resource.word().toUpperCase(Locale.ROOT),
                                rule("sigkill", text("64M"), "")));
        Value denied = new Value.Fields(Map.of(resource.word(), rule("deny", text("64M"), "")));
        Limits plain = spec(map(Platform.LINUX, OPEN, Map.of("command", text("x")))).limits();
        Map<String, Value> config = Map.of("command", text("x"), "rctl", denied);
        if (resource.refused().isPresent()) {
            assertThat(refusals(map(Platform.LINUX, OPEN, config)).toString())
                    .contains(resource.refused().get());
        } else if (resource == JailResource.MEMORYUSE) {
            assertThat(spec(map(Platform.LINUX, OPEN, config)).limits().demanded())
                    .contains("memory");
        } else {
            assertThat(spec(map(Platform.LINUX, OPEN, config)).limits()).isNotEqualTo(plain);
        }
        assertThat(
                        spec(map(
                                        Platform.FREEBSD,
                                        OPEN,
                                        Map.of("command", text("x"), "rctl", rules)))
                                .freeBsd()
                                .rules())
                .contains(resource.word() + ":sigkill=67108864");
    }

    @Test
    void a_rule_without_effect_or_sense_is_told() {
        Value log = new Value.Fields(Map.of("maxproc", rule("log", text("5"), "")));
        assertThat(
                        ((Mapped.Accepted)
                                        map(
                                                Platform.LINUX,
                                                OPEN,
                                                Map.of("command", text("x"), "rctl", log)))
                                .warnings())
                .hasSize(1);
        Value user = new Value.Fields(Map.of("maxproc", rule("deny", text("5"), "user")));
        assertThat(refusals(map(Platform.LINUX, OPEN, Map.of("command", text("x"), "rctl", user))))
                .hasSize(1);
        Value time = new Value.Fields(Map.of("cputime", rule("deny", text("5"), "")));
        assertThat(
                        refusals(
                                map(
                                        Platform.FREEBSD,
                                        OPEN,
                                        Map.of("command", text("x"), "rctl", time))))
                .hasSize(1);
        Value more = new Value.Fields(Map.of("memory", rule("deny", text("5"), "")));
        assertThat(
                        refusals(
                                map(
                                        Platform.FREEBSD,
                                        OPEN,
                                        Map.of("command", text("x"), "rctl", more))))
                .hasSize(1);
    }

    @Test
    void no_jail_gets_what_opens_it_unless_the_node_lets_it() {
        String plain =
                built(
                        Platform.FREEBSD,
                        spec(
                                map(
                                        Platform.FREEBSD,
                                        JailPolicy.CLOSED,
                                        Map.of("command", text("x")))));
        assertThat(plain)
                .doesNotContain("allow.")
                .contains("enforce_statfs=2", "children.max=0", "devfs_ruleset=4");
        for (String[] open :
                new String[][] {
                    {"enforce_statfs", "1"}, {"enforce_statfs", "0"}, {"devfs_ruleset", "0"}
                }) {
            assertThat(
                            refusals(
                                    map(
                                            Platform.FREEBSD,
                                            JailPolicy.CLOSED,
                                            Map.of("command", text("x"), open[0], text(open[1])))))
                    .hasSize(1);
        }
    }

    @Test
    void a_mount_names_an_absolute_target_and_a_source_that_the_node_lets_it() {
        for (String line :
                List.of(
                        "/etc /x nullfs ro 0 0",
                        "/zroot/a x nullfs ro",
                        "/zroot/a /x/../y nullfs ro",
                        "/zroot/a /x ufs rw",
                        "x")) {
            assertThat(
                            refusals(
                                    map(
                                            Platform.LINUX,
                                            OPEN,
                                            Map.of("command", text("x"), "mount", text(line)))))
                    .as(line)
                    .hasSize(1);
        }
    }

    @Test
    void the_plan_for_linux_is_this() throws IOException {
        Map<String, Value> config =
                new TreeMap<>(
                        Map.of(
                                "Path", text("/zroot/jails/build"),
                                "Exec_start",
                                        text("/usr/local/bin/http-echo -listen :5678 -text hello"),
                                "Exec_stop", text("sync"),
                                "Host_hostname", text("mwl.io"),
                                "Vnet", new Value.Bool(true),
                                "allow_reserved_ports", text("true"),
                                "exec_jail_user", text("www"),
                                "mount", text("/zroot/pkg /zroot/jails/build/pkg nullfs ro 0 0"),
                                "rctl",
                                        new Value.Items(
                                                List.of(
                                                        new Value.Fields(
                                                                Map.of(
                                                                        "openfiles",
                                                                        rule(
                                                                                "deny",
                                                                                text("4096"),
                                                                                "process")))))));
        JailSpec spec = spec(map(Platform.LINUX, OPEN, config));
        JailPlan plan = LinuxPlan.of(spec, GROUND);
        Golden.check(
                "linux.plan",
                plan.interpreterText().replaceAll("seccomp [0-9a-f]+", "seccomp \\$FILTER")
                        + "# undo: "
                        + plan.undo()
                        + "\n");
        Golden.check(
                "linux-beside.plan",
                LinuxPlan.beside(spec, GROUND, 4711, 123456, List.of("/bin/ps", "-o", "pid args"))
                        .interpreterText()
                        .replaceAll("seccomp [0-9a-f]+", "seccomp \\$FILTER"));
    }

    @Test
    void the_plan_for_freebsd_is_this() throws IOException {
        Map<String, Value> config =
                new TreeMap<>(
                        Map.of(
                                "Path", text("/zroot/jails/build"),
                                "Exec_start",
                                        text("/usr/local/bin/http-echo -listen :5678 -text hello"),
                                "Exec_stop", text("sh /etc/rc.shutdown"),
                                "Host_hostname", text("mwl.io"),
                                "Ip4_addr", text("em0|10.0.0.7/24"),
                                "allow_set_hostname", new Value.Bool(false),
                                "securelevel", text("3"),
                                "exec_fib", text("1"),
                                "mount", text("/zroot/pkg /zroot/jails/build/pkg nullfs ro 0 0"),
                                "rctl",
                                        new Value.Fields(
                                                Map.of(
                                                        "openfiles",
                                                        rule("deny", text("4096"), "process"),
                                                        "pcpu",
                                                        rule("deny", text("50"), "")))));
        JailSpec spec = spec(map(Platform.FREEBSD, OPEN, config));
        JailPlan plan = FreeBsdPlan.of(spec, FSTAB);
        StringBuilder undo = new StringBuilder();
        plan.undo().forEach(words -> undo.append(JailPlan.commandLine(words)).append('\n'));
        Golden.check(
                "freebsd.commands",
                plan.commandLines() + "# undo\n" + undo + "# fstab\n" + FreeBsdPlan.fstab(spec));
    }
}
