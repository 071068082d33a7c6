package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tasks that live together: one allocation of a group is one copy of all its tasks on one node.
///
/// @param name unique within the job
/// @param count wanted copies; 1 when absent
/// @param constraints what a node must have for the group
/// @param affinities what a node had better have for the group
/// @param spreads over which values copies are spread
/// @param networks the network that its tasks share; there is one
/// @param services names under which others find it
/// @param volumes volumes that its tasks may mount
/// @param tasks what runs, side by side
/// @param update how a new version replaces the old one
/// @param migrate how copies leave a node that is drained
/// @param restart when its tasks are started again in place
/// @param reschedule when a failed copy is replaced on another node
/// @param disconnect what becomes of copies on a node that is silent
/// @param ephemeralDisk room on the node that lives as long as the copy
/// @param shutdownDelay between leaving the register and the kill signals
/// @param maxRunDuration the longest a copy may run, from its creation
/// @param meta named words, in its tasks' environment too
/// @param scaling how far an autoscaler may change the count
/// @param consul the tasks' tokens for Consul
/// @param stopAfterClientDisconnect nothing any more: `disconnect` says it
/// @param maxClientDisconnect nothing any more: `disconnect` says it
/// @param preventRescheduleOnLost nothing any more: `disconnect` says it
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
