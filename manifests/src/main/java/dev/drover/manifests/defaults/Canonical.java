package dev.drover.manifests.defaults;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskScaling;
import dev.drover.manifests.shape.Records;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one form of what can be written in several: every reader settles it, in all syntaxes alike.
public final class Canonical {
    private Canonical() {}

    /// The spec as every reader hands it on.
    public static JobSpec of(JobSpec spec) {
        return Records.with(spec, "groups", spec.groups().stream().map(Canonical::group).toList());
    }

    private static TaskGroup group(TaskGroup group) {
        TaskGroup ordered = Records.with(group, "networks", ordered(group.networks()));
        return Records.with(
                ordered, "tasks", ordered.tasks().stream().map(Canonical::task).toList());
    }

    /// The type of a task's scaling says what its label says.
    private static Task task(Task task) {
        List<TaskScaling> scaling =
                task.scaling().stream()
                        .map(each -> Records.with(each, "type", Optional.empty()))
                        .toList();
        return Records.with(
                Records.with(task, "scaling", scaling),
                "resources",
                task.resources()
                        .map(resources ->
                                Records.with(
                                        resources, "networks", ordered(resources.networks()))));
    }

    /// Ports with a number of their own first: Nomad's API knows no other order.
    private static List<Network> ordered(List<Network> networks) {
        return networks.stream()
                .map(network ->
                        Records.with(
                                network,
                                "ports",
                                network.ports().stream()
                                        .sorted(
                                                Comparator.comparing(
                                                        port -> port.staticPort().isEmpty()))
                                        .toList()))
                .toList();
    }
}
