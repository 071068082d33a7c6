package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.cgroup.Controllers;
import dev.drover.node.cgroup.Controllers.Hierarchy;
import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.image.ImageLimits;
import dev.drover.node.image.Images;
import dev.drover.node.jail.Interpreter;
import dev.drover.node.jail.Isolation;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.Limits;
import dev.drover.node.jail.LinuxPlan.Ground;
import dev.drover.node.jail.seccomp.Filters;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What all jails of this node are built with.
///
/// @param groups the name of the cgroups above those of the jails, like `drover/NODE`
/// @param filters empty where we know no numbers of system calls
/// @param images beside the folder of our programs
/// @param isolation what a jail that ran when this was opened has shown
public record Jails(
        Supervisor supervisor,
        Interpreter interpreter,
        Controllers controllers,
        Path groups,
        Optional<Filters> filters,
        JailPolicy policy,
        ImageRoots images,
        Isolation isolation) {
    private static final String REPORT = "jail";
    private static final String PLAN = "plan";

    /// Limits of every kind, to see which of them this machine takes.
    private static final Ceiling SOME = Limits.granted(100, 64 << 20).ceiling();

    /// A file's name has 255 bytes at most, and ours get a few more.
    private static final int NAME_MAX = 200;

    /// Gets ready in `folder`, which is ours alone, and runs a jail to see what it can.
    public static Jails open(Supervisor supervisor, Path folder, Path groups, JailPolicy policy)
            throws IOException {
        Interpreter interpreter = Interpreter.install(folder);
        Controllers controllers = usable(Controllers.detect(), groups.resolve("smoke"));
        Optional<Filters> filters = Filters.standard(System.getProperty("os.arch"));
        Optional<String> missing = supervisor.missing();
        Isolation isolation =
                missing.isPresent()
                        ? Isolation.none(missing.get())
                        : new Smoke(interpreter, controllers, filters, groups).look(folder);
        Path images = folder.resolveSibling("images");
        return new Jails(
                supervisor,
                interpreter,
                controllers,
                groups,
                filters,
                policy,
                new ImageRoots(new Images(images, ImageLimits.USUAL, Images.BYTES_MAX), images),
                isolation);
    }

    /// Those that really let us make a group with a limit: inside of a container they often do not.
    private static Controllers usable(Controllers found, Path name) {
        SortedMap<String, Hierarchy> usable = new TreeMap<>(found.found());
        usable.entrySet()
                .removeIf(entry -> {
                    var alone = new TreeMap<>(Map.of(entry.getKey(), entry.getValue()));
                    return !works(new LimitedGroup(new Controllers(alone), name));
                });
        return new Controllers(usable);
    }

    private static boolean works(LimitedGroup group) {
        try {
            group.create(SOME);
            return true;
        } catch (IOException refused) {
            return false; // the fingerprint says that it is missing
        } finally {
            group.remove();
            group.removeAbove();
        }
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
        Filters known =
                filters.orElseThrow(() -> new IllegalStateException("no jail runs on this machine"));
        return new Ground(report(run), group(run).folders(), known, isolation.scoped());
    }

    /// Where the interpreter says that the task runs.
    static Path report(TaskRun run) {
        return run.place().folder().resolve(REPORT);
    }

    /// What the interpreter reads and removes.
    static Path plan(TaskRun run) {
        return run.place().folder().resolve(PLAN);
    }

    /// A name of letters, digits and `-` for a run. A name that had to be changed gets a suffix, so
    /// that `a_b` and `a.b` stay two.
    static String plain(String id) {
        String plain = id.replaceAll("[^A-Za-z0-9-]", "-");
        if (plain.equals(id) && id.length() <= NAME_MAX) {
            return id;
        }
        return plain.substring(0, Math.min(NAME_MAX, plain.length()))
                + "-"
                + Integer.toHexString(id.hashCode());
    }
}
