package dev.drover.node.jail;

import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.jail.JailSpec.Walls;
import dev.drover.node.jail.seccomp.Filters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The steps of a jail on Linux, for jail.pl. Their order is the point of them:
///
/// ```text
///  what the keeper does on the host      forget run report oom init cgroup
///  namespaces                            from here on nothing touches the host
///  root, then everything seen in it      mounts, devices, links, binds
///  masks and seals                       after the last thing that must write
///  into its groups                       which takes the kernel milliseconds: all before goes on meanwhile
///  what takes power away                 limits, capabilities, user, no new privileges, filter
///  the task                              env arg end
/// ```
public final class LinuxPlan {
    /// What must not be seen of /proc: it tells of the host or lets it be changed.
    static final List<String> MASKED =
            List.of(
                    "/proc/acpi",
                    "/proc/asound",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/interrupts",
                    "/sys/firmware");

    static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /// Character devices by name: mode, major and minor number.
    private static final List<String> DEVICES =
            List.of(
                    "null 666 1 3",
                    "zero 666 1 5",
                    "full 666 1 7",
                    "random 666 1 8",
                    "urandom 666 1 9",
                    "tty 666 5 0");

    /// Killed before the daemon and its helpers when the whole machine runs out of memory.
    static final int OOM_SCORE = 100;

    /// Pseudo-terminals in one jail: they come from a pool that the whole machine shares.
    static final int PTYS_MAX = 256;

    /// Files belong to the same numbers on the disk and inside, though these are other users on the
    /// host. What is shown of the host itself is not so: it belongs to nobody inside.
    private static final String SAME_USERS = "idmap";

    /// Instead of what the daemon happens to have. No core files: they would fill the task's disk.
    static final Map<String, Long> PER_PROCESS = Map.of("core", 0L, "nofile", 65_536L);

    private final JailSpec spec;
    private final Ground ground;
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> made = new HashSet<>();

    /// What the jail stands on.
    ///
    /// @param report the file that tells when the task runs
    /// @param run what the keeper is part of, where somebody supervises it
    /// @param groups the cgroup folders that pid 1 joins, made before
    /// @param scoped whether the kernel can hide the abstract sockets of a network that is shared
    public record Ground(
            Path report, Optional<Held> run, List<Path> groups, Filters filters, boolean scoped) {
        /// Takes a copy.
        public Ground {
            groups = List.copyOf(groups);
        }
    }

    /// A supervised run: its keeper says who it is.
    ///
    /// @param group the cgroup folder that holds all of it together, where the machine has such
    public record Held(Optional<Path> group) {}

    private LinuxPlan(JailSpec spec, Ground ground) {
        this.spec = spec;
        this.ground = ground;
    }

    /// Everything from the plan's own removal to the task.
    public static JailPlan of(JailSpec spec, Ground ground) {
        LinuxPlan plan = new LinuxPlan(spec, ground);
        plan.keeper();
        plan.namespaces();
        plan.root();
        plan.system();
        plan.seals();
        plan.add("gathered");
        plan.walls();
        plan.program(spec.program().command());
        return new JailPlan(plan.steps);
    }

    /// A command that runs in the jail of `pid`, which started at `startTicks`, behind the same
    /// walls.
    public static JailPlan beside(
            JailSpec spec, Ground ground, int pid, long startTicks, List<String> command) {
        LinuxPlan plan = new LinuxPlan(spec, ground);
        plan.add("forget");
        ground.groups().forEach(group -> plan.add("cgroup", group + "/cgroup.procs"));
        plan.add("enter", Integer.toString(pid), Long.toString(startTicks));
        plan.add("gathered");
        plan.walls();
        plan.program(command);
        return new JailPlan(plan.steps);
    }

    private void keeper() {
        add("forget");
        ground.run()
                .ifPresent(held ->
                        add("run", held.group().map(group -> group + "/cgroup.procs").orElse("-")));
        add("report", ground.report().toString());
        for (Path group : ground.groups()) {
            steps.add(
                    new Step(
                            List.of("cgroup", group + "/cgroup.procs"),
                            List.of("rmdir", group.toString())));
        }
        add("oom", Integer.toString(OOM_SCORE));
        add("init");
    }

    private void namespaces() {
        List<String> words = new ArrayList<>(List.of("namespaces", "mount", "pid", "cgroup"));
        Walls walls = spec.walls();
        if (walls.ownIpc()) {
            words.add("ipc");
        }
        if (walls.hostname().isPresent()) {
            words.add("uts");
        }
        if (walls.ownNetwork()) {
            words.add("net");
        }
        if (walls.ownUsers()) {
            words.add("user");
        }
        steps.add(new Step(words, List.of()));
        if (walls.ownUsers()) {
            String first = Integer.toString(UserRange.of(spec.name()).first());
            for (String map : List.of("uidmap", "gidmap")) {
                add(map, "0", first, Integer.toString(UserRange.COUNT));
            }
        }
        if (walls.ownNetwork()) {
            add("loopback");
        }
        walls.hostname().ifPresent(name -> add("hostname", name));
    }

    private void root() {
        switch (spec.root()) {
            case Root.Folder(Path path) when spec.walls().ownUsers() ->
                    add("root", path.toString(), SAME_USERS);
            case Root.Folder(Path path) -> add("root", path.toString());
            case Root.Layered(Path shared, Path written, Path scratch) ->
                    add("overlay", shared.toString(), written.toString(), scratch.toString());
            case Root.Host(var shown, var links) -> {
                add("blank", "mode=755,size=1m,nr_inodes=4k");
                links.forEach((path, text) -> add("link", text, path));
                shown.forEach(bind -> bind(bind, bind.access().flags()));
            }
        }
    }

    private void system() {
        folder("/proc");
        add("mount", "proc", "/proc", "nosuid,nodev,noexec");
        folder("/dev");
        add("mount", "tmpfs", "/dev", "nosuid,noexec", "mode=755,size=64k,nr_inodes=64");
        DEVICES.forEach(this::device);
        spec.devices().forEach(this::device);
        folder("/dev/pts");
        folder("/dev/shm");
        String ptys = "newinstance,ptmxmode=0666,mode=620,gid=5,max=" + PTYS_MAX;
        add("mount", "devpts", "/dev/pts", "nosuid,noexec", ptys);
        add(
                "mount",
                "tmpfs",
                "/dev/shm",
                "nosuid,nodev,noexec",
                "mode=1777,size=64m,nr_inodes=64k");
        if (spec.walls().ownIpc()) {
            folder("/dev/mqueue");
            add("mount", "mqueue", "/dev/mqueue", "nosuid,nodev,noexec");
        }
        add("link", "pts/ptmx", "/dev/ptmx");
        add("link", "/proc/self/fd", "/dev/fd");
        add("link", "fd/0", "/dev/stdin");
        add("link", "fd/1", "/dev/stdout");
        add("link", "fd/2", "/dev/stderr");
        spec.binds()
                .forEach(bind ->
                        bind(
                                bind,
                                bind.access().flags()
                                        + (spec.walls().ownUsers() ? "," + SAME_USERS : "")));
    }

    /// Nobody but the host's root can make one; the host's own is then shown instead.
    private void device(String device) {
        List<String> words = new ArrayList<>(List.of("node"));
        words.addAll(List.of(("/dev/" + device).split(" ", -1)));
        if (spec.walls().ownUsers()) {
            add("file", words.get(1));
            add("bind", words.get(1), words.get(1), "nosuid,noexec");
        } else {
            steps.add(new Step(words, List.of()));
        }
    }

    /// Whoever the task runs as may use what was granted to it.
    private void device(JailSpec.Device device) {
        String path = device.file().toString();
        folderOf(path);
        if (spec.walls().ownUsers()) {
            add("file", path);
            add("bind", path, path, "nosuid,noexec");
        } else {
            add(
                    "node",
                    path,
                    "666",
                    Integer.toString(device.major()),
                    Integer.toString(device.minor()),
                    device.block() ? "block" : "char");
        }
    }

    private void seals() {
        MASKED.forEach(path -> add("mask", path));
        READ_ONLY.forEach(path -> add("readonly", path));
        add("seal", spec.root() instanceof Root.Host ? "ro,nosuid,nodev" : "nosuid,nodev");
    }

    private void walls() {
        Walls walls = spec.walls();
        add("cwd", spec.program().folder());
        add("umask", "22");
        SortedMap<String, Long> limits = new TreeMap<>(PER_PROCESS);
        limits.putAll(spec.limits().perProcess());
        limits.forEach((name, most) -> add("rlimit", name, most.toString(), most.toString()));
        add("bounding", Capability.mask(walls.capabilities()));
        add("user", spec.program().user());
        add("caps", Capability.mask(walls.capabilities()), Capability.mask(walls.ambient()));
        add("mortal");
        add("locked");
        if (ground.scoped() && !walls.ownNetwork()) {
            add("scoped");
        }
        add("seccomp", ground.filters().of(spec.walls().filter()));
    }

    private void program(List<String> command) {
        spec.program().environment().forEach((name, value) -> add("env", name + "=" + value));
        command.forEach(word -> add("arg", word));
        add("end");
    }

    private void bind(Bind bind, String flags) {
        folderOf(bind.target());
        if (bind.file()) {
            add("file", bind.target());
        } else {
            folder(bind.target());
        }
        add("bind", bind.source().toString(), bind.target(), flags);
    }

    /// Makes the folders above `path`, from the top.
    private void folderOf(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            folder(path.substring(0, slash));
        }
    }

    /// Once each, so that the plan stays short.
    private void folder(String path) {
        if (made.add(path)) {
            add("dir", path);
        }
    }

    private void add(String... words) {
        steps.add(Step.of(words));
    }
}
