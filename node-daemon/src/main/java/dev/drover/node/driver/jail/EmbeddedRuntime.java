package dev.drover.node.driver.jail;

import dev.drover.node.jail.Interpreter;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.LinuxPlan;
import dev.drover.node.jail.LinuxPlan.Ground;
import dev.drover.node.jail.seccomp.Filters;
import dev.drover.node.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Our own: a plan, and a script that carries it out.
///
/// @param filters empty where we know no numbers of system calls
record EmbeddedRuntime(Interpreter interpreter, Optional<Filters> filters) implements JailRuntime {
    @Override
    public SortedMap<String, String> attributes() {
        return new TreeMap<>(Map.of("runtime", "linux"));
    }

    @Override
    public Optional<String> missing() {
        return filters.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "the numbers of system calls on "
                                + System.getProperty("os.arch")
                                + " are not known here");
    }

    @Override
    public boolean ours() {
        return true;
    }

    @Override
    public List<String> prepare(JailSpec spec, Site site, boolean scoped) throws IOException {
        Interpreter.write(plan(site), LinuxPlan.of(spec, ground(site, scoped)));
        return interpreter.command(plan(site));
    }

    private Ground ground(Site site, boolean scoped) {
        return new Ground(
                site.report(), site.run(), site.group().folders(), filters.orElseThrow(), scoped);
    }

    private static Path plan(Site site) {
        return site.folder().resolve("plan");
    }

    @Override
    public List<String> enter(
            JailSpec spec, Site site, boolean scoped, List<String> command, boolean terminal)
            throws IOException {
        int pid = site.pid();
        ProcessIdentity first =
                ProcessIdentity.of(pid).orElseThrow(() -> new IOException("the task has ended"));
        Path plan = site.folder().resolve("exec-" + UUID.randomUUID());
        Interpreter.write(
                plan,
                LinuxPlan.beside(spec, ground(site, scoped), pid, first.startTicks(), command));
        return interpreter.command(plan);
    }

    /// All of a jail goes with its keeper; what stays is the plan of one that never read it.
    @Override
    public void discard(Site site) throws IOException {
        Files.deleteIfExists(plan(site));
    }

    @Override
    public void close(Path groups) {}
}
