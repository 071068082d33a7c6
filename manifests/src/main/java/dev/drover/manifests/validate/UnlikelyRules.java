package dev.drover.manifests.validate;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Template;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What works as it is written, and is surely not meant.
final class UnlikelyRules {
    /// What a process does nothing about unless it has asked for it.
    private static final Set<String> UNHEARD = Set.of("SIGCONT", "SIGURG", "SIGWINCH", "SIGNULL");

    /// What a process cannot do anything about.
    private static final Set<String> DEADLY = Set.of("SIGKILL", "SIGSTOP");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_]+)[^}]*}");
    private static final List<String> ROOTS = List.of("attr", "meta", "node", "env");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private UnlikelyRules() {}

    static void check(Job job, Report report) {
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        attributes(
                job.spec().constraints(),
                job.spec().affinities(),
                job.spec().spreads(),
                Path.ROOT,
                report);
        for (Parts.GroupPart part : Parts.groups(job)) {
            TaskGroup group = part.group();
            attributes(
                    group.constraints(), group.affinities(), group.spreads(), part.path(), report);
            if (type == JobType.SERVICE) {
                group.update().ifPresent(update -> update(update, part, report));
            }
            group.ephemeralDisk().ifPresent(disk -> disk(disk, part.path(), report));
        }
        for (Parts.TaskPart part : Parts.tasks(job)) {
            attributes(
                    part.task().constraints(),
                    part.task().affinities(),
                    List.of(),
                    part.path(),
                    report);
            variables(part, report);
            signals(part, report);
        }
    }

    // ---- what a node is asked for

    private static void attributes(
            List<Constraint> constraints,
            List<Affinity> affinities,
            List<Spread> spreads,
            Path around,
            Report report) {
        for (int i = 0; i < constraints.size(); i++) {
            attribute(
                    constraints.get(i).attribute(),
                    around.item("constraints", i, "constraint"),
                    report);
        }
        for (int i = 0; i < affinities.size(); i++) {
            attribute(
                    affinities.get(i).attribute(),
                    around.item("affinities", i, "affinity"),
                    report);
        }
        for (int i = 0; i < spreads.size(); i++) {
            attribute(spreads.get(i).attribute(), around.item("spreads", i, "spread"), report);
        }
    }

    private static void attribute(Optional<String> attribute, Path around, Report report) {
        String text = attribute.orElse("");
        if (text.isEmpty()) {
            return;
        }
        Path path = around.field("attribute");
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.find()) {
            report.add(
                    Code.UNLIKELY,
                    path,
                    "it compares the text \"" + text + "\" itself, not a value of the node",
                    "values of the node stand in ${…}",
                    "write \"${" + text + "}\"");
        } else if (!ROOTS.contains(reference.group(1))) {
            report.add(
                    Code.UNLIKELY,
                    path,
                    "no node has a value ${" + reference.group(1) + "…}",
                    Suggestion.of(reference.group(1), ROOTS)
                            .map(near -> "did you mean ${" + near + "…}?")
                            .orElse("write ${attr.…}, ${node.…} or ${meta.…}"));
        }
    }

    // ---- groups

    private static void update(UpdatePolicy update, Parts.GroupPart part, Report report) {
        int count = part.group().count().orElse(1);
        int parallel = update.maxParallel().orElse(1);
        Path path = PolicyRules.policy("update", part.path(), report);
        if (parallel == 0 && update.canary().orElse(0) > 0) {
            report.add(
                    Code.UNLIKELY,
                    path.field("canary"),
                    "there are no canaries with max_parallel = 0",
                    "0 replaces everything at once, without a deployment",
                    "set max_parallel to 1 or more");
        } else if (count > 1 && parallel >= count && update.canary().orElse(0) == 0) {
            report.add(
                    Code.UNLIKELY,
                    path.field("maxParallel"),
                    "max_parallel = " + parallel + ", but count = " + count,
                    "all copies are stopped at once: nothing answers until new ones are healthy",
                    "set max_parallel below count");
        }
    }

    private static void disk(EphemeralDisk disk, Path path, Report report) {
        if (disk.migrate().orElse(false) && !disk.sticky().orElse(false)) {
            report.add(
                    Code.UNLIKELY,
                    path.field("ephemeralDisk").field("migrate"),
                    "migrate does nothing without sticky",
                    "a new copy that is placed anywhere has no old one whose data it could take",
                    "write sticky = true as well");
        }
    }

    // ---- tasks

    private static void variables(Parts.TaskPart part, Report report) {
        for (String name : part.task().env().keySet()) {
            if (!VARIABLE.matcher(name).matches() && !name.contains("${")) {
                report.add(
                        Code.UNLIKELY,
                        part.path().field("env").field(name),
                        "a shell cannot read a variable called \"" + name + "\"",
                        "use letters, digits and _");
            }
        }
    }

    private static void signals(Parts.TaskPart part, Report report) {
        List<Template> templates = part.task().templates();
        for (int i = 0; i < templates.size(); i++) {
            Template template = templates.get(i);
            String signal = template.changeSignal().orElse("").toUpperCase(Locale.ROOT);
            Path path = part.path().item("templates", i, "template").field("changeSignal");
            if (!template.changeMode().equals(Optional.of("signal"))) {
                continue;
            }
            if (UNHEARD.contains(signal)) {
                report.add(
                        Code.UNLIKELY,
                        path,
                        "the task will not notice " + signal,
                        "programs ignore it unless they have asked for it",
                        "send SIGHUP, or what the program reloads its files on");
            } else if (DEADLY.contains(signal)) {
                report.add(
                        Code.UNLIKELY,
                        path,
                        signal + " does not make a task read the file again",
                        "no program can do anything about it",
                        "send SIGHUP, or write change_mode = \"restart\"");
            }
        }
    }
}
