package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.Cgroup;
import dev.drover.node.image.Images;
import dev.drover.node.jail.Interpreter;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.jail.OciConfig;
import dev.drover.node.jail.OciConfig.Grounds;
import dev.drover.node.jail.seccomp.Filters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// An OCI runtime by its command line: runc, crun, or what speaks as they do. Only the verbs and
/// options that ocijail of FreeBSD has, too: `create start exec delete`, each as it wants them.
///
/// What the runtime remembers of a container holds its variables, so its folder is beneath /run,
/// which is memory on most machines.
final class OciRuntime implements JailRuntime {
    private static final String SCRIPT = "oci.pl";
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final List<Path> FOLDERS =
            List.of(
                    Path.of("/usr/local/sbin"),
                    Path.of("/usr/local/bin"),
                    Path.of("/usr/sbin"),
                    Path.of("/usr/bin"));
    private static final Path RUN = Path.of("/run");
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    /// The names of setrlimit(2), by the kernel's words for them in /proc.
    private static final Map<String, String> NAMES =
            Map.of(
                    "Max cpu time", "cpu",
                    "Max data size", "data",
                    "Max stack size", "stack",
                    "Max core file size", "core",
                    "Max open files", "nofile",
                    "Max locked memory", "memlock",
                    "Max address space", "as");

    private final String name;
    private final List<String> program;
    private final Path script;
    private final Path state;
    private final Optional<Filters> filters;
    private final Optional<Path> init;
    private final Map<String, Long> most;

    private OciRuntime(
            String name,
            List<String> program,
            Path script,
            Path state,
            Optional<Filters> filters,
            Optional<Path> init,
            Map<String, Long> most) {
        this.name = name;
        this.program = List.copyOf(program);
        this.script = script;
        this.state = state;
        this.filters = filters;
        this.init = init;
        this.most = Map.copyOf(most);
    }

    /// The runtime of that name or path.
    ///
    /// @param folder of our programs
    /// @param state what the runtime remembers, ours alone
    /// @param init a program that does what pid 1 has to: catatonit, tini
    static OciRuntime open(
            String written, Path folder, Path state, Optional<Path> init, Optional<Filters> filters)
            throws IOException {
        String name = String.valueOf(Path.of(written).getFileName());
        String program = found(written);
        List<String> words = new ArrayList<>();
        if (name.equals("crun")) {
            mixed(Files.readString(MOUNTS)).ifPresent(m -> words.addAll(without(m)));
        }
        words.add(program);
        return new OciRuntime(
                name,
                words,
                Interpreter.script(SCRIPT, folder),
                state,
                filters,
                init,
                highest(Files.readString(LIMITS)));
    }

    private static String found(String written) {
        return written.contains("/")
                ? written
                : FOLDERS.stream()
                        .map(folder -> folder.resolve(written))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .map(Path::toString)
                        .orElse(written);
    }

    /// Where version 2 is mounted beside version 1 and has a controller. crun refuses such
    /// machines.
    private static Optional<Path> mixed(String mountinfo) throws IOException {
        for (String line : mountinfo.lines().filter(l -> l.contains(" - cgroup2 ")).toList()) {
            Path mount = Path.of(line.split(" ", -1)[4].replace("\\040", " "));
            Path controllers = mount.resolve("cgroup.controllers");
            if (mountinfo.contains(" - cgroup ")
                    && Files.exists(controllers)
                    && !Files.readString(controllers).isBlank()) {
                return Optional.of(mount);
            }
        }
        return Optional.empty();
    }

    /// The words before a command that does not see that mount.
    private static List<String> without(Path mount) {
        return List.of(
                "/usr/bin/unshare",
                "--mount",
                "--propagation",
                "slave",
                "/bin/sh",
                "-c",
                "umount \"$1\" 2>/dev/null; shift; exec \"$@\"",
                "crun",
                mount.toString());
    }

    /// Nobody but the mightiest may set a limit above the own one.
    static Map<String, Long> highest(String limits) {
        SortedMap<String, Long> most = new TreeMap<>();
        limits.lines()
                .forEach(line ->
                        NAMES.forEach((words, name) -> {
                            if (line.startsWith(words)) {
                                String hard =
                                        line.substring(words.length()).strip().split(" +", -1)[1];
                                if (hard.matches("[0-9]{1,18}")) {
                                    most.put(name, Long.valueOf(hard));
                                }
                            }
                        }));
        return most;
    }

    @Override
    public SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>();
        attributes.put("runtime", name);
        attributes.put("init", init.isPresent() ? "yes" : "no");
        try {
            String[] words = say(List.of("--version")).text().split("\\s+", -1);
            attributes.put("runtime.version", words.length > 2 ? words[2] : "unknown");
        } catch (IOException missing) {
            attributes.put("runtime.version", "unknown"); // `missing` says why
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return attributes;
    }

    @Override
    public Optional<String> missing() {
        if (filters.isEmpty()) {
            return Optional.of("no filter is known for " + System.getProperty("os.arch"));
        }
        try {
            String path = program.getLast();
            Optional<String> refused =
                    path.contains("/") ? Trusted.refuses(Path.of(path)) : Optional.empty();
            if (refused.isPresent()) {
                return refused;
            }
            Call.Said said = say(List.of("--version"));
            return said.status() == 0
                    ? Optional.empty()
                    : Optional.of(name + " --version: " + said.text().strip());
        } catch (IOException e) {
            return Optional.of(name + " cannot be run: " + e.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return Optional.of("the daemon was stopped while it looked");
        }
    }

    @Override
    public boolean ours() {
        return false;
    }

    @Override
    public List<String> prepare(JailSpec spec, Site site, boolean scoped) throws IOException {
        Files.createDirectories(
                state,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path bundle = Files.createDirectories(bundle(site));
        Path root = root(spec, site);
        Path config = bundle.resolve("config.json");
        Files.deleteIfExists(config);
        write(config, OciConfig.of(spec, grounds(spec, site, root)));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/perl",
                                script.toString(),
                                site.report().toString(),
                                bundle.toString(),
                                site.name(),
                                init.isPresent() ? "1" : "0"));
        words.addAll(program(site));
        return words;
    }

    private List<String> program(Site site) {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of("--root", state.toString()));
        words.addAll(List.of("--log", bundle(site).resolve("log").toString()));
        words.addAll(List.of("--log-format", "json"));
        return words;
    }

    private Grounds grounds(JailSpec spec, Site site, Path root) throws IOException {
        return new Grounds(
                root,
                site.groupName().toString(),
                filters.orElseThrow(),
                OciUsers.find(
                        spec.root() instanceof Root.Host ? Path.of("/") : root,
                        spec.program().user()),
                init,
                most);
    }

    /// The folder that is `/`. For a view of the host it holds links and what mounts are put on.
    private static Path root(JailSpec spec, Site site) throws IOException {
        return switch (spec.root()) {
            case Root.Folder(Path path) -> path;
            case Root.Host(var _, var links) -> {
                Path root = bundle(site).resolve("root");
                Images.discard(root);
                Files.createDirectories(root);
                Files.setAttribute(root, "unix:mode", 0755);
                for (Map.Entry<String, String> link : links.entrySet()) {
                    Files.createSymbolicLink(
                            root.resolve(link.getKey().substring(1)), Path.of(link.getValue()));
                }
                yield root;
            }
            case Root.Layered _ ->
                    throw new IllegalStateException("layers are copied for this runtime");
        };
    }

    private static Path bundle(Site site) {
        return site.folder().resolve("bundle");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    @Override
    public List<String> enter(
            JailSpec spec, Site site, boolean scoped, List<String> command, boolean terminal)
            throws IOException {
        int _ = site.pid(); // it has started
        Path root = spec.root() instanceof Root.Folder(Path path) ? path : bundle(site);
        Path process = bundle(site).resolve("exec-" + UUID.randomUUID() + ".json");
        Grounds grounds = grounds(spec, site, root);
        write(process, OciConfig.process(spec, grounds, command, terminal));
        List<String> words = new ArrayList<>(program(site));
        words.add("exec");
        if (terminal) {
            words.add("--tty");
        }
        words.addAll(List.of("--process", process.toString(), site.name()));
        return words;
    }

    @Override
    public void discard(Site site) throws IOException, InterruptedException {
        Path bundle = bundle(site);
        if (!Files.isDirectory(bundle)) {
            return; // done before, or never begun
        }
        List<String> words = program(site);
        words.addAll(List.of("delete", "--force", site.name()));
        Call.Said said = say(words.subList(program.size(), words.size()));
        if (said.status() != 0) {
            throw new IOException("a container cannot be removed: " + said.text().strip());
        }
        Images.discard(bundle);
    }

    /// Runtimes make groups in every hierarchy, also where we limit nothing.
    @Override
    public void close(Path groups) {
        try {
            for (String line : Files.readAllLines(MOUNTS)) {
                if (line.contains(" - cgroup")) {
                    Path mount = Path.of(line.split(" ", -1)[4].replace("\\040", " "));
                    for (int i = groups.getNameCount(); i > 0; i--) {
                        new Cgroup(mount.resolve(groups.subpath(0, i))).remove();
                    }
                }
            }
            // What still holds containers stays; so does what other nodes of this machine use.
            for (Path path = state; path.startsWith(RUN) && !path.equals(RUN); ) {
                if (!path.toFile().delete()) {
                    return;
                }
                path = path.resolveSibling(".").normalize();
            }
        } catch (IOException e) {
            // Empty folders stay; the next daemon of this node uses them.
        }
    }

    private Call.Said say(List<String> words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(program);
        all.addAll(words);
        return Call.of(name, all, TIME_MAX);
    }
}
