package dev.drover.controller.plan;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.counting.Effect;
import dev.drover.reconcilers.counting.Effects;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lets the placer decide about a cluster in which the job is already as it would be, and counts
/// what the decision does. Nothing is written, and nothing here decides by itself.
public final class Planner {
    private final Cluster now;
    private final Job job;
    private final JobSpec wanted;
    private final Decision decision;

    private Planner(Cluster now, Job job, JobSpec wanted, Decision decision) {
        this.now = now;
        this.job = job;
        this.wanted = wanted;
        this.decision = decision;
    }

    /// The plan for a job.
    ///
    /// @param effect what admission says it would do
    /// @param job as admission would store it
    /// @param wanted its spec with defaults
    public static Plan plan(Cluster cluster, String effect, Job job, JobSpec wanted, Instant now) {
        Cluster then = with(cluster, job, now);
        Decision decision =
                Placer.decide(then, Wakes.jobs(List.of(job.name())), now).getFirst().decision();
        return new Planner(cluster, job, wanted, decision).plan(effect);
    }

    /// The cluster after the job was admitted.
    private static Cluster with(Cluster cluster, Job job, Instant now) {
        List<ClusterChange> changes = new ArrayList<>();
        Optional<Job> before = cluster.job(job.name());
        if (cluster.version(job, job.status().version()).isEmpty()) {
            changes.add(ClusterChange.added(version(job, now)));
        }
        Job seen = job.withMetadata(job.metadata().at(cluster.revision().next().toString()));
        changes.add(
                before.isPresent()
                        ? ClusterChange.changed(before.get(), seen)
                        : ClusterChange.added(seen));
        return ClusterFeed.apply(cluster, changes, cluster.revision().next());
    }

    private static JobVersion version(Job job, Instant now) {
        String uid = job.metadata().uid().orElseThrow();
        int number = job.status().version();
        return new JobVersion(
                Metadata.named(job.metadata().namespace(), JobVersion.nameOf(uid, number))
                        .born("planned", now),
                new JobVersionSpec(
                        job.metadata().name(),
                        uid,
                        number,
                        Defaults.LEVEL,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        job.spec()));
    }

    private Plan plan(String effect) {
        Map<String, Unplaced> unplaced = unplaced();
        Map<String, Plan.Counts> groups = new TreeMap<>();
        for (String group : groups()) {
            int waiting = Optional.ofNullable(unplaced.get(group)).map(Unplaced::count).orElse(0);
            groups.put(group, counts(group, waiting));
        }
        return new Plan(effect, decision.because(), groups, unplaced);
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
        Set<String> stopped = stopped();
        int destroy = 0;
        int replace = 0;
        int inPlace = 0;
        int ignore = 0;
        for (Allocation allocation : live(group)) {
            if (stopped.contains(allocation.id()) && !slotStays(allocation)) {
                destroy++;
            } else {
                switch (effect(allocation)) {
                    case REPLACE -> replace++;
                    case IN_PLACE -> inPlace++;
                    case NONE -> ignore++;
                }
            }
        }
        return new Plan.Counts(created(group) + unplaced, destroy, replace, inPlace, ignore);
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

    private int created(String group) {
        return (int)
                decision.actions().stream()
                        .filter(action ->
                                action instanceof Action.Create(Allocation created)
                                        && created.spec().group().equals(group))
                        .count();
    }

    private Set<String> stopped() {
        Set<String> ids = new HashSet<>();
        for (Action action : decision.actions()) {
            if (action instanceof Action.Replace(Allocation changed)
                    && changed.spec().desired() != DesiredState.RUN) {
                ids.add(changed.id());
            }
        }
        return ids;
    }

    private Map<String, Unplaced> unplaced() {
        for (Action action : decision.actions()) {
            if (action instanceof Action.Create(Evaluation evaluation)) {
                return evaluation.status().unplaced();
            }
        }
        return Map.of();
    }
}
