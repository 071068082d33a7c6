package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.UpdatePolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that somebody who follows a job sees of it at one moment.
///
/// @param job as it is now
/// @param evaluation the decision that is followed, once it is there
/// @param deployment the way to the version that is followed, once it is there
/// @param allocations all of the job, of every version
record Sight(
        Job job,
        Optional<Evaluation> evaluation,
        Optional<Deployment> deployment,
        List<Allocation> allocations) {
    Sight {
        allocations =
                allocations.stream()
                        .sorted(
                                Comparator.comparing((Allocation a) -> a.spec().group())
                                        .thenComparingInt(a -> a.spec().index())
                                        .thenComparingInt(a -> a.spec().attempt()))
                        .toList();
    }

    /// Whether the scheduler has looked at the job as it is now.
    boolean decided() {
        return evaluation.isPresent()
                || job.status().observedGeneration() >= job.metadata().generation();
    }

    /// The newest allocation of each slot that the current version holds. What has done its work
    /// under an earlier version is not done again unless the scheduler says so. A lost node takes
    /// the slot of a job that goes everywhere with it.
    List<Allocation> current() {
        Map<String, Allocation> bySlot = new HashMap<>();
        for (Allocation allocation : allocations) {
            boolean done = ends() && allocation.status().phase() == AllocationPhase.COMPLETE;
            if (done || allocation.spec().jobVersion() == job.status().version()) {
                String slot = allocation.spec().group() + "/" + slotOf(allocation);
                bySlot.merge(slot, allocation, Sight::newer);
            }
        }
        if (everywhere()) {
            bySlot.values().removeIf(a -> a.status().phase() == AllocationPhase.LOST);
        }
        return new ArrayList<>(bySlot.values());
    }

    /// System jobs have a slot on every node, all others a number.
    private String slotOf(Allocation allocation) {
        return everywhere() ? allocation.spec().node() : "" + allocation.spec().index();
    }

    private static Allocation newer(Allocation a, Allocation b) {
        return b.spec().attempt() >= a.spec().attempt() ? b : a;
    }

    /// How many allocations the job wants; as many as were placed for one that goes everywhere.
    int wanted() {
        return everywhere()
                ? Math.max(1, current().size())
                : job.spec().groups().stream().mapToInt(g -> g.count().orElse(1)).sum();
    }

    private boolean everywhere() {
        return job.type().everywhere();
    }

    /// Whether the job is one that ends by itself.
    boolean ends() {
        return job.type().ends();
    }

    /// Whether a deployment takes the job to its version: services and system jobs, unless all of
    /// their groups want no limit on what is replaced at once.
    boolean deploys() {
        return !ends()
                && job.spec().groups().stream()
                        .anyMatch(group ->
                                group.update()
                                                .flatMap(UpdatePolicy::maxParallel)
                                                .or(() ->
                                                        job.spec()
                                                                .update()
                                                                .flatMap(UpdatePolicy::maxParallel))
                                                .orElse(1)
                                        > 0);
    }

    /// What the job's status says of the job as it is now, if that condition holds for that reason.
    Optional<Condition> condition(String type, String reason) {
        return job.status().conditions().stream()
                .filter(c -> c.type().equals(type) && c.status().equals("True"))
                .filter(c -> c.reason().equals(reason))
                .filter(c -> c.observedGeneration() >= job.metadata().generation())
                .findFirst();
    }

    /// Why something of the job that failed is not replaced yet, and when it will be.
    Optional<String> delay() {
        return condition("Reconciling", "WaitsToReplace")
                .or(() -> condition("Reconciling", "CrashLoop"))
                .or(() -> condition("Stalled", "NoPlace"))
                .map(Condition::message);
    }

    /// Allocations that are to stop and have not yet.
    boolean stopping() {
        return allocations.stream()
                .anyMatch(a ->
                        a.spec().desired() != DesiredState.RUN && !a.status().phase().terminal());
    }
}
