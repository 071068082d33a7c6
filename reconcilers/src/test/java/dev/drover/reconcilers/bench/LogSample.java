package dev.drover.reconcilers.bench;

import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.TaskGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Nomad's way to choose, told anew as its documents tell it, to compare how full a cluster gets:
/// nodes in another random order for each evaluation, the best of the first log2(n) that take the
/// copy (of the first 100, or as many as copies, with a spread), the score a mean of fit,
/// anti-affinity and spread.
final class LogSample {
    private final Node[] nodes;
    private final int[] cpu;
    private final int[] memoryMib;
    private final int[] ofJob;
    private final int[] order;
    private final SplittableRandom random = new SplittableRandom(42);

    LogSample(List<Node> nodes) {
        this.nodes = nodes.toArray(new Node[0]);
        int size = this.nodes.length;
        cpu = new int[size];
        memoryMib = new int[size];
        ofJob = new int[size];
        order = new int[size];
        for (int i = 0; i < size; i++) {
            cpu[i] = all(i).cpu();
            memoryMib[i] = all(i).memoryMib();
            order[i] = i;
        }
    }

    private NodeResources all(int node) {
        return nodes[node].status().resources();
    }

    /// Places the job's copies. Answers how many have a place.
    int place(JobSpec job) {
        TaskGroup group = job.groups().getFirst();
        Resources asked = group.tasks().getFirst().resources().orElseThrow();
        int count = group.count().orElse(1);
        boolean spread = !group.spreads().isEmpty();
        int limit =
                spread
                        ? Math.max(count, 100)
                        : Math.max(2, (int) Math.ceil(Math.log(nodes.length) / Math.log(2)));
        shuffle();
        Arrays.fill(ofJob, 0);
        Map<String, Integer> used = new TreeMap<>();
        int from = 0;
        for (int copy = 0; copy < count; copy++) {
            int best = -1;
            double bestScore = Double.NEGATIVE_INFINITY;
            int left = limit;
            int seen = 0;
            for (; seen < order.length && left > 0; seen++) {
                int node = order[(from + seen) % order.length];
                if (takes(group, asked, node)) {
                    left--;
                    double score = score(asked, count, spread, used, node);
                    if (score > bestScore) {
                        bestScore = score;
                        best = node;
                    }
                }
            }
            from += seen;
            if (best < 0) {
                return copy;
            }
            cpu[best] -= asked.cpu().orElse(0);
            memoryMib[best] -= asked.memoryMib().orElse(0);
            ofJob[best]++;
            used.merge(nodes[best].status().datacenter(), 1, Integer::sum);
        }
        return count;
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[j];
            order[j] = order[i];
            order[i] = other;
        }
    }

    private boolean takes(TaskGroup group, Resources asked, int node) {
        return asked.cpu().orElse(0) <= cpu[node]
                && asked.memoryMib().orElse(0) <= memoryMib[node]
                && group.constraints().stream().allMatch(c -> holds(c, nodes[node]));
    }

    private static boolean holds(Constraint constraint, Node node) {
        return constraint.value().orElse("").equals(node.status().meta().get("ssd"));
    }

    private double score(
            Resources asked, int count, boolean spread, Map<String, Integer> used, int node) {
        NodeResources all = all(node);
        double cpuLeft = (double) (cpu[node] - asked.cpu().orElse(0)) / all.cpu();
        double memoryLeft =
                (double) (memoryMib[node] - asked.memoryMib().orElse(0)) / all.memoryMib();
        double sum = Math.clamp(20 - Math.pow(10, cpuLeft) - Math.pow(10, memoryLeft), 0, 18) / 18;
        int parts = 1;
        if (ofJob[node] > 0) {
            sum -= (ofJob[node] + 1.0) / count;
            parts++;
        }
        if (spread && !used.isEmpty()) {
            sum += even(used, nodes[node].status().datacenter());
            parts++;
        }
        return sum / parts;
    }

    private static double even(Map<String, Integer> used, String value) {
        int most = used.values().stream().mapToInt(n -> n).max().orElse(0);
        int fewest = used.values().stream().mapToInt(n -> n).min().orElse(0);
        int here = used.getOrDefault(value, 0);
        if (here < fewest) {
            return 1;
        }
        if (here > fewest) {
            return (double) (fewest - here) / fewest;
        }
        return most == fewest ? -1 : (double) (most - fewest) / fewest;
    }

    /// The mean of the shares of cpu and memory that are given away.
    double used() {
        long cpuFree = 0;
        long memoryFree = 0;
        long cpuAll = 0;
        long memoryAll = 0;
        for (int i = 0; i < nodes.length; i++) {
            cpuFree += cpu[i];
            memoryFree += memoryMib[i];
            cpuAll += all(i).cpu();
            memoryAll += all(i).memoryMib();
        }
        return 1 - ((double) cpuFree / cpuAll + (double) memoryFree / memoryAll) / 2;
    }
}
