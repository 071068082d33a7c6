package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobLink;
import dev.drover.manifests.model.JobUi;
import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Names, and that there is something to run under them.
final class NameRules {
    /// As long as an escaped name may be in a URL.
    private static final int LENGTH_MAX = 253;

    /// Characters of what is said about a job, as in Nomad.
    private static final int DESCRIPTION_MAX = 1_000;

    private NameRules() {}

    static void check(Job job, Report report) {
        jobName(job.metadata().name(), report);
        if (job.spec().groups().isEmpty()) {
            report.add(
                    Code.EMPTY,
                    Path.ROOT,
                    "the job has no group",
                    "add a group with a task: group \"main\" { task \"main\" { … } }");
        }
        job.spec().ui().ifPresent(ui -> ui(ui, Path.ROOT.field("ui"), report));
        if (job.spec().datacenters().contains("")) {
            report.add(
                    Code.INVALID_NAME,
                    Path.ROOT.field("datacenters"),
                    "a datacenter has no name",
                    "name it, or leave datacenters out for all of them");
        }
        Set<String> seen = new HashSet<>();
        for (Parts.GroupPart part : Parts.groups(job)) {
            name(part.path(), part.group().name(), report);
            if (!seen.add(part.group().name())) {
                report.add(
                        Code.DUPLICATE_NAME,
                        part.path(),
                        "the job has another group of this name",
                        "give one of them another name");
            }
            tasks(part, report);
        }
    }

    private static void jobName(String name, Report report) {
        if (name.isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    Path.ROOT,
                    "the job has no name",
                    "write job \"name\" { … }, metadata.name in YAML, \"ID\" in Nomad's JSON");
        } else if (name.chars().anyMatch(c -> c <= ' ')) {
            report.add(
                    Code.INVALID_NAME,
                    Path.ROOT,
                    "a job's name has no blanks: \"" + name + "\"",
                    "write " + name.strip().replaceAll("\\s+", "-"));
        } else if (name.length() > LENGTH_MAX) {
            report.add(
                    Code.INVALID_NAME,
                    Path.ROOT,
                    "a job's name has at most " + LENGTH_MAX + " characters",
                    "");
        }
    }

    private static void ui(JobUi ui, Path path, Report report) {
        if (ui.description().orElse("").length() > DESCRIPTION_MAX) {
            report.add(
                    Code.LIMIT,
                    path.field("description"),
                    "the description has more than " + DESCRIPTION_MAX + " characters",
                    "link to a longer one");
        }
        for (int i = 0; i < ui.links().size(); i++) {
            JobLink link = ui.links().get(i);
            if (link.label().isEmpty() || link.url().isEmpty()) {
                report.add(
                        Code.MISSING_FIELD,
                        path.item("links", i, "link"),
                        "a link has a label and a url",
                        "add what is missing");
            }
        }
    }

    private static void name(Path path, String name, Report report) {
        if (name.isBlank()) {
            report.add(Code.INVALID_NAME, path, "it has no name", "write its name in quotes");
        }
    }

    private static void tasks(Parts.GroupPart in, Report report) {
        List<Task> tasks = in.group().tasks();
        if (tasks.isEmpty()) {
            report.add(
                    Code.EMPTY,
                    in.path(),
                    "the group has no task",
                    "add one: task \"main\" { driver = … }");
            return;
        }
        if (tasks.stream()
                .allMatch(task -> task.lifecycle().flatMap(Lifecycle::hook).isPresent())) {
            report.add(
                    Code.EMPTY,
                    in.path(),
                    "every task has a lifecycle hook",
                    "hooks run before, beside or after the main tasks, and there is none",
                    "take the lifecycle block out of the main task");
        }
        if (tasks.stream().filter(task -> task.leader().orElse(false)).count() > 1) {
            report.add(
                    Code.CONTRADICTION,
                    in.path(),
                    "more than one task is the leader",
                    "when the leader ends, the others are stopped: only one can be it",
                    "keep leader = true in one task");
        }
        Set<String> seen = new HashSet<>();
        for (Parts.TaskPart part : Parts.tasks(in)) {
            task(part, seen.add(part.task().name()), report);
        }
    }

    private static void task(Parts.TaskPart part, boolean first, Report report) {
        String name = part.task().name();
        name(part.path(), name, report);
        if (name.equals("alloc") || name.contains("/") || name.contains("\\")) {
            report.add(
                    Code.INVALID_NAME,
                    part.path(),
                    "\"" + name + "\" cannot be a task's name",
                    "a task's folder is called after it, beside the folder alloc",
                    "choose a name without slashes, other than alloc");
        }
        if (!first) {
            report.add(
                    Code.DUPLICATE_NAME,
                    part.path(),
                    "the group has another task of this name",
                    "give one of them another name");
        }
    }
}
