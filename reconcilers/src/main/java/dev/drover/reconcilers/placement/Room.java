package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.cluster.Residents;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is free on every node: a view's, less what was given since. The working copy of one batch
/// of decisions, owned by one thread.
final class Room {
    private final Terrain terrain;
    private final Cluster cluster;
    private final int[] cpu;
    private final int[] memoryMib;
    private final int[] diskMib;
    private final double[] cpuPower;
    private final double[] memoryPower;
    private final @Nullable BitSet[] ports;

    /// Everything that the view says is free.
    Room(Terrain terrain, Cluster cluster) {
        this.terrain = terrain;
        this.cluster = cluster;
        int size = terrain.size();
        cpu = new int[size];
        memoryMib = new int[size];
        diskMib = new int[size];
        cpuPower = new double[size];
        memoryPower = new double[size];
        ports = new BitSet[size];
        for (int i = 0; i < size; i++) {
            NodeResources all = all(i);
            Residents held = cluster.residentsOf(name(i));
            cpu[i] = all.cpu() - held.cpu();
            memoryMib[i] = all.memoryMib() - held.memoryMib();
            diskMib[i] = all.diskMib() - held.diskMib();
            weigh(i);
        }
    }

    static Room of(Cluster cluster) {
        return new Room(Terrain.of(cluster), cluster);
    }

    Terrain terrain() {
        return terrain;
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
        return cpu[number];
    }

    int memoryMib(int number) {
        return memoryMib[number];
    }

    int diskMib(int number) {
        return diskMib[number];
    }

    /// Ten to the power of the free share of cpu: kept, because every candidate's score wants it.
    double cpuPower(int number) {
        return cpuPower[number];
    }

    /// Ten to the power of the free share of memory.
    double memoryPower(int number) {
        return memoryPower[number];
    }

    /// Ten to the power of a share of what there is.
    static double power(int some, int all) {
        return all == 0 ? 1 : Math.pow(10, (double) some / all);
    }

    private void weigh(int number) {
        NodeResources all = all(number);
        cpuPower[number] = power(cpu[number], all.cpu());
        memoryPower[number] = power(memoryMib[number], all.memoryMib());
    }

    /// The ports in use or reserved. Not to be changed.
    BitSet ports(int number) {
        BitSet used = ports[number];
        if (used == null) {
            used = new BitSet();
            all(number).reservedPorts().forEach(used::set);
            for (Allocation there : residents(number)) {
                for (GrantedPort port : there.spec().granted().ports()) {
                    used.set(port.value());
                }
            }
            ports[number] = used;
        }
        return used;
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

    /// The numbers of the nodes that are ready and of the kind that is asked for.
    BitSet suited(Where where) {
        return terrain.suited(where);
    }

    /// Gives this much of the node away.
    void take(int number, Granted granted) {
        cpu[number] -= granted.cpu();
        memoryMib[number] -= granted.memoryMib();
        diskMib[number] -= granted.diskMib();
        weigh(number);
        if (!granted.ports().isEmpty()) {
            BitSet used = ports(number);
            granted.ports().forEach(port -> used.set(port.value()));
        }
    }

    /// Takes back what was given, or what somebody holds in the view.
    void giveBack(int number, Granted granted) {
        cpu[number] += granted.cpu();
        memoryMib[number] += granted.memoryMib();
        diskMib[number] += granted.diskMib();
        weigh(number);
        if (!granted.ports().isEmpty()) {
            BitSet used = ports(number);
            granted.ports().forEach(port -> used.clear(port.value()));
        }
    }
}
