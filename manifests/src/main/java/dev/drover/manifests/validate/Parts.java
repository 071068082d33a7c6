package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.tree.Path;
import java.util.ArrayList;
import java.util.List;

/// The parts of a job, each with the way to it.
final class Parts {
    private Parts() {}

    /// A group of the job.
    record GroupPart(Path path, TaskGroup group) {}

    /// A task and the group it belongs to.
    record TaskPart(Path path, Task task, GroupPart in) {}

    /// A service of a group or of a task.
    record ServicePart(Path path, Service service, GroupPart in) {}

    static List<GroupPart> groups(Job job) {
        List<GroupPart> parts = new ArrayList<>();
        for (TaskGroup group : job.spec().groups()) {
            Path path = Path.ROOT.item("groups", parts.size(), "group", group.name());
            parts.add(new GroupPart(path, group));
        }
        return parts;
    }

    static List<TaskPart> tasks(GroupPart in) {
        List<TaskPart> parts = new ArrayList<>();
        for (Task task : in.group().tasks()) {
            Path path = in.path().item("tasks", parts.size(), "task", task.name());
            parts.add(new TaskPart(path, task, in));
        }
        return parts;
    }

    static List<TaskPart> tasks(Job job) {
        return groups(job).stream().flatMap(group -> tasks(group).stream()).toList();
    }

    static List<ServicePart> services(Job job) {
        List<ServicePart> parts = new ArrayList<>();
        for (GroupPart group : groups(job)) {
            add(group.path(), group.group().services(), group, parts);
            tasks(group).forEach(task -> add(task.path(), task.task().services(), group, parts));
        }
        return parts;
    }

    private static void add(
            Path around, List<Service> services, GroupPart in, List<ServicePart> into) {
        for (int i = 0; i < services.size(); i++) {
            String name = services.get(i).name().orElse("");
            into.add(
                    new ServicePart(
                            around.item("services", i, "service", name), services.get(i), in));
        }
    }
}
