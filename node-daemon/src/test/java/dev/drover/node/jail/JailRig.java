package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Value;
import dev.drover.node.jail.JailRequest.Folders;
import dev.drover.node.jail.LinuxPlan.Ground;
import dev.drover.node.jail.seccomp.Filters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Real jails in a folder: a root file system from busybox, a task's folders, and the interpreter.
final class JailRig {
    static final Duration SOON = Duration.ofSeconds(20);

    final Path folder;
    final Folders folders;
    final Path root;
    private final Interpreter interpreter;
    private int plans;

    /// How a jail ended and what it said.
    record Outcome(int status, String output) {}

    JailRig(Path temp) throws IOException, InterruptedException {
        Busybox.assumeJails();
        folder = temp.toRealPath();
        folders = new Folders(folder.resolve("web"), folder.resolve("alloc"));
        root = folders.local().resolve("root");
        for (Path path :
                List.of(folders.local(), folders.secrets(), folders.tmp(), folders.logs())) {
            Files.createDirectories(path);
        }
        Files.setAttribute(folders.tmp(), "unix:mode", 01777);
        Busybox.image(root);
        interpreter = Interpreter.install(folder.resolve("bin"));
    }

    static Value text(String text) {
        return new Value.Text(text);
    }

    /// The config of a jail in our root that runs a shell script.
    Map<String, Value> script(String script) {
        Map<String, Value> config = new TreeMap<>();
        config.put("path", text("local/root"));
        config.put("exec_start", text(script));
        return config;
    }

    JailSpec spec(Map<String, Value> config) {
        JailRequest request =
                new JailRequest(
                        "web-1",
                        config,
                        Map.of("SECRET", "s3cret"),
                        Optional.empty(),
                        folders,
                        List.of(),
                        Limits.NONE);
        Mapped mapped =
                JailMapping.map(request, Platform.LINUX, JailPolicy.CLOSED, Path::toRealPath);
        assertThat(mapped).isInstanceOf(Mapped.Accepted.class);
        return ((Mapped.Accepted) mapped).spec();
    }

    Path report() {
        return folder.resolve("report");
    }

    /// Without what only newer kernels can.
    Ground ground(List<Path> groups) {
        return new Ground(
                report(),
                Optional.empty(),
                groups,
                Filters.standard(System.getProperty("os.arch")).orElseThrow(),
                false);
    }

    String plan(Map<String, Value> config) {
        return LinuxPlan.of(spec(config), ground(List.of())).interpreterText();
    }

    /// Starts a plan; its output and errors go to one file.
    Process start(String plan) throws IOException {
        Path file = folder.resolve("plan-" + plans++);
        Files.writeString(file, plan);
        ProcessBuilder builder = new ProcessBuilder(interpreter.command(file));
        builder.environment().clear();
        builder.environment().put("HOST_ONLY", "from the host");
        builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        return builder.redirectOutput(output(file).toFile()).start();
    }

    private static Path output(Path plan) {
        return plan.resolveSibling(plan.getFileName() + ".out");
    }

    Outcome run(String plan) throws IOException, InterruptedException {
        int number = plans;
        Process process = start(plan);
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                .as("it ends: %s", plan)
                .isTrue();
        return new Outcome(process.exitValue(), output(number));
    }

    Outcome run(Map<String, Value> config) throws IOException, InterruptedException {
        return run(plan(config));
    }

    String output(int number) throws IOException {
        return Files.readString(output(folder.resolve("plan-" + number)));
    }

    /// The host's processes that are in that namespace, like `pid:[4026531836]`.
    static List<Long> inside(String namespace) {
        String kind = namespace.substring(0, namespace.indexOf(':'));
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> namespace(pid, kind).equals(Optional.of(namespace)))
                .toList();
    }

    /// The host's processes that see one of our folders as a mount: whatever is left of our jails.
    List<Long> left() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> mounts(pid).contains(folder.toString()))
                .toList();
    }

    /// What is mounted on this machine, but for what nodes beside this test mount for their tasks.
    static List<String> hostMounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> !line.matches(".*/(probe-)?secrets \\S+ - tmpfs .*"))
                .toList();
    }

    private static String mounts(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/mountinfo"));
        } catch (IOException gone) {
            return "";
        }
    }

    /// Empty when the process has ended.
    private static Optional<String> namespace(long pid, String kind) {
        try {
            Path link = Path.of("/proc/" + pid + "/ns/" + kind);
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
