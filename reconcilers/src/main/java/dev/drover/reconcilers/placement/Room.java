package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.cluster.CompactAllocation;
import dev.drover.reconcilers.cluster.Residents;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is free on every node: a view's, less what was given since. The working copy of one batch
/// of decisions, owned by one thread.
final class Room {
    private final Terrain terrain;
    private final Cluster cluster;
    private final Instant now;
    private final Free free;
    private final @Nullable Own[] own;
    private final Map<Integer, Hold> held = new TreeMap<>();
    private final BitSet beingFreed = new BitSet();
    private final Preemption preemption;

    /// What is free of all that can be added up, by the numbers of the nodes. In arrays, for the
    /// one who compares candidates by the million; only the room changes them.
    static final class Free {
        final int[] cpu;
        final int[] memoryMib;
        final int[] diskMib;

        /// How many allocations more each node may hold.
        final int[] places;

        /// Ten to the power of the free share of cpu: every candidate's score wants it.
        final double[] cpuPower;

        /// Ten to the power of the free share of memory.
        final double[] memoryPower;

        private Free(int size) {
            cpu = new int[size];
            memoryMib = new int[size];
            diskMib = new int[size];
            places = new int[size];
            cpuPower = new double[size];
            memoryPower = new double[size];
        }
    }

    /// What nobody shares: who has it is looked up when somebody asks for some.
    ///
    /// @param ports a bit for each port of each address, as [Ports] counts them
    /// @param devices the names of those in use, `vendor/type/model/id`
    record Own(BitSet ports, BitSet cores, Set<String> devices) {}

    /// Everything that the view says is free.
    ///
    /// @param now when nodes count as held
    Room(Terrain terrain, Cluster cluster, Instant now) {
        this.terrain = terrain;
        this.cluster = cluster;
        this.now = now;
        this.preemption = new Preemption(this);
        int size = terrain.size();
        free = new Free(size);
        own = new Own[size];
        boolean limited = scheduling().limitsAllocations();
        for (int i = 0; i < size; i++) {
            NodeResources all = all(i);
            free.cpu[i] = all.cpu();
            free.memoryMib[i] = all.memoryMib();
            free.diskMib[i] = all.diskMib();
            free.places[i] =
                    limited
                            ? scheduling().allocationsMaxIn(node(i).status().pool())
                            : Integer.MAX_VALUE;
        }
        // Over those who are there, in their order: looking each node up costs three times as much.
        for (Residents there : cluster.residents()) {
            number(there.node("")).ifPresent(node -> less(node, there));
        }
        for (int i = 0; i < size; i++) {
            weigh(i);
        }
        cluster.evicted().forEach(node -> number(node).ifPresent(beingFreed::set));
        for (Hold hold : cluster.holds()) {
            if (hold.spec().kind() == Kind.NODE && hold.spec().at(now)) {
                number(hold.spec().name()).ifPresent(node -> held.putIfAbsent(node, hold));
            }
        }
    }

    private void less(int node, Residents there) {
        free.cpu[node] -= there.cpu();
        free.memoryMib[node] -= there.memoryMib();
        free.diskMib[node] -= there.diskMib();
        free.places[node] -= there.allocations().size();
    }

    static Room of(Cluster cluster, Instant now) {
        return new Room(Terrain.of(cluster), cluster, now);
    }

    Terrain terrain() {
        return terrain;
    }

    Cluster cluster() {
        return cluster;
    }

    Instant now() {
        return now;
    }

    SchedulerConfigSpec scheduling() {
        return cluster.scheduling();
    }

    /// Room that others have to leave first.
    Preemption preemption() {
        return preemption;
    }

    int size() {
        return terrain.size();
    }

    Node node(int number) {
        return terrain.node(number);
    }

    String name(int number) {
        return terrain.node(number).metadata().name();
    }

    /// What the node has to give when nobody is there.
    NodeResources all(int number) {
        return terrain.sizes().get(terrain.kind(number));
    }

    Optional<Integer> number(String name) {
        return terrain.number(name);
    }

    int cpu(int number) {
        return free.cpu[number];
    }

    int memoryMib(int number) {
        return free.memoryMib[number];
    }

    int diskMib(int number) {
        return free.diskMib[number];
    }

    /// How many allocations more the node may hold.
    int places(int number) {
        return free.places[number];
    }

    /// What is free on all nodes.
    Free free() {
        return free;
    }

    private void weigh(int number) {
        NodeResources all = all(number);
        free.cpuPower[number] = Score.power(free.cpu[number], all.cpu());
        free.memoryPower[number] = Score.power(free.memoryMib[number], all.memoryMib());
    }

    /// What is in use or reserved of that which nobody shares. Not to be changed.
    Own own(int number) {
        Own known = own[number];
        if (known == null) {
            known = new Own(new BitSet(), new BitSet(), new HashSet<>());
            Ports.reserve(node(number).status(), known.ports);
            for (CompactAllocation there : holders(number)) {
                set(number, known, there.granted(), true);
            }
            own[number] = known;
        }
        return known;
    }

    private void set(int number, Own own, Granted granted, boolean used) {
        for (GrantedPort port : granted.ports()) {
            own.ports.set(Ports.bit(node(number).status(), port), used);
        }
        for (int core : granted.cores()) {
            own.cores.set(core, used);
        }
        for (GrantedDevice device : granted.devices()) {
            for (String id : device.ids()) {
                String name = device.name() + '/' + id;
                if (used) {
                    own.devices.add(name);
                } else {
                    own.devices.remove(name);
                }
            }
        }
    }

    private static boolean isOwn(Granted granted) {
        return !granted.ports().isEmpty()
                || !granted.cores().isEmpty()
                || !granted.devices().isEmpty();
    }

    /// The view, if this node were there too.
    Cluster and(Node node) {
        return ClusterFeed.apply(
                cluster, List.of(ClusterChange.added(node)), cluster.revision().next());
    }

    /// Who held room on the node in the view.
    Iterable<Allocation> residents(int number) {
        return cluster.residentsOf(name(number)).allocations();
    }

    /// The same as they are kept.
    Iterable<CompactAllocation> holders(int number) {
        return cluster.residentsOf(name(number)).allocations().compact();
    }

    /// Who holds the node as it is, so that nothing new comes there.
    Optional<Hold> heldBy(int number) {
        return Optional.ofNullable(held.get(number));
    }

    /// Whether somebody was evicted and has not left: what is free there is spoken for, or it would
    /// be taken by others before there is enough of it.
    boolean isBeingFreed(int number) {
        return beingFreed.get(number);
    }

    /// The numbers of the nodes that are being freed.
    BitSet beingFreed() {
        return (BitSet) beingFreed.clone();
    }

    /// Only these nodes are being freed after all.
    void freeOnly(BitSet nodes) {
        beingFreed.and(nodes);
    }

    /// Room is being made on the node.
    void free(int number) {
        beingFreed.set(number);
    }

    /// The numbers of the nodes that are ready, of the kind that is asked for, held by nobody, and
    /// not being freed for somebody.
    BitSet suited(Where where) {
        if (held.isEmpty() && beingFreed.isEmpty()) {
            return terrain.suited(where);
        }
        BitSet suited = suitedInTime(where);
        suited.andNot(beingFreed);
        return suited;
    }

    /// The same, those included that are being freed. The caller's own.
    BitSet suitedInTime(Where where) {
        BitSet suited = (BitSet) terrain.suited(where).clone();
        held.keySet().forEach(suited::clear);
        return suited;
    }

    /// Gives this much of the node away.
    void take(int number, Granted granted) {
        free.cpu[number] -= granted.cpu();
        free.memoryMib[number] -= granted.memoryMib();
        free.diskMib[number] -= granted.diskMib();
        free.places[number]--;
        weigh(number);
        if (isOwn(granted)) {
            set(number, own(number), granted, true);
        }
    }

    /// Takes back what was given, or what somebody holds in the view.
    void giveBack(int number, Granted granted) {
        free.cpu[number] += granted.cpu();
        free.memoryMib[number] += granted.memoryMib();
        free.diskMib[number] += granted.diskMib();
        free.places[number]++;
        weigh(number);
        if (isOwn(granted)) {
            set(number, own(number), granted, false);
        }
    }
}
