package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.image.Image;
import dev.drover.node.image.ImageConfig;
import dev.drover.node.image.Images;
import dev.drover.node.jail.JailKey;
import dev.drover.node.jail.JailRequest;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Roots of jails that come as images. Jails share the unpacked tree beneath a folder of their own,
/// by overlayfs; where the kernel or the disk's file system has none, each gets a copy.
///
/// What the image says of its program is written down when the run starts: the task may change the
/// file, but not what its jail is.
final class ImageRoots {
    private static final String SAID = "image";
    private static final String WRITTEN = "written";
    private static final String SCRATCH = "scratch";

    /// The kernel's parser takes 255 bytes, and three characters have a meaning of their own.
    private static final String FIT = "[^:,\\\\]{1,240}";

    /// A copy of the largest image from a slow disk.
    private static final int COPY_MINUTES_MAX = 30;

    private final Images images;
    private final Path probe;
    private Optional<Boolean> overlay;

    /// @param folder of the node's images, ours alone
    /// @param layers whether the jails' runtime can put one on top of the other
    ImageRoots(Images images, Path folder, boolean layers) {
        this.images = images;
        this.overlay = layers ? Optional.empty() : Optional.of(false);
        this.probe = folder.resolve("probe");
    }

    /// What was found for a run.
    record Found(ImageConfig said, Path tree) {}

    /// Gets the image that is at `root`; empty when that is a folder and a root by itself.
    Optional<Found> find(Path root, TaskRun run) throws IOException {
        if (!Images.isImage(root)) {
            return Optional.empty();
        }
        Path folder = run.place().folder();
        Image image = images.use(root, folder);
        said(run).write(image.config());
        return Optional.of(new Found(image.config(), image.tree()));
    }

    /// What the image of a run that was started has said; empty when it has none.
    static Optional<ImageConfig> recall(TaskRun run) throws IOException {
        return switch (said(run).read()) {
            case Recall.Known<ImageConfig>(var said) -> Optional.of(said);
            case Recall.Nothing<ImageConfig> _, Recall.Corrupt<ImageConfig> _ -> Optional.empty();
        };
    }

    private static StateFile<ImageConfig> said(TaskRun run) {
        return new StateFile<>(run.place().folder().resolve(SAID), ImageConfig.class);
    }

    /// The request with what the image says where its task is silent.
    static JailRequest filled(JailRequest request, ImageConfig said) {
        Set<JailKey> given = EnumSet.noneOf(JailKey.class);
        request.config().keySet().forEach(key -> JailKey.named(key).ifPresent(given::add));
        Map<String, Value> config = new TreeMap<>(request.config());
        if (!given.contains(JailKey.COMMAND) && !given.contains(JailKey.EXEC_START)) {
            List<String> words = new ArrayList<>(said.entrypoint());
            words.addAll(given.contains(JailKey.ARGS) ? arguments(request) : said.arguments());
            if (!words.isEmpty()) {
                config.keySet()
                        .removeIf(key -> JailKey.named(key).equals(Optional.of(JailKey.ARGS)));
                config.put("command", new Value.Text(words.removeFirst()));
                config.put(
                        "args",
                        new Value.Items(words.stream().<Value>map(Value.Text::new).toList()));
            }
        }
        Map<String, String> environment = new TreeMap<>();
        for (String assignment : said.environment()) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        environment.putAll(request.environment());
        Optional<String> user =
                given.contains(JailKey.EXEC_JAIL_USER)
                        ? request.user()
                        : request.user().or(said::user);
        return new JailRequest(
                request.name(),
                config,
                environment,
                user,
                request.folders(),
                request.volumes(),
                request.limits());
    }

    private static List<String> arguments(JailRequest request) {
        return request.config().entrySet().stream()
                .filter(entry -> JailKey.named(entry.getKey()).equals(Optional.of(JailKey.ARGS)))
                .flatMap(entry ->
                        entry.getValue() instanceof Value.Items(List<Value> items)
                                ? items.stream()
                                : Stream.empty())
                .map(ImageRoots::word)
                .toList();
    }

    private static String word(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(boolean flag) -> Boolean.toString(flag);
            case Value.Nothing _, Value.Items _, Value.Fields _ -> "";
        };
    }

    /// The spec with the image as its root, in the folder that the image names if it has it.
    JailSpec rooted(JailSpec spec, Found found, TaskRun run)
            throws IOException, InterruptedException {
        Path written = Files.createDirectories(run.place().folder().resolve(WRITTEN));
        Files.setAttribute(written, "unix:mode", Files.getAttribute(found.tree(), "unix:mode"));
        String folder =
                found.said()
                        .folder()
                        .filter(name -> name.startsWith("/"))
                        .filter(name -> Files.isDirectory(found.tree().resolve(name.substring(1))))
                        .orElse(spec.program().folder());
        // The kernel cannot show a tree that is laid over another as other users' files.
        if (!spec.walls().ownUsers() && overlay(found.tree(), written)) {
            Path scratch = Files.createDirectories(run.place().folder().resolve(SCRATCH));
            return spec.in(new Root.Layered(found.tree(), written, scratch), folder);
        }
        run("cp", "-a", found.tree() + "/.", written.toString());
        return spec.in(new Root.Folder(written.toRealPath()), folder);
    }

    /// The run is over: what it has written to its root goes.
    void discard(TaskRun run) throws IOException {
        Path folder = run.place().folder();
        if (Files.exists(folder.resolve(SAID))) {
            images.leave(folder);
            Images.discard(folder.resolve(WRITTEN));
            Images.discard(folder.resolve(SCRATCH));
            Files.deleteIfExists(folder.resolve(SAID));
        }
    }

    private synchronized boolean overlay(Path tree, Path written)
            throws IOException, InterruptedException {
        if (!tree.toString().matches(FIT) || !written.toString().matches(FIT)) {
            return false;
        }
        if (overlay.isEmpty()) {
            overlay = Optional.of(works());
        }
        return overlay.get();
    }

    /// Whether the disk's file system can be beneath one: some cannot, whatever the kernel says.
    private boolean works() throws IOException, InterruptedException {
        for (String part : List.of("lower", "upper", "work", "root")) {
            Files.createDirectories(probe.resolve(part));
        }
        try {
            run(
                    "unshare",
                    "-m",
                    "mount",
                    "-t",
                    "overlay",
                    "overlay",
                    "-o",
                    "lowerdir=%1$s/lower,upperdir=%1$s/upper,workdir=%1$s/work".formatted(probe),
                    probe.resolve("root").toString());
            return true;
        } catch (IOException refused) {
            return false;
        } finally {
            Images.discard(probe);
        }
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        try {
            if (!process.waitFor(COPY_MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(words[0] + " has failed for a jail's root");
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
