package dev.drover.node.driver.jail;

import dev.drover.manifests.model.DriverState;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.FreeBsdPlan;
import dev.drover.node.jail.JailMapping;
import dev.drover.node.jail.JailPlan;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.JailRequest;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.jail.Mapped;
import dev.drover.node.jail.Platform;
import dev.drover.node.jail.Step;
import dev.drover.node.supervision.Adoption;
import dev.drover.node.supervision.Launch;
import dev.drover.node.supervision.Supervised;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a program in a jail of FreeBSD, by its own tools. The jail is made first and persists; the
/// task's supervised process is jexec, which becomes the program.
public final class FreeBsdDriver implements Driver {
    private final String name;
    private final Supervisor supervisor;
    private final Tools tools;
    private final JailPolicy policy;
    private final Written written;

    /// With the tools that are in `bin`, as `/usr/sbin`; `written` knows all jails of the node.
    public FreeBsdDriver(
            String name, Supervisor supervisor, Path bin, JailPolicy policy, Written written) {
        this.name = name;
        this.supervisor = supervisor;
        this.tools = new Tools(bin);
        this.policy = policy;
        this.written = written;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DriverState fingerprint() {
        Optional<String> missing = tools.missing();
        return missing.isPresent()
                ? new DriverState(false, missing.get(), Map.of())
                : new DriverState(true, "", Map.of("runtime", "freebsd", "isolation", "full"));
    }

    @Override
    public Start start(TaskRun run) throws IOException, InterruptedException {
        return switch (map(run)) {
            case Mapped.Refused(List<String> because) ->
                    new Start.Refused(String.join("; ", because));
            case Mapped.Accepted(JailSpec spec, List<String> warnings) -> {
                Optional<String> shares = written.claim(run, spec);
                yield shares.isPresent()
                        ? new Start.Refused(shares.get())
                        : start(run, spec, warnings);
            }
        };
    }

    private Start start(TaskRun run, JailSpec spec, List<String> warnings)
            throws IOException, InterruptedException {
        Files.createDirectories(
                run.place().folder(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(fstab(run), FreeBsdPlan.fstab(spec));
        JailPlan plan = FreeBsdPlan.of(spec, fstab(run));
        for (Step step : plan.steps().subList(0, plan.steps().size() - 1)) {
            Optional<String> failure = tools.run(step.words());
            if (failure.isPresent()) {
                takeBack(run, plan);
                return Start.failed("the jail cannot be built: " + failure.get());
            }
        }
        Launch launch =
                new Launch.Program(
                        tools.found(plan.steps().getLast().words()),
                        spec.program().environment(),
                        Path.of("/"),
                        Optional.empty());
        return new Start.Started(
                task(run, spec, plan, supervisor.start(run.place(), launch)), warnings);
    }

    @Override
    public Recovery recover(TaskRun run) throws IOException, InterruptedException {
        JailSpec spec = spec(run);
        JailPlan plan = FreeBsdPlan.of(spec, fstab(run));
        return switch (supervisor.adopt(run.place())) {
            case Adoption.Adopted(Supervised supervised) -> {
                var _ = written.claim(run, spec); // it runs already
                yield new Recovery.Found(task(run, spec, plan, supervised));
            }
            case Adoption.NeverStarted() -> {
                takeBack(run, plan);
                yield new Recovery.NeverStarted();
            }
        };
    }

    private FreeBsdTask task(TaskRun run, JailSpec spec, JailPlan plan, Supervised supervised) {
        return new FreeBsdTask(supervised, spec, tools, () -> takeBack(run, plan));
    }

    /// Undoes what was done; what was not says so, and that is right, too.
    private void takeBack(TaskRun run, JailPlan plan) throws IOException, InterruptedException {
        written.release(run);
        for (List<String> words : plan.undo()) {
            var _ = tools.run(words);
        }
    }

    private Mapped map(TaskRun run) throws IOException {
        JailRequest request = JailDriver.request(run, List.of());
        return JailMapping.map(request, Platform.FREEBSD, policy, Path::toRealPath);
    }

    private JailSpec spec(TaskRun run) throws IOException {
        return switch (map(run)) {
            case Mapped.Accepted(JailSpec spec, var _) -> spec;
            case Mapped.Refused(List<String> because) ->
                    throw new IOException("the jail is no longer allowed: " + because);
        };
    }

    private static Path fstab(TaskRun run) {
        return run.place().folder().resolve("fstab");
    }
}
