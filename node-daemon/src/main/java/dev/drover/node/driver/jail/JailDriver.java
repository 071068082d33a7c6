package dev.drover.node.driver.jail;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Resources;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.image.ImageFailure;
import dev.drover.node.jail.ExecMapping;
import dev.drover.node.jail.HostView;
import dev.drover.node.jail.JailMapping;
import dev.drover.node.jail.JailRequest;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.Limits;
import dev.drover.node.jail.Mapped;
import dev.drover.node.jail.Platform;
import dev.drover.node.os.Aside;
import dev.drover.node.supervision.Account;
import dev.drover.node.supervision.Adoption;
import dev.drover.node.supervision.Launch;
import dev.drover.node.supervision.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs a program in a jail of Linux. The task's supervised process is the jail's keeper: it ends
/// as the program ended and hands every signal on.
public final class JailDriver implements Driver {
    private static final int MEMORY_MIB_DEFAULT = 300;
    private static final int CPU_DEFAULT = 100;

    /// The keeper needs none of the task's variables: they are in its plan.
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/sbin:/usr/bin");

    /// What the interpreter of plans says when there is no such program.
    private static final Pattern ABSENT =
            Pattern.compile("arg (.*): exec: No such file or directory");

    /// What it says of a user or a group that the files of its root do not name.
    private static final Pattern STRANGER =
            Pattern.compile("line \\d+: user: (.*) is not in the jail's /etc/(passwd|group):.*");

    private final String name;
    private final Jails jails;
    private final Mapping mapping;
    private final SortedMap<String, String> more;

    /// Whether its tasks bring a root of their own, which may be an image.
    private final boolean ownRoot;

    @FunctionalInterface
    private interface Mapping {
        Mapped map(JailRequest request) throws IOException;
    }

    private JailDriver(
            String name,
            Jails jails,
            Mapping mapping,
            SortedMap<String, String> more,
            boolean ownRoot) {
        this.name = name;
        this.jails = jails;
        this.mapping = mapping;
        this.ownRoot = ownRoot;
        this.more = Collections.unmodifiableSortedMap(more);
    }

    /// In a root file system of the task's own; jobs name it `jail`, or `jail-task-driver` as they
    /// did on FreeBSD.
    public static JailDriver jail(String name, Jails jails) {
        return new JailDriver(
                name,
                jails,
                request ->
                        JailMapping.map(request, Platform.LINUX, jails.policy(), Path::toRealPath),
                new TreeMap<>(),
                true);
    }

    /// With the node's programs, as `exec`.
    public static JailDriver exec(Jails jails) {
        return new JailDriver(
                "exec",
                jails,
                request ->
                        ExecMapping.map(request, HostView.look(), jails.policy(), Path::toRealPath),
                new TreeMap<>(),
                false);
    }

    /// As `exec`, with the node's Java.
    public static JailDriver java(Jails jails, JavaHome home) {
        return new JailDriver(
                "java",
                jails,
                request ->
                        JavaMapping.map(
                                request,
                                home,
                                home.shown(HostView.look()),
                                jails.policy(),
                                Path::toRealPath),
                home.attributes(),
                false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DriverState fingerprint() {
        String because = jails.isolation().because();
        Map<String, String> attributes = jails.attributes();
        attributes.putAll(more);
        return new DriverState(because.isEmpty(), because, attributes);
    }

    @Override
    public Start start(TaskRun run) throws IOException, InterruptedException {
        Files.createDirectories(
                run.place().folder(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        JailRequest request = request(run);
        Optional<ImageRoots.Found> image;
        try {
            image = image(request, run);
        } catch (ImageFailure failure) {
            return Start.failed("config.path: " + failure.because());
        }
        JailRequest filled =
                image.map(found -> ImageRoots.filled(request, found.said())).orElse(request);
        return switch (mapping.map(filled)) {
            case Mapped.Refused(List<String> because) ->
                    new Start.Refused(String.join("; ", because));
            case Mapped.Accepted(JailSpec spec, List<String> warnings) -> {
                Optional<String> refusal = jails.isolation().refuses(spec);
                if (refusal.isPresent()) {
                    yield new Start.Refused(refusal.get());
                }
                Optional<String> shares = jails.written().claim(run, spec);
                if (shares.isPresent()) {
                    yield new Start.Refused(shares.get());
                }
                JailSpec whole =
                        image.isPresent() ? jails.images().rooted(spec, image.get(), run) : spec;
                yield start(run, whole.with(devices(run)), warnings);
            }
        };
    }

    /// The nodes of its devices; two may need the same one.
    private static List<JailSpec.Device> devices(TaskRun run) throws IOException {
        List<JailSpec.Device> devices = new ArrayList<>();
        for (Path file :
                run.own().devices().stream()
                        .flatMap(device -> device.files().stream())
                        .distinct()
                        .toList()) {
            devices.add(JailSpec.Device.of(file));
        }
        return devices;
    }

    /// The image that is its root, where it is one.
    private Optional<ImageRoots.Found> image(JailRequest request, TaskRun run)
            throws IOException, InterruptedException {
        Optional<Path> root =
                ownRoot
                        ? JailMapping.root(
                                request, Platform.LINUX, jails.policy(), Path::toRealPath)
                        : Optional.empty();
        return root.isPresent()
                ? Aside.begin("image", () -> jails.images().find(root.get(), run)).result()
                : Optional.empty();
    }

    private Start start(TaskRun run, JailSpec spec, List<String> warnings)
            throws IOException, InterruptedException {
        giveFolders(run, spec);
        letRun(run, spec);
        Site site = jails.site(run);
        site.group().create(spec.limits().ceiling());
        List<String> keeper = jails.runtime().prepare(spec, site, jails.isolation().scoped());
        List<String> words = new ArrayList<>(jails.pins(run) ? List.of() : run.own().pinned());
        words.addAll(keeper);
        Launch launch =
                jails.runtime().ours()
                        ? new Launch.Introducing(words)
                        : new Launch.Program(words, ENVIRONMENT, Path.of("/"), Optional.empty());
        JailTask task = task(run, jails.supervisor().start(run.place(), launch));
        Optional<String> failure = task.failure();
        return failure.isPresent()
                ? Start.failed(told(failure.get(), spec))
                : new Start.Started(task, warnings);
    }

    /// The kernel says the same of a program, of the interpreter in its first line and of its
    /// loader.
    private static String told(String failure, JailSpec spec) {
        Matcher stranger = STRANGER.matcher(failure);
        if (stranger.matches()) {
            return "%s \"%s\" does not exist in %s; name one that does, or a number"
                    .formatted(
                            "group".equals(stranger.group(2)) ? "group" : "user",
                            stranger.group(1),
                            where(spec));
        }
        Matcher absent = ABSENT.matcher(failure);
        if (!absent.matches()) {
            return "the jail cannot be built: " + failure;
        }
        return "\"%s\" cannot be started: it, or what it needs for that (its interpreter, its loader), is not in %s"
                .formatted(absent.group(1), where(spec));
    }

    private static String where(JailSpec spec) {
        return switch (spec.root()) {
            case JailSpec.Root.Folder(Path path) -> "the jail's root, " + path;
            case JailSpec.Root.Layered(Path shared, var _, var _) ->
                    "the jail's root, the image at " + shared;
            case JailSpec.Root.Host _ -> "what the jail sees of this node";
        };
    }

    /// A program that was brought into the task's folders.
    private static void letRun(TaskRun run, JailSpec spec) throws IOException {
        if (spec.root() instanceof JailSpec.Root.Host) {
            Path program = Path.of(spec.program().command().getFirst());
            for (JailSpec.Bind bind : spec.binds()) {
                Path seen = Path.of(bind.target());
                if (program.startsWith(seen)) {
                    run.folders().letRun(bind.source().resolve(seen.relativize(program)));
                }
            }
        }
    }

    /// Folders of a task that names no user are root's; `exec` makes it nobody, who could write
    /// none.
    private static void giveFolders(TaskRun run, JailSpec spec) throws IOException {
        Optional<Account> account =
                run.user().isEmpty() ? Account.find(spec.program().user()) : Optional.empty();
        if (account.isPresent() && spec.root() instanceof JailSpec.Root.Host) {
            for (Path folder : List.of(run.folders().local(), run.folders().secrets())) {
                Files.setAttribute(folder, "unix:uid", account.get().uid());
                Files.setAttribute(folder, "unix:gid", account.get().gid());
            }
        }
    }

    @Override
    public Recovery recover(TaskRun run) throws IOException, InterruptedException {
        return switch (jails.supervisor().adopt(run.place())) {
            case Adoption.Adopted(Supervised supervised) -> {
                claimAgain(run);
                yield new Recovery.Found(task(run, supervised));
            }
            case Adoption.NeverStarted() -> {
                Site site = jails.site(run);
                jails.runtime().discard(site);
                jails.images().discard(run);
                jails.written().release(run);
                site.group().remove();
                yield new Recovery.NeverStarted();
            }
        };
    }

    /// It runs, so whatever it writes to is noted as far as it can be told now.
    private void claimAgain(TaskRun run) {
        try {
            var _ = jails.written().claim(run, spec(run));
        } catch (IOException moved) {
            // A folder of its config is gone or has moved: nobody else can mean it by that name.
        }
    }

    private JailTask task(TaskRun run, Supervised supervised) {
        return new JailTask(run, supervised, jails, () -> spec(run));
    }

    /// The same as at its start but for where an image is: it follows from the run alone, and from
    /// what its image has said.
    private JailSpec spec(TaskRun run) throws IOException {
        JailRequest request = request(run);
        JailRequest filled =
                ImageRoots.recall(run)
                        .map(said -> ImageRoots.filled(request, said))
                        .orElse(request);
        return switch (mapping.map(filled)) {
            case Mapped.Accepted(JailSpec spec, var _) -> spec;
            case Mapped.Refused(List<String> because) ->
                    throw new IOException("the jail is no longer allowed: " + because);
        };
    }

    private JailRequest request(TaskRun run) throws IOException {
        return request(run, jails.pins(run) ? run.own().cores() : List.of());
    }

    /// @param cores that its group shall hold it on
    static JailRequest request(TaskRun run, List<Integer> cores) throws IOException {
        return new JailRequest(
                Jails.plain(run.id()),
                run.config(),
                run.environment(),
                run.user(),
                new JailRequest.Folders(
                        run.folders().home().toRealPath(), run.folders().shared().toRealPath()),
                binds(run.own().mounts()),
                limits(run.resources(), cores));
    }

    /// Folders that operators let jobs mount by name, wherever they are.
    ///
    /// @throws IllegalArgumentException when a job wants one where none can be: trying again
    ///   changes nothing
    private static List<JailSpec.Bind> binds(List<TaskRun.Mount> mounts) {
        List<JailSpec.Bind> binds = new ArrayList<>();
        for (TaskRun.Mount mount : mounts) {
            Path target = Path.of("/").resolve(mount.target());
            if (mount.target().isEmpty()
                    || !target.equals(target.normalize())
                    || target.getNameCount() == 0) {
                throw new IllegalArgumentException(
                        "the volume %s cannot be mounted at \"%s\": write a path in the jail"
                                .formatted(mount.volume(), mount.target()));
            }
            if (mount.source().isPresent()) {
                binds.add(
                        new JailSpec.Bind(
                                mount.source().get(),
                                target.toString(),
                                false,
                                mount.readOnly() ? JailSpec.Access.READ : JailSpec.Access.WRITE));
            }
        }
        return binds;
    }

    /// `memory_max`, where it is granted, is what it may use while there is room, so that is where
    /// the kernel stops it.
    private static Limits limits(Optional<Resources> resources, List<Integer> cores) {
        int memoryMib =
                resources
                        .flatMap(r -> r.memoryMaxMib().or(r::memoryMib))
                        .orElse(MEMORY_MIB_DEFAULT);
        int cpu = resources.flatMap(Resources::cpu).orElse(CPU_DEFAULT);
        return Limits.granted(cpu, (long) memoryMib << 20, cores);
    }
}
