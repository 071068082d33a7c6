package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole Nomad job model. Absent means that the author did not say: defaults are applied on
/// reading.
///
/// @param name shown instead of the id when given
/// @param type how it is placed; `service` when absent
/// @param priority 1 to 100; 50 when absent
/// @param allAtOnce all allocations of one decision or none
/// @param datacenters shell globs; every datacenter when empty
/// @param nodePool `default` when absent, `all` for every pool
/// @param groups at least one
/// @param meta handed to every task
/// @param stop set by the server when somebody stops the job
public record JobSpec(
        Optional<String> name,
        Optional<JobType> type,
        Optional<String> region,
        Optional<Integer> priority,
        Optional<Boolean> allAtOnce,
        List<String> datacenters,
        Optional<String> nodePool,
        List<Constraint> constraints,
        List<Affinity> affinities,
        List<Spread> spreads,
        List<TaskGroup> groups,
        Optional<UpdatePolicy> update,
        Optional<PeriodicPolicy> periodic,
        Optional<ParameterizedPolicy> parameterized,
        Optional<ReschedulePolicy> reschedule,
        Optional<MigratePolicy> migrate,
        Map<String, String> meta,
        Optional<JobUi> ui,
        Optional<Boolean> stop,
        Optional<Multiregion> multiregion) {

    public JobSpec {
        datacenters = List.copyOf(datacenters);
        constraints = List.copyOf(constraints);
        affinities = List.copyOf(affinities);
        spreads = List.copyOf(spreads);
        groups = List.copyOf(groups);
        meta = Copies.sorted(meta);
    }

    /// The group of that name.
    public Optional<TaskGroup> group(String groupName) {
        return groups.stream().filter(g -> g.name().equals(groupName)).findFirst();
    }

    /// The same spec, stopped or running again.
    public JobSpec withStop(boolean stopped) {
        return new JobSpec(
                name,
                type,
                region,
                priority,
                allAtOnce,
                datacenters,
                nodePool,
                constraints,
                affinities,
                spreads,
                groups,
                update,
                periodic,
                parameterized,
                reschedule,
                migrate,
                meta,
                ui,
                stopped ? Optional.of(true) : Optional.empty(),
                multiregion);
    }
}
