package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.TaskScaling;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.List;

/// What a scaling block may be called, and how often. Part of reading: a job file with another name
/// is none.
public final class ScalingRules {
    private static final List<String> RESOURCES = List.of("cpu", "mem");

    private ScalingRules() {}

    /// Reports scaling blocks of a type or resource that does not exist, or that there is already.
    public static void check(Job job, Report report) {
        for (Parts.GroupPart part : Parts.groups(job)) {
            part.group()
                    .scaling()
                    .flatMap(scaling -> scaling.type())
                    .filter(type -> !type.equals("horizontal"))
                    .ifPresent(type ->
                            report.add(
                                    Code.UNKNOWN_WORD,
                                    part.path().field("scaling").field("type"),
                                    "a group's scaling is horizontal, not \"" + type + "\"",
                                    "leave the type out"));
        }
        Parts.tasks(job).forEach(part -> task(part, report));
    }

    private static void task(Parts.TaskPart part, Report report) {
        List<TaskScaling> all = part.task().scaling();
        for (int i = 0; i < all.size(); i++) {
            TaskScaling scaling = all.get(i);
            Path path = part.path().item("scaling", i, "scaling", scaling.resource());
            if (!RESOURCES.contains(scaling.resource())) {
                report.add(
                        Code.UNKNOWN_WORD,
                        path,
                        "a task's scaling is of \"cpu\" or \"mem\"",
                        "write scaling \"cpu\" { … }");
            } else if (!scaling.type().orElse(type(scaling)).equals(type(scaling))) {
                report.add(
                        Code.UNKNOWN_WORD,
                        path,
                        "its type is \"" + type(scaling) + "\" and nothing else",
                        "leave the type out");
            } else if (all.subList(0, i).stream()
                    .anyMatch(other -> other.resource().equals(scaling.resource()))) {
                report.add(
                        Code.DUPLICATE,
                        path,
                        "the task has another scaling \"" + scaling.resource() + "\"",
                        "keep one of the two");
            }
        }
    }

    private static String type(TaskScaling scaling) {
        return "vertical_" + scaling.resource();
    }
}
