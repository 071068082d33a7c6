package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `node status` shows.
final class NodePage {
    private final Out out;
    private final Instant now;

    NodePage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All nodes, a row each.
    void list(List<Node> nodes, Held held) {
        if (nodes.isEmpty()) {
            out.line("No nodes registered");
            return;
        }
        out.table(
                new Table(
                        List.of(
                                "Name",
                                "Pool",
                                "DC",
                                "Class",
                                "Drain",
                                "Eligibility",
                                "Status",
                                "Why"),
                        nodes.stream().map(node -> row(node, held)).toList()));
    }

    private static List<String> row(Node node, Held held) {
        return List.of(
                node.metadata().name(),
                node.status().pool(),
                node.status().datacenter(),
                node.status().nodeClass().isEmpty() ? Fields.NONE : node.status().nodeClass(),
                Boolean.toString(node.spec().drain().isPresent()),
                eligibility(node),
                Wording.word(node.status().phase()),
                held.of(node).orElse(why(node)));
    }

    /// Why it is in the phase it is in; nothing where the other columns say it all.
    private static String why(Node node) {
        return node.status().phase() == NodePhase.READY ? "" : node.status().because();
    }

    private static String eligibility(Node node) {
        return node.spec().eligible() ? "eligible" : "ineligible";
    }

    /// One node with what it has, what it cannot do and why, and its allocations.
    void one(Node node, List<Allocation> allocations) {
        out.fields(fields(node));
        drivers(node.status().drivers());
        List<Allocation> occupying = allocations.stream().filter(Allocation::occupies).toList();
        used(node.status().resources(), occupying);
        devices(node.status().resources(), occupying);
        out.blank();
        out.title("Allocations");
        out.table(AllocationTable.of(allocations, now));
        out.blank();
        out.title("Attributes");
        var attributes = new Fields();
        node.status().attributes().forEach(attributes::add);
        out.fields(attributes);
        if (!node.status().meta().isEmpty()) {
            out.blank();
            out.title("Meta");
            var meta = new Fields();
            node.status().meta().forEach(meta::add);
            out.fields(meta);
        }
    }

    private static Fields fields(Node node) {
        var status = node.status();
        Fields fields =
                new Fields()
                        .add("Name", node.metadata().name())
                        .add("Node Pool", status.pool())
                        .add("Class", status.nodeClass())
                        .add("DC", status.datacenter())
                        .add("Address", status.address());
        if (!status.hostNetworks().isEmpty()) {
            fields.add(
                    "Host Networks",
                    status.hostNetworks().entrySet().stream()
                            .map(network -> network.getKey() + "=" + network.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (!status.hostVolumes().isEmpty()) {
            fields.add(
                    "Host Volumes",
                    status.hostVolumes().entrySet().stream()
                            .map(volume ->
                                    volume.getKey()
                                            + "="
                                            + volume.getValue().path()
                                            + (volume.getValue().readOnly() ? ",ro" : ""))
                            .collect(Collectors.joining(", ")));
        }
        return fields.add("Drain", node.spec().drain().map(NodePage::drain).orElse("false"))
                .add("Eligibility", eligibility(node))
                .add("Status", Wording.word(status.phase()))
                .add("Status Description", status.because());
    }

    private static String drain(DrainSpec drain) {
        String until = drain.deadline().map(when -> ", until " + Times.stamp(when)).orElse("");
        return "true" + until + (drain.ignoreSystem() ? ", system jobs stay" : "");
    }

    private void drivers(Map<String, DriverState> drivers) {
        out.blank();
        out.title("Drivers");
        out.table(
                new Table(
                        List.of("Driver", "Healthy", "Message"),
                        drivers.entrySet().stream()
                                .map(d ->
                                        List.of(
                                                d.getKey(),
                                                Boolean.toString(d.getValue().healthy()),
                                                d.getValue().because()))
                                .toList()));
    }

    /// Each device with who has it.
    private void devices(NodeResources has, List<Allocation> occupying) {
        if (has.devices().isEmpty()) {
            return;
        }
        Map<String, String> holders = new TreeMap<>();
        for (Allocation allocation : occupying) {
            for (GrantedDevice device : allocation.spec().granted().devices()) {
                device.ids()
                        .forEach(id -> holders.put(device.name() + "/" + id, allocation.title()));
            }
        }
        out.blank();
        out.title("Devices");
        out.table(
                new Table(
                        List.of("Device", "ID", "Held By"),
                        has.devices().stream()
                                .flatMap(model ->
                                        model.ids().stream()
                                                .map(id ->
                                                        List.of(
                                                                model.name(),
                                                                id,
                                                                holders.getOrDefault(
                                                                        model.name() + "/" + id,
                                                                        "nobody"))))
                                .toList()));
    }

    private void used(NodeResources has, List<Allocation> occupying) {
        int cpu = occupying.stream().mapToInt(a -> a.spec().granted().cpu()).sum();
        int memory = occupying.stream().mapToInt(a -> a.spec().granted().memoryMib()).sum();
        int disk = occupying.stream().mapToInt(a -> a.spec().granted().diskMib()).sum();
        out.blank();
        out.title("Allocated Resources");
        out.table(
                Table.of("CPU", "Memory", "Disk", "Alloc Count")
                        .with(
                                List.of(
                                        cpu + "/" + has.cpu() + " MHz",
                                        memory + "/" + has.memoryMib() + " MiB",
                                        disk + "/" + has.diskMib() + " MiB",
                                        Integer.toString(occupying.size()))));
    }
}
