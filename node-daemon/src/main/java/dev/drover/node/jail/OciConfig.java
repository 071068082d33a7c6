package dev.drover.node.jail;

import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.jail.JailSpec.Walls;
import dev.drover.node.jail.seccomp.Filters;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A jail as `config.json` of an OCI runtime, with the walls that our own has: the same file for
/// runc, crun and whoever reads version 1.0 of the specification.
public final class OciConfig {
    /// The one that all of them read, ocijail included.
    private static final String VERSION = "1.0.2";

    private static final String INIT = "/dev/init";
    private static final int PERIOD_MICROS = 100_000;

    private final JailSpec spec;
    private final Grounds grounds;

    /// What the jail stands on.
    ///
    /// @param root the folder that becomes `/`
    /// @param group the path of its cgroup in every hierarchy
    /// @param user whom it runs as
    /// @param init a program of the host that runs as pid 1 inside and starts the task; without one
    ///   the task is pid 1 itself
    /// @param most the highest limits per process that we may set, by the names of setrlimit(2)
    public record Grounds(
            Path root,
            String group,
            Filters filters,
            Ids user,
            Optional<Path> init,
            Map<String, Long> most) {
        /// Takes a copy.
        public Grounds {
            most = Map.copyOf(most);
        }
    }

    /// The numbers of a user.
    ///
    /// @param more groups beside `group`
    public record Ids(int user, int group, List<Integer> more) {
        /// Takes a copy.
        public Ids {
            more = List.copyOf(more);
        }
    }

    private OciConfig(JailSpec spec, Grounds grounds) {
        this.spec = spec;
        this.grounds = grounds;
    }

    /// The text of config.json.
    public static String of(JailSpec spec, Grounds grounds) {
        return JsonWriter.pretty(new OciConfig(spec, grounds).config());
    }

    /// The text that `exec --process` reads: another command behind the same walls.
    public static String process(
            JailSpec spec, Grounds grounds, List<String> command, boolean terminal) {
        return JsonWriter.pretty(new OciConfig(spec, grounds).process(command, terminal));
    }

    private Tree config() {
        List<String> command = new ArrayList<>(spec.program().command());
        if (grounds.init().isPresent()) {
            command.addAll(0, List.of(INIT, "--"));
        }
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(field("ociVersion", text(VERSION)));
        fields.add(field("process", process(command, false)));
        fields.add(
                field(
                        "root",
                        object(
                                field("path", text(grounds.root().toString())),
                                field("readonly", flag(spec.root() instanceof Root.Host)))));
        spec.walls().hostname().ifPresent(name -> fields.add(field("hostname", text(name))));
        fields.add(field("mounts", list(mounts())));
        fields.add(field("linux", linux()));
        return object(fields.toArray(Tree.Field[]::new));
    }

    private Tree process(List<String> command, boolean terminal) {
        Ids user = grounds.user();
        return object(
                field("terminal", flag(terminal)),
                field(
                        "user",
                        object(
                                field("uid", number(user.user())),
                                field("gid", number(user.group())),
                                field(
                                        "additionalGids",
                                        list(
                                                user.more().stream()
                                                        .<Tree>map(OciConfig::number)
                                                        .toList())))),
                field("args", texts(command)),
                field(
                        "env",
                        texts(
                                spec.program().environment().entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList())),
                field("cwd", text(spec.program().folder())),
                field("capabilities", capabilities()),
                field("rlimits", list(limits())),
                field("noNewPrivileges", flag(true)),
                field("oomScoreAdj", number(LinuxPlan.OOM_SCORE)));
    }

    /// Root has all of the jail's, every other user those that any user has.
    private Tree capabilities() {
        Walls walls = spec.walls();
        SortedSet<String> all = names(walls.capabilities());
        SortedSet<String> ambient = names(walls.ambient());
        SortedSet<String> mine = grounds.user().user() == 0 ? all : ambient;
        return object(
                field("bounding", texts(all)),
                field("effective", texts(mine)),
                field("permitted", texts(mine)),
                field("inheritable", texts(ambient)),
                field("ambient", texts(ambient)));
    }

    private static SortedSet<String> names(Collection<Capability> capabilities) {
        SortedSet<String> names = new TreeSet<>();
        capabilities.forEach(capability -> names.add("CAP_" + capability.name()));
        return names;
    }

    private List<Tree> limits() {
        SortedMap<String, Long> limits = new TreeMap<>(LinuxPlan.PER_PROCESS);
        limits.putAll(spec.limits().perProcess());
        List<Tree> list = new ArrayList<>();
        limits.forEach((name, wanted) -> {
            long most = Math.min(wanted, grounds.most().getOrDefault(name, Long.MAX_VALUE));
            list.add(
                    object(
                            field("type", text("RLIMIT_" + name.toUpperCase(Locale.ROOT))),
                            field("soft", number(most)),
                            field("hard", number(most))));
        });
        return list;
    }

    private List<Tree> mounts() {
        List<Tree> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
        mounts.add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "noexec", "mode=755", "size=64k"));
        mounts.add(
                mount(
                        "/dev/pts",
                        "devpts",
                        "devpts",
                        "nosuid",
                        "noexec",
                        "newinstance",
                        "ptmxmode=0666",
                        "mode=0620",
                        "gid=5",
                        "max=" + LinuxPlan.PTYS_MAX));
        mounts.add(
                mount(
                        "/dev/shm",
                        "tmpfs",
                        "shm",
                        "nosuid",
                        "noexec",
                        "nodev",
                        "mode=1777",
                        "size=64m"));
        if (spec.walls().ownIpc()) {
            mounts.add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
        }
        grounds.init()
                .ifPresent(init ->
                        mounts.add(
                                mount(
                                        INIT,
                                        "bind",
                                        init.toString(),
                                        "bind",
                                        "ro",
                                        "nosuid",
                                        "nodev")));
        if (spec.root() instanceof Root.Host(var shown, var _)) {
            shown.forEach(bind -> mounts.add(bind(bind)));
        }
        spec.binds().forEach(bind -> mounts.add(bind(bind)));
        return mounts;
    }

    private static Tree bind(Bind bind) {
        List<String> options = new ArrayList<>(List.of("bind"));
        options.addAll(List.of(bind.access().flags().split(",", -1)));
        return mount(
                bind.target(), "bind", bind.source().toString(), options.toArray(String[]::new));
    }

    private static Tree mount(String target, String type, String source, String... options) {
        return object(
                field("destination", text(target)),
                field("type", text(type)),
                field("source", text(source)),
                field("options", texts(List.of(options))));
    }

    private Tree linux() {
        return object(
                field("cgroupsPath", text("/" + grounds.group())),
                field("namespaces", list(namespaces())),
                field("devices", list(spec.devices().stream().map(OciConfig::device).toList())),
                field("resources", resources(spec)),
                field("maskedPaths", texts(LinuxPlan.MASKED)),
                field("readonlyPaths", texts(LinuxPlan.READ_ONLY)),
                field("seccomp", grounds.filters().oci(spec.walls().filter())));
    }

    private List<Tree> namespaces() {
        Walls walls = spec.walls();
        List<String> names = new ArrayList<>(List.of("pid", "mount", "cgroup"));
        if (walls.ownIpc()) {
            names.add("ipc");
        }
        if (walls.hostname().isPresent()) {
            names.add("uts");
        }
        if (walls.ownNetwork()) {
            names.add("network");
        }
        return names.stream().<Tree>map(name -> object(field("type", text(name)))).toList();
    }

    private static Tree device(JailSpec.Device device) {
        return object(
                field("path", text(device.file().toString())),
                field("type", text(device.block() ? "b" : "c")),
                field("major", number(device.major())),
                field("minor", number(device.minor())),
                field("fileMode", number(0666)));
    }

    /// No device but those that every jail has, and the task's own.
    private static Tree allowed(JailSpec spec) {
        List<Tree> rules = new ArrayList<>();
        rules.add(object(field("allow", flag(false)), field("access", text("rwm"))));
        for (JailSpec.Device device : spec.devices()) {
            rules.add(
                    object(
                            field("allow", flag(true)),
                            field("type", text(device.block() ? "b" : "c")),
                            field("major", number(device.major())),
                            field("minor", number(device.minor())),
                            field("access", text("rw"))));
        }
        return list(rules);
    }

    private static Tree resources(JailSpec spec) {
        Ceiling ceiling = spec.limits().ceiling();
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(field("devices", allowed(spec)));
        ceiling.memoryBytes()
                .ifPresent(bytes ->
                        fields.add(
                                field(
                                        "memory",
                                        object(
                                                field("limit", number(bytes)),
                                                field(
                                                        "swap",
                                                        number(
                                                                bytes
                                                                        + ceiling.swapBytes()
                                                                                .orElse(0L)))))));
        List<Tree.Field> cpu = new ArrayList<>();
        ceiling.cpuShares().ifPresent(mhz -> cpu.add(field("shares", number(Math.max(2, mhz)))));
        ceiling.cpuPercent()
                .ifPresent(percent -> {
                    cpu.add(field("quota", number((long) percent * PERIOD_MICROS / 100)));
                    cpu.add(field("period", number(PERIOD_MICROS)));
                });
        if (!ceiling.cores().isEmpty()) {
            cpu.add(field("cpus", text(Ceiling.listed(ceiling.cores()))));
        }
        if (!cpu.isEmpty()) {
            fields.add(field("cpu", object(cpu.toArray(Tree.Field[]::new))));
        }
        ceiling.pids()
                .ifPresent(pids -> fields.add(field("pids", object(field("limit", number(pids))))));
        return object(fields.toArray(Tree.Field[]::new));
    }

    private static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    private static Tree object(Tree.Field... fields) {
        return new Tree.Block(Position.START, List.of(), List.of(fields));
    }

    private static Tree list(List<Tree> items) {
        return new Tree.Listing(Position.START, items);
    }

    private static Tree texts(Collection<String> texts) {
        return list(texts.stream().<Tree>map(OciConfig::text).toList());
    }

    private static Tree text(String text) {
        return new Tree.Text(Position.START, text);
    }

    private static Tree flag(boolean flag) {
        return new Tree.Flag(Position.START, flag);
    }

    private static Tree number(long number) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(number));
    }
}
