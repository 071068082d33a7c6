package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What only the cluster knows: whether it has what a job names. Warnings all of them, since what
/// is missing may come.
public final class ClusterRules {
    /// The pool that every node belongs to.
    private static final String ALL = "all";

    private ClusterRules() {}

    /// What a cluster has.
    ///
    /// @param drivers those that work on some node
    public record Known(
            Set<String> namespaces,
            Set<String> pools,
            Set<String> datacenters,
            Set<String> drivers) {

        public Known {
            namespaces = Set.copyOf(namespaces);
            pools = Set.copyOf(pools);
            datacenters = Set.copyOf(datacenters);
            drivers = Set.copyOf(drivers);
        }

        /// What these nodes have.
        public static Known of(Collection<String> namespaces, Collection<Node> nodes) {
            List<NodeStatus> seen = nodes.stream().map(Node::status).toList();
            return new Known(
                    Set.copyOf(namespaces),
                    seen.stream().map(NodeStatus::pool).collect(Collectors.toSet()),
                    seen.stream().map(NodeStatus::datacenter).collect(Collectors.toSet()),
                    seen.stream()
                            .flatMap(node -> node.drivers().entrySet().stream())
                            .filter(driver -> driver.getValue().healthy())
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()));
        }
    }

    /// What of a job the cluster lacks, sorted by place.
    public static List<Problem> check(Job job, Known known, Report report) {
        String namespace = job.metadata().namespace();
        boolean always = namespace.isEmpty() || namespace.equals(Metadata.DEFAULT_NAMESPACE);
        if (!always) {
            has(namespace, "namespace", known.namespaces(), Path.ROOT.field("namespace"), report);
        }
        if (known.pools().isEmpty()) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    Path.ROOT,
                    "no node has registered yet, so the job would wait",
                    "start one: drover node --server HOST:PORT");
            return report.problems();
        }
        String pool = job.spec().nodePool().orElse(ALL);
        if (!pool.equals(ALL)) {
            has(pool, "node pool", known.pools(), Path.ROOT.field("nodePool"), report);
        }
        datacenters(job.spec().datacenters(), known, report);
        for (Parts.TaskPart part : Parts.tasks(job)) {
            String driver = part.task().driver();
            if (!driver.isEmpty()) {
                has(driver, "driver", known.drivers(), part.path().field("driver"), report);
            }
        }
        return report.problems();
    }

    private static void has(String name, String what, Set<String> known, Path path, Report report) {
        if (!known.contains(name)) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    path,
                    "no " + what + " \"" + name + "\" is in the cluster",
                    "it has "
                            + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))),
                    Suggestion.of(name, known)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse(""));
        }
    }

    /// Patterns of a shell, as the scheduler takes them.
    private static void datacenters(List<String> patterns, Known known, Report report) {
        boolean some =
                patterns.isEmpty()
                        || patterns.stream()
                                .anyMatch(pattern ->
                                        known.datacenters().stream()
                                                .anyMatch(name -> matches(pattern, name)));
        if (!some) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    Path.ROOT.field("datacenters"),
                    "no node is in " + String.join(", ", patterns),
                    "nodes are in " + String.join(", ", new TreeSet<>(known.datacenters())),
                    "");
        }
    }

    private static boolean matches(String pattern, String name) {
        String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(expression, name);
    }
}
