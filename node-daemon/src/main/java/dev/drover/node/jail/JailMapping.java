package dev.drover.node.jail;

import static dev.drover.node.jail.JailKey.*;

import dev.drover.node.jail.JailSpec.Access;
import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Program;
import dev.drover.node.jail.JailSpec.Walls;
import dev.drover.node.jail.seccomp.Wishes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// From a jail's config to what is built. Every key has its [Fate] in [JailKey]; here is what the
/// honoured ones do.
public final class JailMapping {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// A user with this number has root's capabilities; without a `user` a jail's task is its root.
    private static final String ROOT = "0";

    private static final int HOSTNAME_MAX = 63;

    private static final Map<JailKey, Set<String>> SYSTEM_V =
            Map.of(
                    SYSVMSG, Set.of("msgget", "msgsnd", "msgrcv", "msgctl"),
                    SYSVSEM, Set.of("semget", "semop", "semtimedop", "semctl"),
                    SYSVSHM, Set.of("shmget", "shmat", "shmdt", "shmctl"));

    private static final Map<JailKey, Capability> CAPABILITIES =
            Map.of(
                    ALLOW_RAW_SOCKETS, Capability.NET_RAW,
                    ALLOW_CHFLAGS, Capability.LINUX_IMMUTABLE,
                    ALLOW_READ_MSGBUF, Capability.SYSLOG,
                    ALLOW_MLOCK, Capability.IPC_LOCK);

    /// Typed parts of the spec, which the writer for jail(8) turns into parameters itself.
    private static final Set<JailKey> TYPED =
            EnumSet.of(
                    PATH,
                    COMMAND,
                    ARGS,
                    CAP_ADD,
                    CAP_DROP,
                    HOST_HOSTNAME,
                    HOST,
                    USERNS_MODE,
                    VNET,
                    EXEC_START,
                    EXEC_STOP,
                    EXEC_JAIL_USER,
                    EXEC_SYSTEM_JAIL_USER,
                    EXEC_FIB,
                    MOUNT,
                    RCTL);

    private final JailRequest request;
    private final Platform platform;
    private final JailPolicy policy;
    private final RealPaths realPaths;
    private final Settings settings;

    /// How a path of the host is freed of symbolic links: `Path::toRealPath`, but in tests.
    @FunctionalInterface
    public interface RealPaths {
        /// The real path.
        ///
        /// @throws IOException when it does not exist
        Path of(Path path) throws IOException;
    }

    private JailMapping(
            JailRequest request, Platform platform, JailPolicy policy, RealPaths realPaths) {
        this.request = request;
        this.platform = platform;
        this.policy = policy;
        this.realPaths = realPaths;
        this.settings = new Settings(request.config());
    }

    /// What a task gets on that system under that policy.
    public static Mapped map(
            JailRequest request, Platform platform, JailPolicy policy, RealPaths realPaths) {
        return new JailMapping(request, platform, policy, realPaths).mapped();
    }

    /// The path of its root, where it may have one that exists: a folder or an image.
    public static Optional<Path> root(
            JailRequest request, Platform platform, JailPolicy policy, RealPaths realPaths) {
        JailMapping mapping = new JailMapping(request, platform, policy, realPaths);
        Path root = mapping.root();
        return mapping.settings.refusals().isEmpty() ? Optional.of(root) : Optional.empty();
    }

    private Mapped mapped() {
        settings.given().forEach(this::judge);
        Path root = root();
        ResourceRules rules = ResourceRules.read(settings, platform, request.limits());
        JailSpec spec =
                new JailSpec(
                        request.name(),
                        program(),
                        new JailSpec.Root.Folder(root),
                        binds(root),
                        walls(),
                        rules.limits(),
                        freeBsd(rules.rules()));
        return settings.refusals().isEmpty()
                ? new Mapped.Accepted(spec, settings.warnings())
                : new Mapped.Refused(settings.refusals());
    }

    /// Says what becomes of a key that was given. A flag that is off asks for nothing.
    private void judge(JailKey key) {
        boolean off = key.type() == Type.FLAG && settings.flag(key).equals(Optional.of(false));
        switch (key.on(platform)) {
            case Fate.Honoured _ -> {}
            case Fate.Always(String how) -> {
                if (off) {
                    settings.warn(key, how);
                }
            }
            case Fate.Warned(String why) -> settings.warn(key, why);
            case Fate.Refused(String why) -> {
                if (!off) {
                    settings.refuse(key, why);
                }
            }
            case Fate.NeedsLeave _ -> {
                if (!off && !policy.leave().contains(key) && key != CAP_ADD) {
                    settings.refuse(key, "this node does not let jobs have it (jail.allow)");
                }
            }
        }
    }

    private Path root() {
        Path home = request.folders().home();
        return settings.text(PATH).map(path -> onHost(PATH, path)).orElse(home);
    }

    /// A path of the host that the task may have: in its own folders, or where the node lets it.
    private Path onHost(JailKey key, String path) {
        Path home = request.folders().home();
        try {
            Path real = realPaths.of(home.resolve(path));
            boolean own = real.startsWith(home) || real.startsWith(request.folders().shared());
            if (!own && policy.roots().stream().noneMatch(real::startsWith)) {
                settings.refuse(
                        key,
                        real
                                + " is outside of the task's folders and this node does not let"
                                + " jobs have it (jail.roots)");
            }
            return real;
        } catch (IOException e) {
            settings.refuse(key, path + " does not exist on this node");
            return home;
        }
    }

    private Program program() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        request.environment().forEach((name, value) -> environment.put(name, inside(value)));
        return new Program(
                command(),
                environment,
                platform == Platform.LINUX ? JailRequest.Folders.LOCAL : "/",
                request.user().or(() -> settings.text(EXEC_JAIL_USER)).orElse(ROOT),
                settings.text(EXEC_STOP).map(this::inside));
    }

    private List<String> command() {
        Optional<String> command = settings.text(COMMAND);
        Optional<String> line = settings.text(EXEC_START);
        if (command.isPresent() == line.isPresent()) {
            settings.refuse(
                    command.isPresent()
                            ? "config.command and config.exec_start both say what to run; give one"
                            : "config.command (with `args`) or config.exec_start is missing");
            return List.of();
        }
        if (line.isPresent()) {
            return List.of("/bin/sh", "-c", inside(line.get()));
        }
        List<String> words = new ArrayList<>(List.of(inside(command.get())));
        settings.texts(ARGS).forEach(word -> words.add(inside(word)));
        return words;
    }

    private String inside(String text) {
        return request.folders().seenInside(text);
    }

    private List<Bind> binds(Path root) {
        List<Bind> binds = new ArrayList<>(request.folders().binds());
        binds.addAll(request.volumes());
        settings.text(MOUNT).flatMap(line -> mount(root, line)).ifPresent(binds::add);
        return binds;
    }

    /// A line of fstab(5): `SOURCE TARGET nullfs OPTIONS`. The target may begin with the jail's
    /// root, as jail(8) wants it.
    private Optional<Bind> mount(Path root, String line) {
        String[] words = BLANKS.split(line.strip(), -1);
        if (words.length < 4 || !Set.of("nullfs", "bind").contains(words[2])) {
            settings.refuse(MOUNT, "must be `SOURCE TARGET nullfs OPTIONS`, not \"" + line + "\"");
            return Optional.empty();
        }
        String prefix = root.toString();
        String target =
                words[1].startsWith(prefix + "/") ? words[1].substring(prefix.length()) : words[1];
        if (!target.startsWith("/") || List.of(target.split("/", -1)).contains("..")) {
            settings.refuse(MOUNT, target + " is not an absolute path of the jail");
            return Optional.empty();
        }
        Path source = onHost(MOUNT, words[0]);
        return Optional.of(new Bind(source, target, false, access(words[3])));
    }

    private static Access access(String options) {
        List<String> words = List.of(options.split(",", -1));
        if (words.contains("ro")) {
            return Access.READ;
        }
        return words.contains("shared") ? Access.SHARED : Access.WRITE;
    }

    private Walls walls() {
        Set<Capability> all = EnumSet.copyOf(Capability.ORDINARY);
        Set<Capability> ambient = EnumSet.noneOf(Capability.class);
        CAPABILITIES.forEach((key, capability) -> {
            if (isOn(key)) {
                all.add(capability);
                ambient.add(capability);
            }
        });
        if (isOn(ALLOW_RESERVED_PORTS)) {
            ambient.add(Capability.NET_BIND_SERVICE);
        } else if (settings.flag(ALLOW_RESERVED_PORTS).isPresent()) {
            all.remove(Capability.NET_BIND_SERVICE);
        }
        capabilities(CAP_DROP).forEach(all::remove);
        for (Capability capability : capabilities(CAP_ADD)) {
            if (!Capability.ORDINARY.contains(capability)
                    && !policy.capabilities().contains(capability)) {
                settings.refuse(
                        CAP_ADD, capability + " is not one this node lets jobs have (jail.caps)");
            }
            all.add(capability);
            ambient.add(capability);
        }
        ambient.retainAll(all);
        return new Walls(ownNetwork(), hostname(), ownIpc(), all, ambient, calls(), ownUsers());
    }

    /// Not unless a job asks for it: root then reaches no low port of a network that is shared, and
    /// not every file system can show its files so.
    private boolean ownUsers() {
        return oneOf(USERNS_MODE, "host", "private").equals("private");
    }

    private Set<Capability> capabilities(JailKey key) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String name : settings.texts(key)) {
            if (key == CAP_DROP && name.equalsIgnoreCase("all")) {
                return EnumSet.allOf(Capability.class);
            }
            Capability.named(name)
                    .ifPresentOrElse(
                            capabilities::add,
                            () -> settings.refuse(key, "\"" + name + "\" is not a capability"));
        }
        return capabilities;
    }

    /// The host's unless something asks for an own one, as on FreeBSD.
    private boolean ownNetwork() {
        String vnet = oneOf(VNET, "inherit", "new", "true", "false");
        String ip4 = oneOf(IP4, "", "inherit", "new", "disable");
        String ip6 = oneOf(IP6, "", "inherit", "new", "disable");
        boolean inherits = ip4.equals("inherit") || ip6.equals("inherit");
        boolean restricted = !inherits && !(ip4 + ip6).isEmpty();
        boolean stack = vnet.equals("new") || vnet.equals("true");
        return stack || (restricted && platform == Platform.LINUX);
    }

    private Optional<String> hostname() {
        String host = oneOf(HOST, "new", "inherit");
        Optional<String> given = settings.text(HOST_HOSTNAME);
        if (host.equals("inherit")) {
            given.ifPresent(_ -> settings.refuse(HOST, "inherit contradicts host_hostname"));
            return Optional.empty();
        }
        String hostname = given.orElse(hostnameOf(request.name()));
        if (!hostname.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?")) {
            settings.refuse(
                    HOST_HOSTNAME,
                    "\"" + hostname + "\" must be 1 to 64 letters, digits, `-` or `.`");
        }
        return Optional.of(hostname);
    }

    /// A host's name has 64 characters at most; a run's can have more.
    private static String hostnameOf(String name) {
        return name.substring(0, Math.min(HOSTNAME_MAX, name.length())).replaceFirst("-+$", "");
    }

    /// Shared with the host only when a node lets jobs have System V IPC of it.
    private boolean ownIpc() {
        boolean inherits = false;
        for (JailKey key : SYSTEM_V.keySet()) {
            boolean asks = oneOf(key, "new", "inherit", "disable").equals("inherit");
            if (asks && !policy.leave().contains(ALLOW_SYSVIPC)) {
                settings.refuse(
                        key,
                        "inherit shares the host's, which this node does not let jobs have"
                                + " (jail.allow)");
            }
            inherits |= asks;
        }
        return !inherits;
    }

    private Wishes calls() {
        Set<String> denied = new HashSet<>();
        SYSTEM_V.forEach((key, calls) -> {
            if (settings.text(key).equals(Optional.of("disable"))) {
                denied.addAll(calls);
            }
        });
        return new Wishes(isOn(ALLOW_SOCKET_AF) ? Set.of("socket_af") : Set.of(), denied);
    }

    private JailSpec.FreeBsd freeBsd(List<String> rules) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (platform == Platform.FREEBSD) {
            settings.given().forEach(key -> parameter(key, parameters));
        }
        return new JailSpec.FreeBsd(
                parameters,
                rules,
                platform == Platform.FREEBSD ? settings.number(EXEC_FIB) : Optional.empty(),
                isOn(EXEC_SYSTEM_JAIL_USER));
    }

    private void parameter(JailKey key, SortedMap<String, String> into) {
        Fate fate = key.on(platform);
        if (TYPED.contains(key)
                || !(fate instanceof Fate.Honoured || fate instanceof Fate.NeedsLeave)) {
            return;
        }
        atLeast(ENFORCE_STATFS, key, 1, "0 and 1 show more than the jail's own mounts");
        atLeast(DEVFS_RULESET, key, 0, "0 shows every device of the host");
        switch (key.type()) {
            case FLAG -> {
                boolean on = isOn(key);
                int dot = key.parameter().lastIndexOf('.') + 1;
                String no =
                        key.parameter().substring(0, dot) + "no" + key.parameter().substring(dot);
                into.put(on ? key.parameter() : no, "");
            }
            case NUMBER ->
                    settings.number(key).ifPresent(n -> into.put(key.parameter(), n.toString()));
            case TEXT -> settings.text(key).ifPresent(text -> into.put(key.parameter(), text));
            case LIST, RULES -> {}
        }
    }

    private void atLeast(JailKey guarded, JailKey key, int more, String because) {
        if (key == guarded
                && settings.number(key).filter(n -> n <= more).isPresent()
                && !policy.leave().contains(key)) {
            settings.refuse(key, because + ", which this node does not let jobs have (jail.allow)");
        }
    }

    private boolean isOn(JailKey key) {
        return settings.flag(key).orElse(false);
    }

    /// One of the words; the first of them when it is not given.
    private String oneOf(JailKey key, String absent, String... others) {
        Set<String> words = new HashSet<>(List.of(others));
        words.add(absent);
        String word = settings.text(key).orElse(absent);
        if (!words.contains(word)) {
            settings.refuse(key, "\"" + word + "\" is none of " + new TreeSet<>(words));
        }
        return word;
    }
}
