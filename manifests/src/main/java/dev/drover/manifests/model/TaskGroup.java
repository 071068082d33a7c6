package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tasks that live together: one allocation of a group is one copy of all its tasks on one node.
///
/// @param name unique within the job
/// @param count wanted copies; 1 when absent
public record TaskGroup(
        String name,
        Optional<Integer> count,
        List<Constraint> constraints,
        List<Affinity> affinities,
        List<Spread> spreads,
        List<Network> networks,
        List<Service> services,
        List<VolumeRequest> volumes,
        List<Task> tasks,
        Optional<UpdatePolicy> update,
        Optional<MigratePolicy> migrate,
        Optional<RestartPolicy> restart,
        Optional<ReschedulePolicy> reschedule,
        Optional<DisconnectPolicy> disconnect,
        Optional<EphemeralDisk> ephemeralDisk,
        Optional<Duration> shutdownDelay,
        Optional<Duration> maxRunDuration,
        Map<String, String> meta,
        Optional<Scaling> scaling,
        Optional<ConsulOptions> consul,
        Optional<Duration> stopAfterClientDisconnect,
        Optional<Duration> maxClientDisconnect,
        Optional<Boolean> preventRescheduleOnLost) {

    public TaskGroup {
        constraints = List.copyOf(constraints);
        affinities = List.copyOf(affinities);
        spreads = List.copyOf(spreads);
        networks = List.copyOf(networks);
        services = List.copyOf(services);
        volumes = List.copyOf(volumes);
        tasks = List.copyOf(tasks);
        meta = Copies.sorted(meta);
    }

    /// The task of that name.
    public Optional<Task> task(String taskName) {
        return tasks.stream().filter(t -> t.name().equals(taskName)).findFirst();
    }
}
