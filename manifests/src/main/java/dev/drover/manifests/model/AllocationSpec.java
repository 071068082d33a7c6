package dev.drover.manifests.model;

import java.util.Optional;

/// What was decided about an allocation. Written by loops only.
///
/// @param jobName the job it is a copy of
/// @param jobUid whose it is
/// @param jobVersion of which spec
/// @param group the group it is a copy of
/// @param index its slot in the group, from 0
/// @param attempt counts replacements in the slot, from 0
/// @param node where it runs
/// @param granted what it got
/// @param desired what the server wants
/// @param desiredBecause why, in a sentence
/// @param evaluation the decision that made it
/// @param previous the allocation that it replaces
/// @param deployment the deployment it belongs to
/// @param canary whether it is an unpromoted canary
public record AllocationSpec(
        String jobName,
        String jobUid,
        int jobVersion,
        String group,
        int index,
        int attempt,
        String node,
        Granted granted,
        DesiredState desired,
        String desiredBecause,
        String evaluation,
        Optional<String> previous,
        Optional<String> deployment,
        boolean canary) {

    /// The same, no longer wanted.
    public AllocationSpec stopped(DesiredState how, String because) {
        return new AllocationSpec(
                jobName,
                jobUid,
                jobVersion,
                group,
                index,
                attempt,
                node,
                granted,
                how,
                because,
                evaluation,
                previous,
                deployment,
                canary);
    }

    /// The same allocation under a newer version that does not need it replaced.
    public AllocationSpec inPlace(int version, String newEvaluation) {
        return new AllocationSpec(
                jobName,
                jobUid,
                version,
                group,
                index,
                attempt,
                node,
                granted,
                desired,
                desiredBecause,
                newEvaluation,
                previous,
                deployment,
                canary);
    }

    /// The same canary, no longer on trial.
    public AllocationSpec promoted() {
        return new AllocationSpec(
                jobName,
                jobUid,
                jobVersion,
                group,
                index,
                attempt,
                node,
                granted,
                desired,
                desiredBecause,
                evaluation,
                previous,
                deployment,
                false);
    }
}
