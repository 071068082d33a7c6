package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.Residents;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is free on every node: a view's, less what was given since. The working copy of one batch
/// of decisions, owned by one thread.
///
/// Nodes are numbered in the order of a hash of their names, so that neighbours have nothing in
/// common and a run of them is a fair sample.
final class Room {
    private final Cluster cluster;
    private final Node[] nodes;
    private final int[] cpu;
    private final int[] memoryMib;
    private final int[] diskMib;
    private final @Nullable BitSet[] ports;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Where, BitSet> suited = new HashMap<>();

    private Room(Cluster cluster, List<Node> order) {
        this.cluster = cluster;
        int size = order.size();
        nodes = order.toArray(new Node[0]);
        cpu = new int[size];
        memoryMib = new int[size];
        diskMib = new int[size];
        ports = new BitSet[size];
        for (int i = 0; i < size; i++) {
            String name = nodes[i].metadata().name();
            NodeResources all = nodes[i].status().resources();
            Residents held = cluster.residentsOf(name);
            cpu[i] = all.cpu() - held.cpu();
            memoryMib[i] = all.memoryMib() - held.memoryMib();
            diskMib[i] = all.diskMib() - held.diskMib();
            numbers.put(name, i);
        }
    }

    /// Everything that the view says is free.
    static Room of(Cluster cluster) {
        List<Node> order = new ArrayList<>();
        cluster.nodes().forEach(order::add);
        order.sort(
                Comparator.comparingInt((Node node) -> mixed(node.metadata().name().hashCode()))
                        .thenComparing(node -> node.metadata().name()));
        return new Room(cluster, order);
    }

    /// Spreads the hashes of names that differ in their last digit only.
    private static int mixed(int hash) {
        int h = hash * 0x9E3779B9;
        return (h ^ (h >>> 15)) * 0x85EBCA6B;
    }

    int size() {
        return nodes.length;
    }

    Node node(int number) {
        return nodes[number];
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
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

    /// The ports in use or reserved. Not to be changed.
    BitSet ports(int number) {
        BitSet used = ports[number];
        if (used == null) {
            used = new BitSet();
            nodes[number].status().resources().reservedPorts().forEach(used::set);
            for (Allocation there : residents(number)) {
                for (GrantedPort port : there.spec().granted().ports()) {
                    used.set(port.value());
                }
            }
            ports[number] = used;
        }
        return used;
    }

    /// Who held room on the node in the view.
    Iterable<Allocation> residents(int number) {
        return cluster.residentsOf(nodes[number].metadata().name()).allocations();
    }

    /// The numbers of the nodes that are ready and of the kind that is asked for.
    BitSet suited(Where where) {
        return suited.computeIfAbsent(where, this::ask);
    }

    private BitSet ask(Where where) {
        BitSet yes = new BitSet(nodes.length);
        for (int i = 0; i < nodes.length; i++) {
            if (Filter.first(Filter.READY, where, nodes[i]).isEmpty()
                    && Filter.first(Filter.SUITED, where, nodes[i]).isEmpty()) {
                yes.set(i);
            }
        }
        return yes;
    }

    /// Gives this much of the node away.
    void take(int number, Granted granted) {
        cpu[number] -= granted.cpu();
        memoryMib[number] -= granted.memoryMib();
        diskMib[number] -= granted.diskMib();
        BitSet used = ports(number);
        granted.ports().forEach(port -> used.set(port.value()));
    }

    /// Takes back what was given, or what somebody holds in the view.
    void giveBack(int number, Granted granted) {
        cpu[number] += granted.cpu();
        memoryMib[number] += granted.memoryMib();
        diskMib[number] += granted.diskMib();
        BitSet used = ports(number);
        granted.ports().forEach(port -> used.clear(port.value()));
    }
}
