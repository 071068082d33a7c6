package dev.drover.node.jail;

import dev.drover.node.jail.JailSpec.Bind;
import dev.drover.node.jail.JailSpec.Program;
import dev.drover.node.jail.JailSpec.Root;
import dev.drover.node.jail.JailSpec.Walls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The steps of a jail on FreeBSD: command lines of jail(8), rctl(8) and jexec(8).
///
/// The jail is made persistent and the task enters it by jexec, since jail(8) tells only whether
/// its command failed, while jexec becomes the command: what waits for it sees the true code.
public final class FreeBsdPlan {
    private final JailSpec spec;
    private final List<Step> steps = new ArrayList<>();

    private FreeBsdPlan(JailSpec spec) {
        this.spec = spec;
    }

    /// Everything up to the task, which is the last step. Its environment is not among the words,
    /// which everybody may read: jexec hands on its own.
    ///
    /// @param fstab the file that holds [#fstab]
    public static JailPlan of(JailSpec spec, Path fstab) {
        FreeBsdPlan plan = new FreeBsdPlan(spec);
        Path root = root(spec);
        for (Bind bind : mounted(spec, root)) {
            plan.steps.add(Step.of("mkdir", "-p", target(root, bind).toString()));
        }
        plan.jail(root, fstab);
        plan.rules();
        plan.steps.add(new Step(enter(spec, spec.program().command()), List.of()));
        return new JailPlan(plan.steps);
    }

    /// What is mounted into the jail, as fstab(5) has it. jail(8) does it rather than mount(8),
    /// since it refuses targets that a symbolic link of the root leads outside.
    public static String fstab(JailSpec spec) {
        StringBuilder lines = new StringBuilder();
        Path root = root(spec);
        for (Bind bind : mounted(spec, root)) {
            String options =
                    switch (bind.access()) {
                        case READ -> "ro,nosuid";
                        case WRITE, SHARED -> "rw,nosuid";
                        case DATA -> "rw,nosuid,noexec";
                    };
            lines.append(JailPlan.escaped(bind.source().toString()))
                    .append(' ')
                    .append(JailPlan.escaped(target(root, bind).toString()))
                    .append(" nullfs ")
                    .append(options)
                    .append(" 0 0\n");
        }
        return lines.toString();
    }

    /// The words that run another command in the jail.
    public static List<String> enter(JailSpec spec, List<String> command) {
        Program program = spec.program();
        List<String> words = new ArrayList<>();
        spec.freeBsd().fib().ifPresent(fib -> words.addAll(List.of("setfib", fib.toString())));
        words.add("jexec");
        if (!program.folder().equals("/")) {
            words.addAll(List.of("-d", program.folder()));
        }
        words.addAll(List.of(spec.freeBsd().hostUser() ? "-u" : "-U", user(program)));
        words.add(spec.name());
        words.addAll(command);
        return words;
    }

    /// jexec(8) looks for names, not for numbers.
    private static String user(Program program) {
        return program.user().equals("0") ? "root" : program.user();
    }

    private static Path root(JailSpec spec) {
        return switch (spec.root()) {
            case Root.Folder(Path path) -> path;
            case Root.Layered _, Root.Host _ ->
                    throw new IllegalArgumentException("FreeBSD shows folders only");
        };
    }

    /// A root that is the task's own folder holds some of it already.
    private static List<Bind> mounted(JailSpec spec, Path root) {
        return spec.binds().stream().filter(b -> !target(root, b).equals(b.source())).toList();
    }

    private static Path target(Path root, Bind bind) {
        return root.resolve(bind.target().substring(1));
    }

    private void jail(Path root, Path fstab) {
        Walls walls = spec.walls();
        List<String> words = new ArrayList<>(List.of("jail", "-q", "-c"));
        words.add("name=" + spec.name());
        words.add("path=" + root);
        words.add("persist");
        words.add(walls.hostname().map(name -> "host.hostname=" + name).orElse("host=inherit"));
        words.addAll(network(walls));
        words.add("mount.fstab=" + fstab);
        ordinary("mount.devfs", "", words);
        ordinary("devfs_ruleset", "4", words);
        ordinary("enforce_statfs", "2", words);
        ordinary("children.max", "0", words);
        spec.freeBsd()
                .parameters()
                .forEach((name, value) -> words.add(value.isEmpty() ? name : name + "=" + value));
        spec.program().stop().ifPresent(line -> words.add("exec.stop=" + line));
        steps.add(new Step(words, List.of("jail", "-q", "-r", spec.name())));
    }

    /// The host's addresses, unless the task asks for some or for a stack of its own.
    private List<String> network(Walls walls) {
        if (walls.ownNetwork()) {
            return List.of("vnet");
        }
        List<String> words = new ArrayList<>();
        for (String version : List.of("ip4", "ip6")) {
            if (spec.freeBsd().parameters().keySet().stream()
                    .noneMatch(p -> p.startsWith(version))) {
                words.add(version + "=inherit");
            }
        }
        return words;
    }

    /// What a jail is like unless its task says otherwise.
    private void ordinary(String name, String value, List<String> words) {
        boolean said =
                spec.freeBsd().parameters().keySet().stream()
                        .anyMatch(given -> given.replace(".no", ".").equals(name));
        if (!said) {
            words.add(value.isEmpty() ? name : name + "=" + value);
        }
    }

    private void rules() {
        String subject = "jail:" + spec.name();
        List<String> undo = List.of("rctl", "-r", subject); // of all of them
        for (String rule : spec.freeBsd().rules()) {
            steps.add(new Step(List.of("rctl", "-a", subject + ":" + rule), undo));
            undo = List.of();
        }
    }
}
