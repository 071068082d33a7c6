package dev.drover.manifests.validate;

import dev.drover.manifests.model.Glob;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.VolumeRequest;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What only the cluster knows: whether it has what a resource names. Warnings all of them, since
/// what is missing may come.
///
/// Each thing is looked for on its own, on the nodes that the job's pool and datacenters leave:
/// whether one node has all of them, and room, is what `plan` tells.
public final class ClusterRules {
    /// The pool that every node belongs to.
    private static final String ALL = "all";

    private final Report report;

    /// The nodes that a job may run on, as far as has been looked at.
    private final List<NodeStatus> nodes;

    /// Where these are.
    private final String where;

    private ClusterRules(Report report, List<NodeStatus> nodes, String where) {
        this.report = report;
        this.nodes = nodes;
        this.where = where;
    }

    /// What a cluster has.
    public record Known(Set<String> namespaces, List<NodeStatus> nodes) {

        public Known {
            namespaces = Set.copyOf(namespaces);
            nodes = List.copyOf(nodes);
        }

        /// What these nodes have.
        public static Known of(Collection<String> namespaces, Collection<Node> nodes) {
            return new Known(Set.copyOf(namespaces), nodes.stream().map(Node::status).toList());
        }
    }

    /// What of a resource the cluster lacks, sorted by place.
    public static List<Problem> check(Resource resource, Known known, Report report) {
        ClusterRules rules = new ClusterRules(report, known.nodes(), "in the cluster");
        rules.namespace(resource, known.namespaces());
        if (resource instanceof Job job) {
            rules.job(job);
        }
        return report.problems();
    }

    private void namespace(Resource resource, Set<String> known) {
        String namespace = resource.metadata().namespace();
        if (!namespace.isEmpty() && !namespace.equals(Metadata.DEFAULT_NAMESPACE)) {
            Path path = Path.ROOT.field("metadata").field("namespace");
            String fix = "make it first, by a manifest of kind Namespace";
            has(namespace, "namespace", known, path, fix);
        }
    }

    private void job(Job job) {
        if (nodes.isEmpty()) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    Path.ROOT,
                    "no node has registered yet, so the job would wait",
                    "start one: drover node --server HOST:PORT");
            return;
        }
        ClusterRules there = inPool(job).inDatacenters(job.spec().datacenters());
        for (Parts.GroupPart part : Parts.groups(job)) {
            there.volumes(part.group().volumes(), part.path());
            there.networks(part.group().networks(), part.path());
        }
        Parts.tasks(job).forEach(there::task);
    }

    private ClusterRules inPool(Job job) {
        String pool = job.spec().nodePool().orElse(ALL);
        if (pool.equals(ALL)) {
            return this;
        }
        has(pool, "node pool", all(NodeStatus::pool), Path.ROOT.field("nodePool"));
        return left(node -> node.pool().equals(pool));
    }

    /// Patterns of a shell, as the scheduler takes them.
    private ClusterRules inDatacenters(List<String> patterns) {
        Predicate<NodeStatus> inOne =
                node ->
                        patterns.isEmpty()
                                || patterns.stream()
                                        .anyMatch(
                                                each -> new Glob(each).matches(node.datacenter()));
        if (nodes.stream().noneMatch(inOne)) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    Path.ROOT.field("datacenters"),
                    "no node " + where + " is in " + String.join(", ", patterns),
                    "they are in " + String.join(", ", all(NodeStatus::datacenter)),
                    "");
        }
        return left(inOne);
    }

    /// The same of fewer nodes. Where that leaves none, which was told, all of them are looked at
    /// for the rest.
    private ClusterRules left(Predicate<NodeStatus> may) {
        List<NodeStatus> left = nodes.stream().filter(may).toList();
        return left.isEmpty() || left.size() == nodes.size()
                ? this
                : new ClusterRules(report, left, "where the job may run");
    }

    private void task(Parts.TaskPart part) {
        String driver = part.task().driver();
        if (!driver.isEmpty()) {
            Set<String> drivers =
                    several(node ->
                            node.drivers().entrySet().stream()
                                    .filter(each -> each.getValue().healthy())
                                    .map(Map.Entry::getKey));
            has(driver, "driver", drivers, part.path().field("driver"));
        }
        part.task()
                .resources()
                .ifPresent(resources -> resources(resources, part.path().field("resources")));
    }

    private void resources(Resources resources, Path path) {
        fits(resources.cpu(), "MHz", node -> node.resources().cpu(), path.field("cpu"));
        fits(resources.cores(), "cores", node -> node.resources().cores(), path.field("cores"));
        fits(
                resources.memoryMib(),
                "MiB",
                node -> node.resources().memoryMib(),
                path.field("memoryMib"));
        networks(resources.networks(), path);
        for (int i = 0; i < resources.devices().size(); i++) {
            String name = resources.devices().get(i).name();
            boolean some =
                    nodes.stream()
                            .flatMap(node -> node.resources().devices().stream())
                            .anyMatch(device -> device.isCalled(name));
            if (!some) {
                lacks(
                        name,
                        "device",
                        several(node -> node.resources().devices().stream().map(NodeDevice::name)),
                        path.item("devices", i, "device", name),
                        "");
            }
        }
    }

    /// One task alone that is larger than any node.
    private void fits(
            Optional<Integer> asked, String unit, ToIntFunction<NodeStatus> size, Path path) {
        int most = nodes.stream().mapToInt(size).max().orElse(Integer.MAX_VALUE);
        if (asked.orElse(0) > most) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    path,
                    "no node " + where + " has " + asked.orElseThrow() + " " + unit,
                    "the largest has " + most,
                    "ask for less, or add a larger node");
        }
    }

    private void volumes(List<VolumeRequest> volumes, Path around) {
        for (int i = 0; i < volumes.size(); i++) {
            VolumeRequest volume = volumes.get(i);
            boolean host = volume.type().equals(Optional.of("host"));
            if (host && !volume.perAlloc().orElse(false)) {
                volume(volume, around.item("volumes", i, "volume", volume.name()));
            }
        }
    }

    private void volume(VolumeRequest volume, Path path) {
        String source = volume.source().orElse(volume.name());
        List<HostVolume> found =
                nodes.stream()
                        .flatMap(node ->
                                Optional.ofNullable(node.hostVolumes().get(source)).stream())
                        .toList();
        if (found.isEmpty()) {
            Set<String> known = several(node -> node.hostVolumes().keySet().stream());
            lacks(source, "host volume", known, path.field("source"), "");
        } else if (!volume.readOnly().orElse(false)
                && found.stream().allMatch(HostVolume::readOnly)) {
            report.add(
                    Code.NOT_IN_CLUSTER,
                    path.field("source"),
                    "the host volume \"" + source + "\" can only be read, and the job writes to it",
                    "write read_only = true, or let a node offer it for writing");
        }
    }

    private void networks(List<Network> networks, Path around) {
        for (int i = 0; i < networks.size(); i++) {
            Path path = around.item("networks", i, "network");
            List<Port> ports = networks.get(i).ports();
            for (int j = 0; j < ports.size(); j++) {
                String network = ports.get(j).network();
                if (!network.equals(Port.DEFAULT_NETWORK)) {
                    has(
                            network,
                            "host network",
                            several(node -> node.hostNetworks().keySet().stream()),
                            path.item("ports", j, "port", ports.get(j).label())
                                    .field("hostNetwork"));
                }
            }
        }
    }

    private SortedSet<String> all(Function<NodeStatus, String> name) {
        return several(node -> Stream.of(name.apply(node)));
    }

    private SortedSet<String> several(Function<NodeStatus, Stream<String>> names) {
        return nodes.stream().flatMap(names).collect(Collectors.toCollection(TreeSet::new));
    }

    private void has(String name, String what, Set<String> known, Path path) {
        has(name, what, known, path, "");
    }

    private void has(String name, String what, Set<String> known, Path path, String fix) {
        if (!known.contains(name)) {
            lacks(name, what, known, path, fix);
        }
    }

    /// @param fix what to do where nothing that is there has nearly that name
    private void lacks(String name, String what, Set<String> known, Path path, String fix) {
        report.add(
                Code.NOT_IN_CLUSTER,
                path,
                "no " + what + " \"" + name + "\" is " + where,
                known.isEmpty()
                        ? "there is none"
                        : (known.size() == 1 ? "there is " : "there are ")
                                + String.join(", ", new TreeSet<>(known)),
                Suggestion.of(name, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse(fix));
    }
}
