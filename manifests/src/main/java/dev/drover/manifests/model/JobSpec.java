package dev.drover.manifests.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole Nomad job model. Absent means that the author did not say: defaults are applied on
/// reading.
///
/// @param name shown instead of the id when given
/// @param type how it is placed; `service` when absent
/// @param region kept for Nomad's sake; there is one
/// @param priority 1 to 100; 50 when absent
/// @param allAtOnce all allocations of one decision or none
/// @param datacenters shell globs; every datacenter when empty
/// @param nodePool `default` when absent, `all` for every pool
/// @param constraints what a node must have for any of its tasks
/// @param affinities what a node had better have
/// @param spreads over which values copies are spread
/// @param groups at least one
/// @param update how a new version replaces the old one, for groups that say nothing themselves
/// @param periodic when the job is launched again
/// @param parameterized makes the job a form that is launched with a payload and values
/// @param reschedule when a failed copy is replaced on another node, for groups that say nothing
///   themselves
/// @param migrate how copies leave a node that is drained, for groups that say nothing themselves
/// @param meta handed to every task
/// @param ui what people are shown of it
/// @param stop set by the server when somebody stops the job
/// @param multiregion kept for Nomad's sake; there is one region
/// @param payload what a dispatch brought, in Base64; set by the server
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
        Optional<Multiregion> multiregion,
        Optional<String> payload) {

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

    /// What a launch of it runs: the same but for the clock or the terms that called for it.
    ///
    /// @param terms whether it answers a dispatch; the clock of a job that has both stays
    /// @param brought meta of the dispatch, over that of the job
    /// @param content what the dispatch brought, in Base64
    public JobSpec launch(boolean terms, Map<String, String> brought, Optional<String> content) {
        Map<String, String> all = new HashMap<>(meta);
        all.putAll(brought);
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
                terms ? periodic : Optional.empty(),
                terms ? Optional.empty() : parameterized,
                reschedule,
                migrate,
                all,
                ui,
                Optional.empty(),
                multiregion,
                content);
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
                multiregion,
                payload);
    }
}
