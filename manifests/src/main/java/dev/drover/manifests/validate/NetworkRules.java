package dev.drover.manifests.validate;

import dev.drover.manifests.model.Check;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Networks and their ports.
final class NetworkRules {
    private static final int PORT_MAX = 65_535;
    private static final List<String> MODES = List.of("host", "bridge", "none");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private NetworkRules() {}

    static void check(Job job, Report report) {
        for (Parts.GroupPart part : Parts.groups(job)) {
            Map<String, Path> labels = new HashMap<>();
            Map<String, String> fixed = new HashMap<>();
            networks(part.group().networks(), part.path(), labels, fixed, report);
            for (Parts.TaskPart task : Parts.tasks(part)) {
                task.task()
                        .resources()
                        .ifPresent(resources ->
                                networks(
                                        resources.networks(),
                                        task.path().field("resources"),
                                        labels,
                                        fixed,
                                        report));
            }
            unused(part.group(), labels, report);
        }
    }

    private static void networks(
            List<Network> networks,
            Path around,
            Map<String, Path> labels,
            Map<String, String> fixed,
            Report report) {
        for (int i = 0; i < networks.size(); i++) {
            Network network = networks.get(i);
            Path path = around.item("networks", i, "network");
            String mode = network.mode().orElse("host");
            if (!mode.startsWith("cni/")) {
                Word.check(mode, MODES, path.field("mode"), report);
            }
            List<Port> ports = network.ports();
            for (int j = 0; j < ports.size(); j++) {
                Path at = path.item("ports", j, "port", ports.get(j).label());
                port(ports.get(j), at, report);
                if (labels.putIfAbsent(ports.get(j).label(), at) != null) {
                    report.add(
                            Code.DUPLICATE_NAME,
                            at,
                            "the group has another port of this name",
                            "give one of them another name");
                }
                taken(ports.get(j), at, fixed, report);
            }
        }
    }

    private static void port(Port port, Path path, Report report) {
        if (!LABEL.matcher(port.label()).matches()) {
            report.add(
                    Code.INVALID_NAME,
                    path,
                    "a port's name is made of letters, digits, - and _",
                    "it becomes the name of an environment variable",
                    "choose another name");
        }
        port.staticPort()
                .filter(number -> number < 1 || number > PORT_MAX)
                .ifPresent(number ->
                        report.add(
                                Code.INVALID_PORT,
                                path.field("staticPort"),
                                "a port is between 1 and " + PORT_MAX + ", not " + number,
                                ""));
        port.to()
                .filter(number -> number < -1 || number > PORT_MAX)
                .ifPresent(number ->
                        report.add(
                                Code.INVALID_PORT,
                                path.field("to"),
                                "a port is between 1 and " + PORT_MAX + ", not " + number,
                                "-1 means the same port as outside"));
    }

    private static void taken(Port port, Path path, Map<String, String> fixed, Report report) {
        if (port.staticPort().isEmpty() || port.ignoreCollision().orElse(false)) {
            return;
        }
        String key = port.hostNetwork().orElse("default") + " " + port.staticPort().get();
        String other = fixed.putIfAbsent(key, port.label());
        if (other != null) {
            report.add(
                    Code.INVALID_PORT,
                    path.field("staticPort"),
                    "port \"" + other + "\" has the number " + port.staticPort().get() + " already",
                    "both are on one node",
                    "give one of them another number, or none: then it gets a free one");
        }
    }

    /// A port that nothing refers to by name may still be read from the environment: only groups
    /// with a service are looked at, and only when nothing in them holds the name at all.
    private static void unused(TaskGroup group, Map<String, Path> labels, Report report) {
        boolean services =
                !group.services().isEmpty()
                        || group.tasks().stream().anyMatch(task -> !task.services().isEmpty());
        if (!services) {
            return;
        }
        String everything = texts(group);
        labels.forEach((label, path) -> {
            if (!everything.contains(label)) {
                report.add(
                        Code.UNLIKELY,
                        path,
                        "nothing in the group uses this port",
                        "remove it, or refer to it: port = \"" + label + "\"");
            }
        });
    }

    /// Every text in which a port's name may stand.
    private static String texts(TaskGroup group) {
        StringBuilder all = new StringBuilder();
        Stream.concat(
                        group.services().stream(),
                        group.tasks().stream().flatMap(task -> task.services().stream()))
                .forEach(service -> append(service, all));
        group.tasks()
                .forEach(task -> {
                    task.config().values().forEach(value -> append(value, all));
                    task.env().values().forEach(all::append);
                    task.templates()
                            .forEach(template ->
                                    all.append(template.data().orElse(""))
                                            .append(template.source().orElse("")));
                });
        return all.toString();
    }

    private static void append(Service service, StringBuilder into) {
        into.append(service.port().orElse("")).append(' ');
        service.checks().stream().map(Check::port).forEach(port -> into.append(port.orElse("")));
        service.tags().forEach(into::append);
        service.meta().values().forEach(into::append);
        service.connect().ifPresent(into::append);
    }

    private static void append(Value value, StringBuilder into) {
        switch (value) {
            case Value.Text(String text) -> into.append(text).append(' ');
            case Value.Items(List<Value> items) -> items.forEach(item -> append(item, into));
            case Value.Fields(Map<String, Value> fields) ->
                    fields.forEach((name, inner) -> {
                        into.append(name).append(' ');
                        append(inner, into);
                    });
            case Value.Num _, Value.Bool _, Value.Nothing _ -> {}
        }
    }
}
