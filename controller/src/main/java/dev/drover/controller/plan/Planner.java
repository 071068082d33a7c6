package dev.drover.controller.plan;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.counting.Effect;
import dev.drover.reconcilers.counting.Effects;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.reconcilers.placement.Why;
import dev.drover.reconcilers.whatif.Foresight;
import dev.drover.reconcilers.whatif.WhatIf;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lets the placer decide about a cluster in which the job is already as it would be, to the end of
/// the update, and counts what that does. Nothing is written, and nothing here decides by itself.
public final class Planner {
    private final Cluster now;
    private final Job job;
    private final JobSpec wanted;
    private final Foresight end;

    private Planner(Cluster now, Job job, JobSpec wanted, Foresight end) {
        this.now = now;
        this.job = job;
        this.wanted = wanted;
        this.end = end;
    }

    /// The plan for a job.
    ///
    /// @param effect what admission says it would do
    /// @param job as admission would store it
    /// @param wanted its spec with defaults
    public static Plan plan(Cluster cluster, String effect, Job job, JobSpec wanted, Instant now) {
        Cluster then = WhatIf.admitted(job, cluster, now);
        Decision first =
                Placer.decide(then, Wakes.jobs(List.of(job.name())), now).getFirst().decision();
        Foresight end = Foresight.of(job.name(), then, now);
        return new Planner(cluster, job, wanted, end).plan(effect, first.because());
    }

    private Plan plan(String effect, String because) {
        Map<String, Plan.Counts> groups = new TreeMap<>();
        Map<String, Unplaced> unplaced = new TreeMap<>();
        Map<String, Unplaced> unreplaced = new TreeMap<>();
        for (String group : groups()) {
            List<Allocation> homeless = live(group).stream().filter(this::homeless).toList();
            int fresh = 0;
            for (Why why : end.without()) {
                if (why.group().equals(group)) {
                    fresh = why.together().count() - homeless.size();
                    some(fresh, why).ifPresent(u -> unplaced.put(group, u));
                    some(homeless.size(), why).ifPresent(u -> unreplaced.put(group, u));
                }
            }
            groups.put(group, counts(group, fresh));
        }
        return new Plan(effect, because, groups, unplaced, unreplaced, end.waits());
    }

    private static Optional<Unplaced> some(int count, Why why) {
        Unplaced all = why.together();
        return count <= 0
                ? Optional.empty()
                : Optional.of(new Unplaced(count, all.nodesEvaluated(), all.refusals()));
    }

    private Set<String> groups() {
        Set<String> names = new TreeSet<>();
        wanted.groups().forEach(g -> names.add(g.name()));
        live().forEach(a -> names.add(a.spec().group()));
        return names;
    }

    private List<Allocation> live() {
        return now.allocationsOf(job.name()).stream().filter(Allocation::live).toList();
    }

    private List<Allocation> live(String group) {
        return live().stream().filter(a -> a.spec().group().equals(group)).toList();
    }

    private Plan.Counts counts(String group, int unplaced) {
        int destroy = 0;
        int replace = 0;
        int inPlace = 0;
        int ignore = 0;
        for (Allocation allocation : live(group)) {
            if (gone(allocation) && !slotStays(allocation)) {
                destroy++;
            } else {
                switch (effect(allocation)) {
                    case REPLACE -> replace++;
                    case IN_PLACE -> inPlace++;
                    case NONE -> ignore++;
                }
            }
        }
        return new Plan.Counts(
                created(group) + unplaced, destroy, replace, inPlace, ignore, canaries(group));
    }

    /// Copies that are tried first, whoever promotes them.
    private int canaries(String group) {
        return Deployments.of(job, end.cluster())
                .map(deployment -> deployment.status().groups())
                .flatMap(groups -> Optional.ofNullable(groups.get(group)))
                .filter(_ -> job.status().version() != versionNow())
                .map(DeploymentGroup::desiredCanaries)
                .orElse(0);
    }

    private int versionNow() {
        return now.job(job.name()).map(some -> some.status().version()).orElse(-1);
    }

    /// Whether its slot is still wanted: then it is replaced, else it goes.
    private boolean slotStays(Allocation allocation) {
        int count = wanted.group(allocation.spec().group()).flatMap(TaskGroup::count).orElse(0);
        return !job.stopped() && allocation.spec().index() < count;
    }

    private Effect effect(Allocation allocation) {
        if (allocation.spec().jobVersion() == job.status().version()) {
            return Effect.NONE;
        }
        return now.version(job, allocation.spec().jobVersion())
                .map(kept -> Effects.between(kept.effective(), wanted, allocation.spec().group()))
                .orElse(Effect.REPLACE);
    }

    /// Whether the copy is over in the end.
    private boolean gone(Allocation copy) {
        return !end.cluster()
                .allocationsOf(job.name())
                .get(copy.id())
                .map(Allocation::live)
                .orElse(false);
    }

    /// Whether the copy's slot is wanted, but the copy is over in the end and none came after it.
    private boolean homeless(Allocation copy) {
        return gone(copy)
                && slotStays(copy)
                && end.cluster().allocationsOf(job.name()).stream()
                        .noneMatch(other -> other.live() && slot(other).equals(slot(copy)));
    }

    /// Copies that live in the end, in slots in which none lives now.
    private int created(String group) {
        Set<String> held = new HashSet<>();
        live(group).forEach(copy -> held.add(slot(copy)));
        return (int)
                end.cluster().allocationsOf(job.name()).stream()
                        .filter(Allocation::live)
                        .filter(copy -> copy.spec().group().equals(group))
                        .filter(copy -> !held.contains(slot(copy)))
                        .count();
    }

    private String slot(Allocation copy) {
        JobType type = wanted.type().orElse(JobType.SERVICE);
        return copy.spec().group() + "\n" + Slot.slots(type).apply(copy);
    }
}
