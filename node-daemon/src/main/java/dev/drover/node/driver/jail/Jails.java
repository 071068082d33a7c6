package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.Controllers;
import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Interpreter;
import dev.drover.node.jail.Isolation;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.LinuxPlan.Ground;
import dev.drover.node.jail.seccomp.Machine;
import dev.drover.node.jail.seccomp.Profile;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What all jails of this node are built with.
///
/// @param groups the name of the cgroups above those of the jails, like `drover/NODE`
/// @param isolation what a jail that ran when this was opened has shown
public record Jails(
        Supervisor supervisor,
        Interpreter interpreter,
        Controllers controllers,
        Path groups,
        Profile profile,
        JailPolicy policy,
        Isolation isolation) {
    private static final String REPORT = "jail";
    private static final String PLAN = "plan";

    /// Gets ready in `folder`, which is ours alone, and runs a jail to see what it can.
    public static Jails open(Supervisor supervisor, Path folder, Path groups, JailPolicy policy)
            throws IOException {
        Interpreter interpreter = Interpreter.install(folder);
        Controllers controllers = Controllers.detect();
        Profile profile = Profile.standard();
        Isolation isolation = new Smoke(interpreter, controllers, profile, groups).look(folder);
        return new Jails(supervisor, interpreter, controllers, groups, profile, policy, isolation);
    }

    /// Removes the cgroups above those of the jails; what still holds a jail stays.
    public void removeGroups() {
        LimitedGroup all = new LimitedGroup(controllers, groups);
        all.remove();
        all.removeAbove();
    }

    /// The group that limits a run: beside the one that holds it together, since in version 2 only
    /// a leaf can hold processes.
    LimitedGroup group(TaskRun run) {
        return new LimitedGroup(controllers, groups.resolve(plain(run.id()) + "-jail"));
    }

    Ground ground(TaskRun run) {
        return ground(report(run), group(run).folders(), profile, isolation.scoped()).orElseThrow();
    }

    /// Empty where we know no numbers of system calls.
    static Optional<Ground> ground(
            Path report, List<Path> groups, Profile profile, boolean scoped) {
        return Machine.named(System.getProperty("os.arch"))
                .map(machine -> new Ground(report, groups, profile, machine, scoped));
    }

    /// Where the interpreter says that the task runs.
    static Path report(TaskRun run) {
        return run.place().folder().resolve(REPORT);
    }

    /// What the interpreter reads and removes.
    static Path plan(TaskRun run) {
        return run.place().folder().resolve(PLAN);
    }

    /// Letters, digits and `-`.
    static String plain(String id) {
        return id.replaceAll("[^A-Za-z0-9-]", "-");
    }
}
