package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes room for a copy that has none by asking copies of lower priority to leave.
///
/// Room is given only once it is free: whoever evicts waits, as for any other room, until those who
/// were asked have left. So what will be free soon, because somebody stops anyway, is waited for
/// before anybody is evicted, and nobody is evicted for a copy twice.
final class Preemption {
    /// How much lower the priority of a victim must be: neighbours do not chase each other.
    static final int DISTANCE = 10;

    /// Nodes on which room could be made that are compared: as with free nodes, a sample is as good
    /// as all.
    private static final int SAMPLE = 16;

    /// What each copy beyond those that its group lets migrate at once adds to its distance: more
    /// than any difference in size.
    private static final double CROWD = 50;

    /// Who needs the room.
    record Claim(ResourceName job, int priority, Search search, long seed) {}

    /// Room that will be there.
    ///
    /// @param victims who is asked to leave; nobody when those who leave anyway are enough
    record Making(int node, List<Allocation> victims) {
        Making {
            victims = List.copyOf(victims);
        }
    }

    private final Room room;
    private final Set<String> evicted = new HashSet<>();
    private final Map<Integer, List<Granted>> promised = new HashMap<>();
    private final Map<ResourceName, Integer> priorities = new HashMap<>();

    Preemption(Room room) {
        this.room = room;
    }

    /// Where room is being made, or can be, on one of these nodes.
    Optional<Making> makeRoom(Claim claim, BitSet nodes) {
        int size = room.size();
        int start = size == 0 ? 0 : (int) Math.floorMod(claim.seed, (long) size);
        List<Integer> order = new ArrayList<>();
        nodes.stream().filter(node -> node >= start).forEach(order::add);
        nodes.stream().filter(node -> node < start).forEach(order::add);
        Optional<Making> making =
                order.stream()
                        .filter(node -> fits(claim, node, leaving(node)))
                        .findFirst()
                        .map(node -> new Making(node, List.of()))
                        .or(() ->
                                order.stream()
                                        .flatMap(node -> victims(claim, node).stream())
                                        .limit(SAMPLE)
                                        .min(this::compare));
        making.ifPresent(some -> promise(claim, some));
        return making;
    }

    /// What was promised to whom, for one who may take it all back.
    record Promises(Set<String> evicted, Map<Integer, List<Granted>> promised, BitSet freed) {}

    /// What is promised by now.
    Promises promises() {
        Map<Integer, List<Granted>> copies = new HashMap<>();
        promised.forEach((node, coming) -> copies.put(node, new ArrayList<>(coming)));
        return new Promises(new HashSet<>(evicted), copies, room.beingFreed());
    }

    /// Nobody leaves for what was promised since.
    void takeBack(Promises before) {
        evicted.retainAll(before.evicted);
        promised.clear();
        promised.putAll(before.promised);
        room.freeOnly(before.freed);
    }

    /// Whether room could be made on one of these nodes; nobody is asked to leave yet.
    boolean canMakeRoom(Claim claim, BitSet nodes) {
        return nodes.stream()
                .anyMatch(node ->
                        fits(claim, node, leaving(node)) || victims(claim, node).isPresent());
    }

    private void promise(Claim claim, Making making) {
        making.victims.forEach(victim -> evicted.add(victim.id()));
        List<Granted> there = promised.computeIfAbsent(making.node, _ -> new ArrayList<>());
        Granted granted =
                without(
                        making.node,
                        leaving(making.node),
                        () -> Scheduler.granted(claim.search, making.node, claim.seed));
        there.add(granted);
        room.free(making.node);
    }

    /// Who leaves the node anyway.
    private List<Allocation> leaving(int node) {
        List<Allocation> leaving = new ArrayList<>();
        for (Allocation copy : room.residents(node)) {
            if (!copy.live() || evicted.contains(copy.id())) {
                leaving.add(copy);
            }
        }
        return leaving;
    }

    private boolean fits(Claim claim, int node, List<Allocation> gone) {
        return !gone.isEmpty()
                && without(node, gone, () -> Scheduler.now(claim.search, node).isEmpty());
    }

    private interface Answer<T> {
        T ask();
    }

    /// The answer on a node that these have left, and on which everybody is who waits for it.
    private <T> T without(int node, List<Allocation> gone, Answer<T> answer) {
        List<Granted> coming = promised.getOrDefault(node, List.of());
        gone.forEach(copy -> room.giveBack(node, copy.spec().granted()));
        coming.forEach(granted -> room.take(node, granted));
        T said = answer.ask();
        coming.forEach(granted -> room.giveBack(node, granted));
        gone.forEach(copy -> room.take(node, copy.spec().granted()));
        return said;
    }

    /// As few as will do, those of the lowest priority first.
    private Optional<Making> victims(Claim claim, int node) {
        List<Allocation> candidates = candidates(claim, node);
        List<Allocation> leaving = leaving(node);
        if (candidates.isEmpty() || !fits(claim, node, joined(leaving, candidates))) {
            return Optional.empty();
        }
        List<Allocation> victims = new ArrayList<>();
        while (!fits(claim, node, joined(leaving, victims))) {
            Allocation next = next(claim, node, candidates, victims);
            candidates.remove(next);
            victims.add(next);
        }
        for (Allocation victim : List.copyOf(victims).reversed()) {
            List<Allocation> others =
                    victims.stream().filter(v -> !v.id().equals(victim.id())).toList();
            if (fits(claim, node, joined(leaving, others))) {
                victims.remove(victim);
            }
        }
        return Optional.of(new Making(node, victims));
    }

    private static List<Allocation> joined(List<Allocation> some, List<Allocation> more) {
        List<Allocation> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private List<Allocation> candidates(Claim claim, int node) {
        List<Allocation> candidates = new ArrayList<>();
        for (Allocation copy : room.residents(node)) {
            Optional<Job> job = job(copy);
            if (copy.live()
                    && !evicted.contains(copy.id())
                    && job.isPresent()
                    && !job.get().name().equals(claim.job)
                    && priority(job.get()) <= claim.priority - DISTANCE
                    && room.cluster().heldBy(Kind.JOB, job.get().name(), room.now()).isEmpty()) {
                candidates.add(copy);
            }
        }
        return candidates;
    }

    /// The copy's job, in the copy's life. Others are about to be stopped anyway.
    private Optional<Job> job(Allocation copy) {
        return Cluster.jobOf(copy)
                .flatMap(room.cluster()::job)
                .filter(job -> job.metadata().uid().equals(Optional.of(copy.spec().jobUid())))
                .filter(job -> !job.stopped());
    }

    private int priority(Job job) {
        return priorities.computeIfAbsent(
                job.name(), _ -> job.spec().priority().orElse(JobTurn.PRIORITY));
    }

    private int priority(Allocation victim) {
        return job(victim).map(this::priority).orElse(0);
    }

    /// Of the lowest priority the one that is nearest in size to what is asked for; ports of their
    /// own are asked back first.
    private Allocation next(
            Claim claim, int node, List<Allocation> candidates, List<Allocation> victims) {
        return candidates.stream()
                .min(
                        Comparator.comparing((Allocation copy) -> !blocks(claim, node, copy))
                                .thenComparingInt(this::priority)
                                .thenComparingDouble(copy -> distance(claim, node, copy, victims))
                                .thenComparing(Allocation::id))
                .orElseThrow();
    }

    /// Whether it has a port that no other node's room makes up for.
    private boolean blocks(Claim claim, int node, Allocation copy) {
        NodeStatus status = room.node(node).status();
        return claim.search.ask().demand().ports().stream()
                .anyMatch(port ->
                        copy.spec().granted().ports().stream()
                                .anyMatch(held -> Ports.same(status, port, held)));
    }

    private double distance(Claim claim, int node, Allocation copy, List<Allocation> victims) {
        Ask.Demand asked = claim.search.ask().demand();
        NodeResources all = room.all(node);
        Granted held = copy.spec().granted();
        double cpu = share(asked.cpuOn(all) - held.cpu(), all.cpu());
        double memory = share(asked.memoryMib() - held.memoryMib(), all.memoryMib());
        double disk = share(asked.diskMib() - held.diskMib(), all.diskMib());
        long ofGroup =
                1
                        + victims.stream()
                                .filter(v -> v.spec().jobUid().equals(copy.spec().jobUid()))
                                .filter(v -> v.spec().group().equals(copy.spec().group()))
                                .count();
        return Math.sqrt(cpu * cpu + memory * memory + disk * disk)
                + CROWD * Math.max(0, ofGroup - spared(copy));
    }

    private static double share(int some, int all) {
        return (double) some / Math.max(1, all);
    }

    /// How many copies of the group may be on their way at once.
    private int spared(Allocation copy) {
        return job(copy)
                .flatMap(room.cluster()::spec)
                .flatMap(spec -> spec.group(copy.spec().group()))
                .flatMap(group -> group.migrate())
                .flatMap(MigratePolicy::maxParallel)
                .orElse(1);
    }

    /// Better the lower the highest priority, then the fewer, then the lower all together.
    private int compare(Making one, Making other) {
        return Comparator.comparingInt((Making m) -> highest(m))
                .thenComparingInt(m -> m.victims.size())
                .thenComparingInt(m -> m.victims.stream().mapToInt(this::priority).sum())
                .compare(one, other);
    }

    private int highest(Making making) {
        return making.victims.stream().mapToInt(this::priority).max().orElse(0);
    }
}
