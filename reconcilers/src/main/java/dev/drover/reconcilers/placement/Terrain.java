package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.Sorted;
import dev.drover.reconcilers.constraint.Operators;
import dev.drover.reconcilers.constraint.Properties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The nodes as they are, whoever is on them: what does not change from one copy to the next, nor
/// from one batch to the next while no node changes. Owned by one thread.
///
/// Nodes are numbered in the order of a hash of their names, so that neighbours have nothing in
/// common and a run of them is a fair sample.
public final class Terrain {
    /// Answers of each kind that are remembered: one is a bit or a number for each node, and more
    /// different questions than these are not asked in one batch.
    private static final int ANSWERS_MAX = 512;

    private final Sorted<String, Node> source;
    private final Node[] nodes;
    private final int[] byName;
    private final int[] kinds;
    private final List<NodeResources> sizes = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Where, BitSet> suited = remembering();
    private final Map<String, Column> columns = remembering();
    private final Map<List<Affinity>, double[]> drawn = remembering();

    private Terrain(Sorted<String, Node> source) {
        List<Node> named = new ArrayList<>(source.size());
        source.forEach(named::add);
        long[] order = new long[named.size()]; // each a hash, and behind it the place by name
        for (int i = 0; i < order.length; i++) {
            order[i] = ((long) mixed(named.get(i).metadata().name().hashCode()) << 32) | i;
        }
        Arrays.sort(order);
        this.source = source;
        nodes = new Node[order.length];
        byName = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            nodes[i] = named.get((int) order[i]);
            byName[(int) order[i]] = i;
        }
        kinds = new int[nodes.length];
        Map<NodeResources, Integer> known = new HashMap<>();
        for (int i = 0; i < nodes.length; i++) {
            numbers.put(nodes[i].metadata().name(), i);
            NodeResources all = nodes[i].status().resources();
            kinds[i] = known.computeIfAbsent(all, _ -> known.size());
            if (kinds[i] == sizes.size()) {
                sizes.add(all);
            }
        }
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > ANSWERS_MAX;
            }
        };
    }

    /// The nodes of a view.
    public static Terrain of(Cluster cluster) {
        return new Terrain(cluster.nodes());
    }

    /// The nodes of another view: the same object, with all that it has worked out, when no node
    /// changed in between.
    public Terrain in(Cluster cluster) {
        return cluster.nodes() == source ? this : of(cluster);
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

    /// The numbers of all nodes in the order of their names. Not to be changed.
    int[] byName() {
        return byName;
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    /// Which size of node it is: those that have the same to give share a number.
    int kind(int number) {
        return kinds[number];
    }

    /// The kinds of all nodes, by their numbers. Not to be changed.
    int[] kinds() {
        return kinds;
    }

    /// What the nodes of each kind have to give.
    List<NodeResources> sizes() {
        return sizes;
    }

    /// The numbers of the nodes that are ready and of the kind that is asked for.
    BitSet suited(Where where) {
        return answer(suited, where, this::ask);
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

    /// The values of a property.
    Column column(String property) {
        return answer(columns, property, some -> new Column(some, nodes));
    }

    /// How much each node draws copies, from -1 to 1.
    double[] drawn(List<Affinity> affinities) {
        return answer(drawn, affinities, this::weigh);
    }

    private double[] weigh(List<Affinity> affinities) {
        double[] weights = new double[nodes.length];
        double all = affinities.stream().mapToInt(a -> Math.abs(a.weight().orElse(50))).sum();
        for (int i = 0; i < nodes.length; i++) {
            Node node = nodes[i];
            double matched = 0;
            for (Affinity affinity : affinities) {
                Optional<String> left = affinity.attribute().flatMap(a -> Properties.of(node, a));
                Optional<String> right = affinity.value().flatMap(v -> Properties.of(node, v));
                if (Operators.hold(affinity.operator().orElse("="), left, right)) {
                    matched += affinity.weight().orElse(50);
                }
            }
            weights[i] = all == 0 ? 0 : matched / all;
        }
        return weights;
    }

    private static <K, V> V answer(Map<K, V> known, K question, Function<K, V> ask) {
        V answer = known.get(question);
        if (answer == null) {
            answer = ask.apply(question);
            known.put(question, answer);
        }
        return answer;
    }

    /// A property's value on every node, the values numbered from 0 in the order of their first
    /// node.
    static final class Column {
        private static final int NONE = -1;

        private final int[] valueOf;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> values = new ArrayList<>();

        private Column(String property, Node[] nodes) {
            valueOf = new int[nodes.length];
            for (int i = 0; i < nodes.length; i++) {
                valueOf[i] = Properties.of(nodes[i], property).map(this::numbered).orElse(NONE);
            }
        }

        private int numbered(String value) {
            int number = numbers.computeIfAbsent(value, _ -> numbers.size());
            if (number == values.size()) {
                values.add(value);
            }
            return number;
        }

        /// How many values there are.
        int size() {
            return values.size();
        }

        /// The number of the node's value; below 0 when it has none.
        int on(int node) {
            return valueOf[node];
        }

        /// The value of that number.
        String value(int number) {
            return values.get(number);
        }

        /// The number of a value; below 0 when no node has it.
        int number(String value) {
            return numbers.getOrDefault(value, NONE);
        }
    }
}
