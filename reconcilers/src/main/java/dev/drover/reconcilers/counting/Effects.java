package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Which fields of a spec cannot change under a running allocation. The tables are the rule; every
/// field that is not in them changes in place.
public final class Effects {
    /// A field by its path in the manifest, and how to read it.
    private record Field<T>(String path, Function<T, Object> value) {}

    private static final List<Field<TaskGroup>> OF_GROUP =
            List.of(
                    new Field<>("ephemeralDisk", TaskGroup::ephemeralDisk),
                    new Field<>("networks", group -> ports(group.networks())),
                    new Field<>("volumes", TaskGroup::volumes),
                    new Field<>("consul", TaskGroup::consul),
                    new Field<>(
                            "restart.renderTemplates",
                            group -> group.restart().flatMap(RestartPolicy::renderTemplates)),
                    new Field<>(
                            "tasks",
                            group -> group.tasks().stream().map(Task::name).sorted().toList()));

    private static final List<Field<Task>> OF_TASK =
            List.of(
                    new Field<>("driver", Task::driver),
                    new Field<>("user", Task::user),
                    new Field<>("config", Task::config),
                    new Field<>("env", Task::env),
                    new Field<>("artifacts", Task::artifacts),
                    new Field<>("templates", Task::templates),
                    new Field<>("volumeMounts", Task::volumeMounts),
                    new Field<>("resources", task -> task.resources().map(Effects::grants)),
                    new Field<>("logs.disabled", task -> task.logs().flatMap(LogConfig::disabled)),
                    new Field<>(
                            "restart.renderTemplates",
                            task -> task.restart().flatMap(RestartPolicy::renderTemplates)),
                    new Field<>("vault", Task::vault),
                    new Field<>("consul", Task::consul),
                    new Field<>("identities", Task::identities),
                    new Field<>("secrets", Task::secrets),
                    new Field<>("csiPlugin", Task::csiPlugin),
                    new Field<>("kind", Task::kind));

    private Effects() {}

    /// What becomes of an allocation of `group` under an older version with the spec `running` when
    /// `wanted` is wanted instead. A group that is not wanted any more counts as replaced.
    public static Effect between(JobSpec running, JobSpec wanted, String group) {
        return replacing(running, wanted, group).isEmpty() ? Effect.IN_PLACE : Effect.REPLACE;
    }

    /// The paths of the fields that make a replacement necessary; empty when the change is in
    /// place.
    public static List<String> replacing(JobSpec running, JobSpec wanted, String group) {
        Optional<TaskGroup> old = running.group(group);
        Optional<TaskGroup> now = wanted.group(group);
        if (old.isEmpty() || now.isEmpty()) {
            return List.of("groups");
        }
        List<String> paths = new ArrayList<>(different(OF_GROUP, old.get(), now.get()));
        if (!paths.contains("tasks")) {
            for (Task task : now.get().tasks()) {
                Task before = old.get().task(task.name()).orElseThrow();
                for (String path : different(OF_TASK, before, task)) {
                    paths.add(task.name() + "." + path);
                }
                if (!meta(running, old.get(), before).equals(meta(wanted, now.get(), task))) {
                    paths.add(task.name() + ".meta");
                }
            }
        }
        return paths;
    }

    private static <T> List<String> different(List<Field<T>> fields, T old, T now) {
        return fields.stream()
                .filter(field -> !field.value.apply(old).equals(field.value.apply(now)))
                .map(Field::path)
                .toList();
    }

    /// What a task sees as its meta: the nearest word wins.
    private static Map<String, String> meta(JobSpec job, TaskGroup group, Task task) {
        Map<String, String> all = new TreeMap<>(job.meta());
        all.putAll(group.meta());
        all.putAll(task.meta());
        return all;
    }

    /// A network without the order of its ports and without what old files have without effect.
    private static List<Object> ports(List<Network> networks) {
        return networks.stream()
                .<Object>map(network ->
                        List.of(
                                network.mode(),
                                network.hostname(),
                                network.dns(),
                                network.cni(),
                                byLabel(network.ports())))
                .toList();
    }

    private static Map<String, Port> byLabel(List<Port> ports) {
        Map<String, Port> sorted = new TreeMap<>();
        ports.forEach(port -> sorted.put(port.label(), port));
        return sorted;
    }

    /// Everything that is granted, which is everything but what old files have without effect.
    private static List<Object> grants(Resources asked) {
        return List.of(
                asked.cpu(),
                asked.cores(),
                asked.memoryMib(),
                asked.memoryMaxMib(),
                asked.secretsMib(),
                asked.devices(),
                asked.numa(),
                ports(asked.networks()));
    }
}
