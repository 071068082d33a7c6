package dev.drover.manifests.defaults;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.shape.Records;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The one form of what can be written in several: every reader settles it, in all syntaxes alike.
public final class Canonical {
    private Canonical() {}

    /// The spec as every reader hands it on.
    public static JobSpec of(JobSpec spec) {
        return Records.with(spec, "groups", Records.each(spec.groups(), Canonical::group));
    }

    private static TaskGroup group(TaskGroup group) {
        TaskGroup ordered = Records.with(group, "networks", ordered(group.networks()));
        return Records.with(ordered, "tasks", Records.each(ordered.tasks(), Canonical::task));
    }

    /// The type of a task's scaling says what its label says.
    private static Task task(Task task) {
        Task unlabelled =
                Records.with(
                        task,
                        "scaling",
                        Records.each(
                                task.scaling(),
                                each -> Records.with(each, "type", Optional.empty())));
        return task.resources().filter(r -> !r.networks().isEmpty()).isEmpty()
                ? unlabelled
                : Records.with(
                        unlabelled,
                        "resources",
                        task.resources()
                                .map(resources ->
                                        Records.with(
                                                resources,
                                                "networks",
                                                ordered(resources.networks()))));
    }

    /// Ports with a number of their own first: Nomad's API knows no other order.
    private static List<Network> ordered(List<Network> networks) {
        return Records.each(
                networks,
                network ->
                        Records.with(
                                network,
                                "ports",
                                network.ports().stream()
                                        .sorted(
                                                Comparator.comparing(
                                                        port -> port.staticPort().isEmpty()))
                                        .toList()));
    }
}
