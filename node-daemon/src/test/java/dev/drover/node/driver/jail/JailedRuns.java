package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.os.Exits;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Folders, groups and daemons for tests of jailed tasks.
final class JailedRuns implements AutoCloseable {
    final Path folder;
    final String node = "test-jail-" + ProcessHandle.current().pid();
    private final Optional<Cgroups> cgroups;
    private final List<Exits> watchers = new ArrayList<>();
    private final List<Jails> opened = new ArrayList<>();
    private int runs;

    JailedRuns(Path temp) throws IOException {
        folder = temp.toRealPath();
        cgroups = Cgroups.open(node);
    }

    /// What a daemon has after its start.
    Jails jails(JailPolicy policy) {
        return jails(policy, Optional.empty());
    }

    /// The same with an OCI runtime.
    Jails jails(JailPolicy policy, Optional<String> program) {
        try {
            Path groups = Path.of("drover", node);
            Jails jails = Jails.open(supervisor(), folder.resolve("bin"), groups, policy, program);
            opened.add(jails);
            return jails;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One of a new daemon.
    Supervisor supervisor() {
        try {
            Exits exits = new Exits();
            watchers.add(exits);
            return Supervisor.open(folder.resolve("bin"), exits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TaskRun run(Map<String, Value> config, Optional<Resources> resources) {
        return run(config, resources, TaskRun.Own.NOTHING);
    }

    TaskRun run(Map<String, Value> config, Optional<Resources> resources, TaskRun.Own own) {
        String id = "7f3a-web-" + runs++;
        Path home = folder.resolve(id).resolve("web");
        TaskFolders folders = new TaskFolders(home, folder.resolve(id).resolve("alloc"));
        try {
            for (Path path :
                    List.of(folders.local(), folders.secrets(), folders.tmp(), folders.logs())) {
                Files.createDirectories(path);
            }
            Files.setAttribute(home, "unix:mode", 01777); // as the node makes them
            Files.setAttribute(folders.tmp(), "unix:mode", 01777);
            Busybox.image(folders.local().resolve("root"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TaskRun(
                id,
                config,
                Map.of("NOMAD_TASK_NAME", "web", "NOMAD_TASK_DIR", folders.local().toString()),
                Optional.empty(),
                resources,
                own,
                folders,
                new RunPlace(
                        folder.resolve("runs").resolve(id),
                        new LogPlace(folders.logs(), "web", 1 << 20, 2),
                        cgroups.map(c -> c.group(id))));
    }

    /// A device of this machine that a jail has only if it is granted.
    static Device device() {
        Path file =
                Stream.of("/dev/kvm", "/dev/ttyS0", "/dev/fuse", "/dev/loop-control")
                        .map(Path::of)
                        .filter(Files::exists)
                        .findFirst()
                        .orElseGet(() -> Assumptions.abort("this machine has no device to grant"));
        return new Device("acme", "thing", "one", List.of(file));
    }

    static Optional<Resources> memory(int mib) {
        return Optional.of(
                new Resources(
                        Optional.of(500),
                        Optional.empty(),
                        Optional.of(mib),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// A listing of what is inside of a jail that shows the host, without what each machine has of
    /// its own: what is in /usr and /etc is its own affair, and so are the numbers of processes.
    static String onAnyMachine(TaskRun run, String listing) {
        return listing.lines()
                .filter(line -> !line.matches("/(etc|usr|bin|s?bin|lib.*)[ /].* \\(of the host\\)"))
                .filter(line -> !line.matches("s?bin|lib.*|usr|etc"))
                .map(line -> line.replaceAll("/proc/[0-9]{2,}", "/proc/N"))
                .collect(Collectors.joining("\n", "", "\n"))
                .replace(run.id(), "RUN");
    }

    static String output(TaskRun run, String stream) throws IOException {
        return Files.readString(run.folders().logs().resolve("web." + stream + ".000000"));
    }

    @Override
    public void close() {
        watchers.forEach(Exits::close);
        opened.forEach(Jails::removeGroups);
        cgroups.ifPresent(Cgroups::remove);
    }
}
