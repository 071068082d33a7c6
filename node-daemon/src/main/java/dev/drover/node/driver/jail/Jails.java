package dev.drover.node.driver.jail;

import dev.drover.node.cgroup.Ceiling;
import dev.drover.node.cgroup.Cgroup;
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
import dev.drover.node.jail.LinuxPlan.Held;
import dev.drover.node.jail.seccomp.Filters;
import dev.drover.node.os.Processors;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What all jails of this node are built with.
///
/// @param groups the name of the cgroups above those of the jails, like `drover/NODE`
/// @param images beside the folder of our programs
/// @param isolation what a jail that ran when this was opened has shown
/// @param written what the running jails write to
public record Jails(
        Supervisor supervisor,
        JailRuntime runtime,
        Controllers controllers,
        Path groups,
        JailPolicy policy,
        ImageRoots images,
        Isolation isolation,
        Written written) {

    /// A file's name has 255 bytes at most, and ours get a few more.
    private static final int NAME_MAX = 200;

    /// Does what pid 1 has to in a container; Debian's package of this name has it.
    private static final Path INIT = Path.of("/usr/bin/catatonit");

    /// Gets ready in `folder`, which is ours alone, and runs a jail to see what it can.
    public static Jails open(Supervisor supervisor, Path folder, Path groups, JailPolicy policy)
            throws IOException {
        return open(supervisor, folder, groups, policy, Optional.empty());
    }

    /// The same with an OCI runtime.
    ///
    /// @param program its path; our own builds the jails when absent
    public static Jails open(
            Supervisor supervisor,
            Path folder,
            Path groups,
            JailPolicy policy,
            Optional<String> program)
            throws IOException {
        Optional<Filters> filters = Filters.standard(System.getProperty("os.arch"));
        JailRuntime runtime =
                program.isEmpty()
                        ? new EmbeddedRuntime(Interpreter.install(folder), filters)
                        : OciRuntime.open(
                                program.get(),
                                folder,
                                Path.of("/run").resolve(groups).resolve("oci"),
                                Optional.of(INIT).filter(Files::isExecutable),
                                filters);
        Controllers controllers = usable(Controllers.detect(), groups.resolve("smoke"));
        Optional<String> missing = supervisor.missing().or(runtime::missing);
        Isolation isolation =
                missing.isPresent()
                        ? Isolation.none(missing.get())
                        : new Smoke(runtime, controllers, groups).look(folder);
        Path images = folder.resolveSibling("images");
        return new Jails(
                supervisor,
                runtime,
                controllers,
                groups,
                policy,
                new ImageRoots(
                        new Images(images, ImageLimits.USUAL, Images.BYTES_MAX),
                        images,
                        runtime.ours()),
                isolation,
                new Written());
    }

    /// Those that really let us make a group with a limit: inside of a container they often do not.
    private static Controllers usable(Controllers found, Path name) throws IOException {
        List<Integer> one = List.of(Processors.allowed().getFirst());
        Ceiling some = Limits.granted(100, 64 << 20, one).ceiling(); // limits of every kind
        SortedMap<String, Hierarchy> usable = new TreeMap<>(found.found());
        usable.entrySet()
                .removeIf(entry -> {
                    var alone = new TreeMap<>(Map.of(entry.getKey(), entry.getValue()));
                    return !works(new LimitedGroup(new Controllers(alone), name), some);
                });
        return new Controllers(usable);
    }

    private static boolean works(LimitedGroup group, Ceiling some) {
        try {
            group.create(some);
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
        runtime.close(groups);
    }

    /// For the fingerprint.
    SortedMap<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>(isolation.attributes());
        attributes.putAll(runtime.attributes());
        return attributes;
    }

    /// The same where only these can limit.
    Jails with(Controllers others) {
        return new Jails(supervisor, runtime, others, groups, policy, images, isolation, written);
    }

    /// Whether the kernel can hold the run on processors of its own.
    boolean pins(TaskRun run) {
        return !run.own().cores().isEmpty() && controllers.found().containsKey(Controllers.CPUSET);
    }

    /// Where a run's jail is. Its group is beside the one that holds the run together, since in
    /// version 2 only a leaf can hold processes.
    Site site(TaskRun run) {
        String name = plain(run.id());
        Path group = groups.resolve(name + "-jail");
        Held held = new Held(run.place().cgroup().map(Cgroup::path));
        Controllers needed = pins(run) ? controllers : controllers.withoutCpuset();
        return new Site(
                name,
                run.place().folder(),
                new LimitedGroup(needed, group),
                group,
                Optional.of(held));
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
