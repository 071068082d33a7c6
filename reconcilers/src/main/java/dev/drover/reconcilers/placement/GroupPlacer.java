package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.counting.AllocationPlan;
import dev.drover.reconcilers.counting.AllocationPlan.Missing;
import dev.drover.reconcilers.counting.Effect;
import dev.drover.reconcilers.counting.Effects;
import dev.drover.reconcilers.counting.GroupView;
import dev.drover.reconcilers.counting.Rollout;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.placement.GroupTurn.Held;
import dev.drover.reconcilers.placement.GroupTurn.Placing;
import dev.drover.reconcilers.placement.Scheduler.Placement;
import dev.drover.reconcilers.restart.Restart;
import dev.drover.reconcilers.restart.RestartView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Decides about one group of a job: counts, and finds places for what is missing.
final class GroupPlacer {
    /// Copies of others that leave for one group's sake in one turn: each with its whole status and
    /// its job. The others follow when these have left.
    private static final int VICTIMS_MAX = 200;

    /// The same for a whole job that wants all its copies at once: so many still go into one
    /// transaction. Where more have to leave, they do so in parts after all.
    private static final int VICTIMS_AT_ONCE_MAX = 1_000;

    private final Cluster cluster;
    private final Room room;
    private final Job job;
    private final JobSpec spec;
    private final JobType type;
    private final String evaluation;
    private final Instant now;
    private final Optional<Deployment> deployment;
    private final Map<Integer, Effect> effects = new HashMap<>();
    private Set<String> crowded = Set.of(); // ids
    private int leaving; // victims for the sake of all groups

    /// What all new copies have in common.
    private final Metadata newborn;

    GroupPlacer(Cluster cluster, Room room, Job job, JobSpec spec, TurnContext context) {
        this.cluster = cluster;
        this.room = room;
        this.job = job;
        this.spec = spec;
        this.type = spec.type().orElse(JobType.SERVICE);
        this.evaluation = context.evaluation();
        this.now = context.now();
        this.deployment = context.deployment();
        this.newborn = Metadata.named(job.metadata().namespace(), "").born("", now);
    }

    /// When and under which id a turn is recorded, and the deployment that it is a step of.
    record TurnContext(String evaluation, Instant now, Optional<Deployment> deployment) {}

    /// @param ofJob the copies of the whole job in its present life
    /// @param limit how many copies may be placed in this part
    GroupTurn decide(TaskGroup group, List<Allocation> ofJob, int limit) {
        effects.clear();
        List<Allocation> ours =
                ofJob.stream().filter(a -> a.spec().group().equals(group.name())).toList();
        Ask ask = Ask.of(spec, group);
        crowded = crowded(ask, ours, ofJob);
        List<Allocation> within = withinReach(ours, group, ask);
        List<Slot> wanted = wanted(group, ask, within);
        AllocationPlan plan =
                AllocationPlan.of(
                        new GroupView(
                                type,
                                wanted,
                                rollout(group),
                                absent(group),
                                this::heard,
                                within,
                                copy -> effect(copy, ask)));
        List<Missing> now = plan.missing().subList(0, Math.min(limit, plan.missing().size()));
        Places places = new Places(group, ofJob, ask);
        now.forEach(places::place);
        return new GroupTurn(
                group.name(),
                wanted.size(),
                plan,
                held(plan, group, ours),
                places.done(plan.missing().size() - now.size()),
                after(ours, plan, places.placed));
    }

    /// What a deployment of the group begins with.
    Deployments.Scope scope(TaskGroup group, List<Allocation> ofJob) {
        effects.clear();
        if (ofJob.isEmpty() && counted()) {
            return new Deployments.Scope(group.count().orElse(1), 0); // as of every new job
        }
        Ask ask = Ask.of(spec, group);
        List<Allocation> all =
                ofJob.stream().filter(a -> a.spec().group().equals(group.name())).toList();
        crowded = crowded(ask, all, ofJob);
        List<Allocation> ours = withinReach(all, group, ask);
        long outdated =
                ours.stream()
                        .filter(copy -> copy.live() && !copy.spec().canary())
                        .filter(copy -> effect(copy, ask) == Effect.REPLACE)
                        .count();
        int wanted = counted() ? group.count().orElse(1) : wanted(group, ask, ours).size();
        return new Deployments.Scope(wanted, (int) outdated);
    }

    /// Whether a slot is a number, and not a node.
    private boolean counted() {
        return type == JobType.SERVICE || type == JobType.BATCH;
    }

    private Rollout rollout(TaskGroup group) {
        Rollout rollout =
                deployment
                        .flatMap(d -> group.update().map(some -> Rollout.of(some, d, group.name())))
                        .orElseGet(() -> Rollout.free(group.update()));
        return type == JobType.SYSTEM ? rollout.withoutSurge() : rollout;
    }

    private boolean heard(Allocation copy) {
        return cluster.nodes()
                .get(copy.spec().node())
                .filter(node -> node.status().phase() == NodePhase.READY)
                .isPresent();
    }

    /// Nothing else takes the place of a copy whose slot is the silent node itself.
    private GroupView.Absent absent(TaskGroup group) {
        Optional<DisconnectPolicy> policy =
                group.disconnect().filter(some -> some.lostAfter().isPresent());
        if (policy.isEmpty()) {
            return GroupView.Absent.WAITED_FOR;
        }
        GroupView.Keep keep =
                switch (policy.get().reconcile().orElse("")) {
                    case "keep_original" -> GroupView.Keep.ORIGINAL;
                    case "keep_replacement" -> GroupView.Keep.REPLACEMENT;
                    case "longest_running" -> GroupView.Keep.LONGEST_RUNNING;
                    default -> GroupView.Keep.BEST;
                };
        return new GroupView.Absent(counted() && policy.get().replace().orElse(true), keep);
    }

    /// All but a system job's outdated copies on nodes that take nothing new for now: nothing could
    /// follow one there, so it stays as it is until its node is open again, or none is wanted.
    private List<Allocation> withinReach(List<Allocation> ours, TaskGroup group, Ask ask) {
        return counted() || group.count().orElse(1) == 0
                ? ours
                : ours.stream()
                        .filter(copy ->
                                !copy.live()
                                        || !cluster.closed(copy.spec().node(), now)
                                        || effect(copy, ask) != Effect.REPLACE
                                        || !stays(copy, ask))
                        .toList();
    }

    /// The slots 0 to count - 1; for system jobs the nodes that may run it or do.
    private List<Slot> wanted(TaskGroup group, Ask ask, List<Allocation> ours) {
        if (counted()) {
            return GroupView.slots(group.count().orElse(1));
        }
        if (group.count().orElse(1) == 0) {
            return List.of();
        }
        SortedSet<Slot> slots = new TreeSet<>();
        BitSet suited = room.suitedInTime(ask.where()); // who is being freed is waited for
        for (int n = suited.nextSetBit(0); n >= 0; n = suited.nextSetBit(n + 1)) {
            slots.add(Slot.on(room.node(n).metadata().name()));
        }
        for (Allocation copy : ours) {
            if (copy.live() && stays(copy, ask)) {
                slots.add(Slot.on(copy.spec().node()));
            }
        }
        return List.copyOf(slots);
    }

    /// Whether the copy may stay where it is: its node is still of the kind, ready or not.
    private boolean stays(Allocation copy, Ask ask) {
        return cluster.nodes()
                .get(copy.spec().node())
                .map(node -> Filter.first(Filter.KEPT, ask.where(), node).isEmpty())
                .orElse(false);
    }

    /// What the wanted version does to a copy. In place only where the node still does.
    private Effect effect(Allocation copy, Ask ask) {
        if (copy.spec().jobVersion() == job.status().version()) {
            return Effect.NONE;
        }
        Effect effect =
                effects.computeIfAbsent(
                        copy.spec().jobVersion(),
                        version ->
                                cluster.version(job, version)
                                        .map(KeptVersion::effective)
                                        .map(old -> Effects.between(old, spec, copy.spec().group()))
                                        .orElse(Effect.REPLACE));
        boolean over = copy.status().phase().terminal();
        boolean leaves = !over && (!stays(copy, ask) || crowded.contains(copy.id()));
        return effect == Effect.IN_PLACE && leaves ? Effect.REPLACE : effect;
    }

    /// The copies on a node where another one stays, if the wanted version wants each on a host of
    /// its own: the version before may have not.
    private Set<String> crowded(Ask ask, List<Allocation> ofGroup, List<Allocation> ofJob) {
        if (!counted() || (!ask.apart().hosts() && !ask.apart().hostsOfJob())) {
            return Set.of();
        }
        Set<String> hosts = new HashSet<>();
        return (ask.apart().hostsOfJob() ? ofJob : ofGroup)
                .stream()
                        .filter(Allocation::live)
                        .sorted(
                                Comparator.comparing((Allocation copy) -> copy.spec().group())
                                        .thenComparingInt(copy -> copy.spec().index())
                                        .thenComparingInt(copy -> copy.spec().attempt()))
                        .filter(copy -> !hosts.add(copy.spec().node()))
                        .map(Allocation::id)
                        .collect(Collectors.toSet());
    }

    private List<Held> held(AllocationPlan plan, TaskGroup group, List<Allocation> ours) {
        if (plan.held().isEmpty()) {
            return List.of();
        }
        SortedMap<Slot, List<Allocation>> slots = Slot.newestFirst(ours, Slot.slots(type));
        List<Held> held = new ArrayList<>();
        for (Allocation copy : plan.held()) {
            List<Allocation> slot = slots.getOrDefault(Slot.slots(type).apply(copy), List.of(copy));
            List<Allocation> lane =
                    Slot.lanes(slot).stream()
                            .filter(some -> some.contains(copy))
                            .findFirst()
                            .orElse(List.of(copy));
            held.add(new Held(copy, Restart.next(RestartView.of(group.reschedule(), lane), now)));
        }
        return held;
    }

    private List<Allocation> after(
            List<Allocation> before, AllocationPlan plan, List<Allocation> placed) {
        if (before.isEmpty()) {
            return placed;
        }
        Map<String, Allocation> byId = new TreeMap<>();
        before.forEach(copy -> byId.put(copy.id(), copy));
        for (AllocationPlan.Stop stop : plan.stops()) {
            byId.put(stop.allocation().id(), stopped(stop));
        }
        for (Allocation copy : plan.inPlace()) {
            byId.put(copy.id(), carried(copy));
        }
        placed.forEach(copy -> byId.put(copy.id(), copy));
        return List.copyOf(byId.values());
    }

    static Allocation stopped(AllocationPlan.Stop stop) {
        Allocation copy = stop.allocation();
        return copy.withSpec(copy.spec().stopped(DesiredState.STOP, stop.because()));
    }

    /// The copy under the wanted version.
    Allocation carried(Allocation copy) {
        return copy.withSpec(copy.spec().inPlace(job.status().version(), evaluation));
    }

    /// A version, the search for places for its copies, and the deployment that they belong to.
    private record Recipe(int version, Search search, Optional<String> deployment) {}

    /// One walk over the missing copies.
    private final class Places {
        private final TaskGroup group;
        private final List<Allocation> ofJob;
        private final Slot.Ids ids;
        private final List<Allocation> placed = new ArrayList<>();
        private final SortedMap<String, Refusal> refusals = new TreeMap<>();
        private final List<Allocation> victims = new ArrayList<>();
        private final BitSet nodes = new BitSet();
        private final Set<Integer> blocked = new HashSet<>();
        private final Set<Integer> hopeless = new HashSet<>();
        private Recipe recipe;
        private int without;
        private boolean vain;

        Places(TaskGroup group, List<Allocation> ofJob, Ask ask) {
            this.group = group;
            this.ofJob = ofJob;
            this.ids = new Slot.Ids(job.metadata().uid().orElse(""), group.name());
            this.recipe = recipe(job.status().version(), group, ask);
        }

        /// Once a counted copy has no place, the next one of its version has none either: it asks
        /// for the same. Nor has the one after it once no room can be made.
        void place(Missing missing) {
            follow(missing.earlier());
            boolean counted = missing.slot().node().isEmpty();
            boolean none = counted && without > 0 && blocked.contains(recipe.version);
            if (none && hopeless.contains(recipe.version)) {
                without++;
                return;
            }
            Optional<Integer> bound =
                    counted ? Optional.empty() : missing.slot().node().flatMap(room::number);
            Optional<String> nodeUid = bound.flatMap(node -> room.node(node).metadata().uid());
            UUID uuid = ids.of(missing.slot(), nodeUid, missing.attempt());
            long seed = uuid.getMostSignificantBits(); // its own: everywhere the same nodes first
            switch (none ? new Placement.Blocked(new TreeMap<>()) : place(missing, bound, seed)) {
                case Placement.Placed place -> {
                    nodes.set(place.node());
                    placed.add(copy(missing, uuid.toString(), place));
                }
                case Placement.Blocked(SortedMap<String, Refusal> because) -> {
                    without++;
                    blocked.add(recipe.version);
                    refusals.putAll(because);
                    if (!makesRoom(bound, seed)) {
                        hopeless.add(recipe.version);
                    }
                }
            }
        }

        private Placement place(Missing missing, Optional<Integer> bound, long seed) {
            if (bound.isPresent()) {
                return Scheduler.placeOn(recipe.search, bound.get(), seed);
            }
            return missing.previous().isEmpty()
                    ? Scheduler.place(recipe.search, Optional.empty(), seed)
                    : atHome(missing, seed)
                            .orElseGet(() -> Scheduler.place(recipe.search, avoid(missing), seed));
        }

        /// Where the copy before it was, if its data is there and the node still does.
        private Optional<Placement> atHome(Missing missing, long seed) {
            Search search = recipe.search;
            return missing.previous()
                    .filter(_ -> search.ask().demand().sticky())
                    .flatMap(copy -> room.number(copy.spec().node()))
                    .filter(node -> search.suited().get(node))
                    .map(node -> Scheduler.placeOn(search, node, seed))
                    .filter(there -> there instanceof Placement.Placed);
        }

        /// Whether somebody leaves for the copy's sake, or leaves anyway.
        private boolean makesRoom(Optional<Integer> bound, long seed) {
            if (!room.scheduling().preempts(type)) {
                vain = true;
                return false;
            }
            boolean together = spec.allAtOnce().orElse(false);
            if (together ? leaving >= VICTIMS_AT_ONCE_MAX : victims.size() >= VICTIMS_MAX) {
                return false;
            }
            BitSet nodes = room.suitedInTime(recipe.search.ask().where());
            if (bound.isPresent()) {
                boolean suits = nodes.get(bound.get());
                nodes.clear();
                nodes.set(bound.get(), suits);
            }
            int priority = spec.priority().orElse(JobTurn.PRIORITY);
            var claim = new Preemption.Claim(job.name(), priority, recipe.search, seed);
            Optional<Preemption.Making> making = room.preemption().makeRoom(claim, nodes);
            for (Preemption.Making some : making.stream().toList()) {
                String by =
                        some.victims().stream()
                                .map(Allocation::title)
                                .collect(Collectors.joining(", "));
                refusals.put(room.name(some.node()), new Refusal.BeingFreed(by));
                victims.addAll(some.victims());
                leaving += some.victims().size();
            }
            vain |= making.isEmpty();
            return making.isPresent();
        }

        private Optional<String> avoid(Missing missing) {
            return missing.previous()
                    .filter(copy -> copy.status().phase() == AllocationPhase.FAILED)
                    .map(copy -> copy.spec().node());
        }

        /// Takes up the recipe of the version that the next copy is to be of: an earlier one where
        /// it is still kept and has the group. Whoever searches knows what was placed before.
        private void follow(Optional<Integer> earlier) {
            if (earlier.isEmpty() && recipe.version == job.status().version()) {
                return; // as nearly always
            }
            Optional<KeptVersion> kept =
                    earlier.flatMap(version -> cluster.version(job, version))
                            .filter(some -> some.effective().group(group.name()).isPresent());
            int version =
                    kept.map(some -> some.version().spec().version())
                            .orElse(job.status().version());
            if (version != recipe.version) {
                JobSpec of = kept.map(KeptVersion::effective).orElse(spec);
                TaskGroup part = of.group(group.name()).orElseThrow();
                recipe = recipe(version, part, Ask.of(of, part));
            }
        }

        private Recipe recipe(int version, TaskGroup part, Ask ask) {
            List<Allocation> others = new ArrayList<>(ofJob);
            others.addAll(placed);
            Siblings siblings = new Siblings(room, part.name(), others, ask);
            return new Recipe(
                    version,
                    new Search(ask, room, siblings),
                    deployment
                            .filter(some -> some.spec().jobVersion() == version)
                            .map(some -> some.metadata().name()));
        }

        private Allocation copy(Missing missing, String id, Placement.Placed place) {
            AllocationSpec made =
                    new AllocationSpec(
                            job.metadata().name(),
                            job.metadata().uid().orElse(""),
                            recipe.version,
                            group.name(),
                            missing.slot().index(),
                            missing.attempt(),
                            room.name(place.node()),
                            place.granted(),
                            DesiredState.RUN,
                            "the job wants it",
                            evaluation,
                            missing.previous().map(Allocation::id),
                            recipe.deployment,
                            missing.canary());
            return new Allocation(newborn.sibling(id), made, AllocationStatus.unseen());
        }

        Placing done(int more) {
            return new Placing(
                    placed,
                    nodes,
                    more,
                    without == 0
                            ? Optional.empty()
                            : Optional.of(Refusals.grouped(without, refusals)),
                    victims,
                    vain);
        }
    }
}
