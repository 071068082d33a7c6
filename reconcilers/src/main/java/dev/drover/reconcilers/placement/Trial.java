package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.cluster.CompactAllocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Tries what would give one more copy of a group a place, on what is free now.
final class Trial {
    /// Changes that are shown: the best of each kind, so that people have a choice.
    private static final int HELPS_MAX = 4;

    /// No node of people can be called so: names have no blanks.
    private static final String NEW_NODE = "a new node";

    /// Holders that are named for each node: enough to see who it is.
    private static final int HOLDERS_MAX = 3;

    /// Nodes of which the allocations are looked at: those of ten thousand nodes would take longer
    /// than somebody waits for an answer, and where more is short more would have to end.
    private static final int NEAREST_MAX = 1_000;

    /// Somebody closed the node, and may open it again.
    private static final double OPEN_COST = 0.1;

    /// Somebody wants the node empty or as it is, for a reason of the moment.
    private static final double RELEASE_COST = 0.5;

    /// A job that may run elsewhere too is the same job.
    private static final double ELSEWHERE_COST = 0.8;

    /// Nearly as much as a copy's whole demand: the constraint was written for a reason.
    private static final double DROP_COST = 0.9;

    private final Ask ask;
    private final Room room;
    private final String group;
    private final List<Allocation> copies;
    private final Map<Integer, List<CompactAllocation>> holders = new HashMap<>();
    private final Siblings siblings;
    private final SortedMap<String, Refusal> refusals;
    private final List<Refused> refused = new ArrayList<>();
    private final BitSet near = new BitSet();

    /// A node that does not take one more.
    record Refused(int number, String name, Refusal refusal) {}

    /// @param copies of the job, those included that were placed in `room` just now
    Trial(JobSpec job, TaskGroup group, Room room, List<Allocation> copies) {
        this.ask = Ask.of(job, group);
        this.room = room;
        this.group = group.name();
        this.copies = copies;
        this.siblings = new Siblings(room, group.name(), copies, ask);
        this.refusals = Scheduler.refusals(new Search(ask, room, siblings));
        refusals.forEach((name, refusal) ->
                room.number(name)
                        .ifPresent(number -> refused.add(new Refused(number, name, refusal))));
        nearest().forEach(number -> near.set(number));
    }

    /// Why each node does not take one more, by name.
    SortedMap<String, Refusal> refusals() {
        return refusals;
    }

    /// The same in the order of the names.
    List<Refused> refused() {
        return refused;
    }

    /// Whether it is one of those that lack the least, whose allocations are worth looking at.
    boolean isNear(Refused node) {
        return near.get(node.number);
    }

    private IntStream nearest() {
        record Lacking(int number, double lack) {}
        return refused.stream()
                .filter(node -> isLargeEnough(node.number))
                .map(node -> new Lacking(node.number, lack(node)))
                .sorted(Comparator.comparingDouble(Lacking::lack)) // keeps their order
                .limit(NEAREST_MAX)
                .mapToInt(Lacking::number);
    }

    /// Whether a copy would have a place there if nobody else did: else nobody's end would help.
    private boolean isLargeEnough(int node) {
        NodeResources all = room.all(node);
        Ask.Demand asked = ask.demand();
        return asked.cpuOn(all) <= all.cpu()
                && asked.memoryMib() <= all.memoryMib()
                && asked.diskMib() <= all.diskMib();
    }

    /// The share of the whole node that is short; others than resources are all or nothing.
    private double lack(Refused node) {
        if (!(node.refusal instanceof Refusal.Exhausted lack)) {
            return isByOthers(node.refusal) ? 0 : Double.MAX_VALUE;
        }
        NodeResources all = room.all(node.number);
        int whole =
                switch (lack.resource()) {
                    case "cpu" -> all.cpu();
                    case "memory" -> all.memoryMib();
                    case "disk" -> all.diskMib();
                    case "cores" -> all.cores();
                    default -> 1;
                };
        return (double) (lack.asked() - lack.free()) / Math.max(1, whole);
    }

    /// A change and how much it asks of people.
    ///
    /// @param cost 0 for nothing, 1 for a copy's whole demand, more for what hurts others
    private record Tried(Help help, double cost) {}

    /// The smallest changes that help, best first, at most one of each kind.
    List<Help> helps() {
        List<Tried> helps = new ArrayList<>();
        best(refused, this::askLess).ifPresent(helps::add);
        best(refused, this::openNode).ifPresent(helps::add);
        best(refused, this::askElsewhere).ifPresent(helps::add);
        best(refused, this::dropConstraint).ifPresent(helps::add);
        best(refused.stream().filter(this::isNear).toList(), this::stopOther).ifPresent(helps::add);
        if (helps.isEmpty()) {
            addNode().ifPresent(helps::add);
        }
        return helps.stream()
                .sorted(Comparator.comparingDouble(Tried::cost))
                .limit(HELPS_MAX)
                .map(Tried::help)
                .toList();
    }

    /// Tries something on a node that costs less than `below`: what costs more than another node's
    /// help need not be tried.
    private interface Attempt {
        Optional<Tried> on(int node, Refusal refusal, double below);
    }

    private static Optional<Tried> best(List<Refused> nodes, Attempt attempt) {
        Optional<Tried> best = Optional.empty();
        for (Refused node : nodes) {
            double below = best.map(Tried::cost).orElse(Double.MAX_VALUE);
            Optional<Tried> better = attempt.on(node.number, node.refusal, below);
            best = better.isPresent() ? better : best;
        }
        return best;
    }

    /// Less of the one resource that is short; as much of it as the node has.
    private Optional<Tried> askLess(int node, Refusal refusal, double below) {
        if (!(refusal instanceof Refusal.Exhausted lack) || lack.free() <= 0) {
            return Optional.empty();
        }
        Ask.Demand all = ask.demand();
        boolean inCores = all.cores() > 0 && !ofMemory(lack.resource());
        long from = inCores ? all.cores() : lack.asked();
        int to = inCores ? fewerCores(lack, room.all(node)) : (int) lack.free();
        double cost = 1 - (double) to / from;
        if (to == 0 || cost >= below) {
            return Optional.empty();
        }
        String resource = inCores ? "cores" : lack.resource();
        Ask.Demand less =
                switch (resource) {
                    case "cores" -> all.withCores(to);
                    case "cpu" -> all.withCpu(to);
                    case "memory" -> all.withMemory(to);
                    case "disk" -> all.withDisk(to);
                    default -> all;
                };
        String unit = inCores ? "" : lack.unit();
        return tried(
                with(less), node, new Help.AskLess(resource, unit, from, to, name(node)), cost);
    }

    private static boolean ofMemory(String resource) {
        return resource.equals("memory") || resource.equals("disk");
    }

    /// As many whole cores as what is free of them, or of the node's MHz, is worth.
    private int fewerCores(Refusal.Exhausted lack, NodeResources all) {
        int cores = lack.resource().equals("cores") ? (int) lack.free() : ask.demand().cores();
        while (cores > 0
                && lack.resource().equals("cpu")
                && ask.demand().withCores(cores).cpuOn(all) > lack.free()) {
            cores--;
        }
        return cores;
    }

    /// What somebody has said of the node is taken back.
    private Optional<Tried> openNode(int node, Refusal refusal, double below) {
        String name = name(node);
        if (refusal instanceof Refusal.Ineligible) {
            return opened(node, new Tried(new Help.OpenNode(name), OPEN_COST), below);
        }
        if (refusal instanceof Refusal.Draining) {
            return opened(node, new Tried(new Help.EndDrain(name), RELEASE_COST), below);
        }
        return refusal instanceof Refusal.Held
                ? opened(node, new Tried(new Help.Release(name), RELEASE_COST), below)
                : Optional.empty();
    }

    private Optional<Tried> opened(int node, Tried wish, double below) {
        boolean helps =
                wish.cost < below
                        && Filter.first(Filter.SUITED, ask.where(), room.node(node)).isEmpty()
                        && Scheduler.now(new Search(ask, room, siblings), node).isEmpty();
        return helps ? Optional.of(wish) : Optional.empty();
    }

    /// The job takes a datacenter or a pool that it does not take now.
    private Optional<Tried> askElsewhere(int node, Refusal refusal, double below) {
        if (ELSEWHERE_COST >= below) {
            return Optional.empty();
        }
        if (refusal instanceof Refusal.OtherDatacenter other) {
            Help help = new Help.AddDatacenter(other.actual(), name(node));
            return tried(with(ask.where().orIn(other.actual())), node, help, ELSEWHERE_COST);
        }
        if (refusal instanceof Refusal.OtherPool other) {
            Help help = new Help.OtherPool(other.actual(), name(node));
            return tried(with(ask.where().inPool(other.actual())), node, help, ELSEWHERE_COST);
        }
        return Optional.empty();
    }

    private Optional<Tried> dropConstraint(int node, Refusal refusal, double below) {
        if (!(refusal instanceof Refusal.Unmet unmet) || DROP_COST >= below) {
            return Optional.empty();
        }
        List<Constraint> rest =
                ask.where().constraints().stream()
                        .filter(c -> !Filter.text(c).equals(unmet.constraint()))
                        .toList();
        Help help = new Help.DropConstraint(unmet.constraint(), name(node));
        return tried(with(ask.where().withConstraints(rest)), node, help, DROP_COST);
    }

    /// Whether others have what is asked for.
    private static boolean isByOthers(Refusal refusal) {
        return refusal instanceof Refusal.Exhausted
                || refusal instanceof Refusal.PortTaken
                || refusal instanceof Refusal.NoPort
                || refusal instanceof Refusal.Full
                || (refusal instanceof Refusal.NoDevice lack && lack.does() >= lack.asked());
    }

    /// The smallest resident whose end alone is enough. A copy of the job itself would only leave
    /// its own place empty.
    private Optional<Tried> stopOther(int node, Refusal refusal, double below) {
        if (!isByOthers(refusal)) {
            return Optional.empty();
        }
        if (refusal instanceof Refusal.Exhausted lack
                && holders(node, lack.resource()).stream()
                        .map(largest -> amount(lack.resource()).applyAsInt(largest.granted()))
                        .noneMatch(amount -> lack.free() + amount >= lack.asked())) {
            return Optional.empty();
        }
        Optional<Tried> best = Optional.empty();
        double least = below;
        for (CompactAllocation other : room.holders(node)) {
            Granted held = other.granted();
            if (!enough(node, held, refusal)) {
                continue;
            }
            double cost = 1 + size(held, room.all(node));
            if (cost < least && !isOwn(other) && fitsWithout(node, held)) {
                Help help = new Help.StopOther(other.full().title(), name(node));
                best = Optional.of(new Tried(help, cost));
                least = cost;
            }
        }
        return best;
    }

    private boolean fitsWithout(int node, Granted held) {
        room.giveBack(node, held);
        boolean fits = fits(ask, node);
        room.take(node, held);
        return fits;
    }

    /// Whether its end gives back what is short, and leaves enough of all that can be added up:
    /// asked first, for a real trial costs more.
    private boolean enough(int node, Granted held, Refusal refusal) {
        Ask.Demand asked = ask.demand();
        boolean ofPorts = refusal instanceof Refusal.PortTaken || refusal instanceof Refusal.NoPort;
        boolean ofDevices = refusal instanceof Refusal.NoDevice;
        return asked.cpuOn(room.all(node)) <= room.cpu(node) + held.cpu()
                && asked.memoryMib() <= room.memoryMib(node) + held.memoryMib()
                && asked.diskMib() <= room.diskMib(node) + held.diskMib()
                && !(ofPorts && held.ports().isEmpty())
                && !(ofDevices && held.devices().isEmpty());
    }

    private boolean isOwn(CompactAllocation some) {
        return !copies.isEmpty()
                && copies.getFirst().spec().jobUid().equals(some.full().spec().jobUid());
    }

    /// Who has devices of that name on a node, and which; as many as holders are named.
    List<String> deviceHolders(int node, String device) {
        List<String> found = new ArrayList<>();
        for (CompactAllocation some : room.holders(node)) {
            for (GrantedDevice held : some.granted().devices()) {
                boolean is =
                        room.all(node).devices().stream()
                                .filter(model -> model.name().equals(held.name()))
                                .anyMatch(model -> model.isCalled(device));
                if (is && found.size() < HOLDERS_MAX) {
                    found.add(some.full().title() + ' ' + String.join(",", held.ids()));
                }
            }
        }
        return found;
    }

    /// Who holds most of a resource on a node, most first. Looked up once for each node: in a
    /// cluster of a million allocations that is most of the answer's time.
    List<CompactAllocation> holders(int node, String resource) {
        return holders.computeIfAbsent(node, _ -> most(room.holders(node), resource));
    }

    private static List<CompactAllocation> most(
            Iterable<CompactAllocation> holders, String resource) {
        ToIntFunction<Granted> of = amount(resource);
        List<CompactAllocation> most = new ArrayList<>(HOLDERS_MAX + 1);
        int least = 0; // who holds no more than this is not named
        for (CompactAllocation one : holders) {
            int amount = of.applyAsInt(one.granted());
            if (amount <= least) {
                continue;
            }
            int place = most.size();
            while (place > 0 && of.applyAsInt(most.get(place - 1).granted()) < amount) {
                place--;
            }
            most.add(place, one);
            if (most.size() > HOLDERS_MAX) {
                most.removeLast();
                least = of.applyAsInt(most.getLast().granted());
            }
        }
        return List.copyOf(most);
    }

    /// How much of a resource was granted.
    static ToIntFunction<Granted> amount(String resource) {
        return switch (resource) {
            case "cpu" -> Granted::cpu;
            case "memory" -> Granted::memoryMib;
            case "disk" -> Granted::diskMib;
            case "cores" -> held -> held.cores().size();
            default -> throw new IllegalArgumentException("no such resource: " + resource);
        };
    }

    private static double size(Granted held, NodeResources all) {
        return (double) held.cpu() / Math.max(1, all.cpu())
                + (double) held.memoryMib() / Math.max(1, all.memoryMib());
    }

    /// One more node like the first that is of the kind that is asked for, with what a copy asks
    /// for. Of another kind than all that there are nobody can say how it would be.
    private Optional<Tried> addNode() {
        for (int node = 0; node < room.size(); node++) {
            if (Filter.first(Filter.SUITED, ask.where(), room.node(node)).isEmpty()) {
                return addNode(room.node(node));
            }
        }
        return Optional.empty();
    }

    private Optional<Tried> addNode(Node like) {
        NodeResources has = like.status().resources();
        Ask.Demand demand = ask.demand();
        int cpu = demand.cores() == 0 ? demand.cpu() : has.cpu();
        NodeResources enough =
                Records.with(
                        Records.with(
                                Records.with(has, "cpu", cpu), "memoryMib", demand.memoryMib()),
                        "diskMib",
                        demand.diskMib());
        Node node =
                new Node(
                        Metadata.named("", NEW_NODE),
                        NodeSpec.open(),
                        like.status().with(enough).in(NodePhase.READY, "it is new", Instant.EPOCH));
        Room with = Room.of(room.and(node), room.now());
        Search search = new Search(ask, with, new Siblings(with, group, copies, ask));
        boolean fits = with.number(NEW_NODE).flatMap(n -> Scheduler.refusal(search, n)).isEmpty();
        Help help =
                new Help.AddNode(like.metadata().name(), cpu, demand.memoryMib(), demand.diskMib());
        return fits ? Optional.of(new Tried(help, 10)) : Optional.empty();
    }

    private Optional<Tried> tried(Ask asked, int node, Help help, double cost) {
        return fits(asked, node) ? Optional.of(new Tried(help, cost)) : Optional.empty();
    }

    private boolean fits(Ask asked, int node) {
        return Scheduler.refusal(new Search(asked, room, siblings), node).isEmpty();
    }

    private Ask with(Ask.Demand demand) {
        return new Ask(
                ask.where(), demand, ask.apart(), ask.affinities(), ask.spreads(), ask.count());
    }

    private Ask with(Where where) {
        return new Ask(
                where, ask.demand(), ask.apart(), ask.affinities(), ask.spreads(), ask.count());
    }

    private String name(int node) {
        return room.node(node).metadata().name();
    }
}
