package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.CheckState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.TaskUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `alloc status` shows of one allocation.
final class AllocationPage {
    private final Out out;
    private final Instant now;

    AllocationPage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All of it.
    ///
    /// @param usages what its tasks use now, as far as that is known
    void show(Allocation allocation, List<TaskUsage> usages) {
        out.fields(fields(allocation));
        ports(allocation.spec().granted().ports());
        services(allocation.status().services());
        for (Map.Entry<String, TaskState> task : allocation.status().tasks().entrySet()) {
            task(
                    task.getKey(),
                    task.getValue(),
                    usages.stream().filter(u -> u.task().equals(task.getKey())).findFirst());
        }
    }

    private Fields fields(Allocation allocation) {
        var spec = allocation.spec();
        var status = allocation.status();
        Fields fields =
                new Fields()
                        .add("ID", allocation.id())
                        .add("Eval ID", Ids.brief(spec.evaluation()))
                        .add("Name", allocation.title())
                        .add("Node Name", spec.node())
                        .add("Job ID", spec.jobName())
                        .add("Job Version", spec.jobVersion())
                        .add("Namespace", allocation.metadata().namespace())
                        .add("Client Status", Wording.word(status.phase()))
                        .add("Client Description", status.because())
                        .add(
                                "Health",
                                status.healthy().map(h -> h ? "healthy" : "unhealthy").orElse(""))
                        .add("Desired Status", Wording.word(spec.desired()))
                        .add("Desired Description", spec.desiredBecause())
                        .add("Attempt", spec.attempt())
                        .add("Previous Alloc ID", Ids.brief(spec.previous().orElse("")));
        granted(fields, spec.granted());
        return fields.add("Created", Times.ago(allocation.metadata().creationTimestamp(), now))
                .add("Finished", Times.stamp(status.finished()));
    }

    /// What it has; of what few have only where it has some.
    private static void granted(Fields fields, Granted granted) {
        fields.add("CPU", granted.cpu() + " MHz");
        if (!granted.cores().isEmpty()) {
            fields.add("Cores", joined(granted.cores()));
        }
        fields.add("Memory", granted.memoryMib() + " MiB");
        if (granted.memoryMaxMib().isPresent()) {
            fields.add("Memory Max", granted.memoryMaxMib().get() + " MiB");
        }
        fields.add("Disk", granted.diskMib() + " MiB");
        for (GrantedDevice device : granted.devices()) {
            fields.add("Device of " + device.task(), device.name() + ' ' + joined(device.ids()));
        }
    }

    private static String joined(List<?> some) {
        return some.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private void ports(List<GrantedPort> ports) {
        if (ports.isEmpty()) {
            return;
        }
        out.blank();
        out.title("Allocation Addresses:");
        out.table(
                new Table(
                        List.of("Label", "Address", "To"),
                        ports.stream()
                                .map(p ->
                                        List.of(
                                                p.label(),
                                                p.hostIp() + ":" + p.value(),
                                                Integer.toString(p.to())))
                                .toList()));
    }

    private void services(List<ServiceState> services) {
        if (services.isEmpty()) {
            return;
        }
        out.blank();
        out.title("Services:");
        Table table = Table.of("Service", "Address", "Check", "Status", "Since", "Output");
        for (ServiceState service : services) {
            String address = service.address() + ":" + service.port();
            if (service.checks().isEmpty()) {
                table = table.with(List.of(service.name(), address, "", "passing", "", ""));
            }
            for (CheckState check : service.checks()) {
                table =
                        table.with(
                                List.of(
                                        service.name(),
                                        address,
                                        check.name(),
                                        Wording.word(check.status()),
                                        Times.stamp(check.since()),
                                        check.output()));
            }
        }
        out.table(table);
    }

    private void task(String name, TaskState state, Optional<TaskUsage> usage) {
        out.blank();
        out.title("Task \"" + name + "\" is \"" + Wording.word(state.phase()) + "\"");
        out.fields(
                new Fields()
                        .add("Started At", Times.stamp(state.started()))
                        .add("Finished At", Times.stamp(state.finished()))
                        .add("Total Restarts", state.restarts())
                        .add("Last Exit", state.exit().map(Wording::ended).orElse("")));
        if (usage.isPresent()) {
            out.fields(
                    new Fields()
                            .add("CPU Used", Sizes.percent(usage.get().cpuPermille()))
                            .add("Memory Used", Sizes.of(usage.get().memoryBytes()))
                            .add("Processes", usage.get().processes()));
        }
        if (!state.events().isEmpty()) {
            out.blank();
            out.title("Recent Events:");
            out.table(events(state.events()));
        }
    }

    private static Table events(List<TaskEvent> events) {
        return new Table(
                List.of("Time", "Type", "Description"),
                events.reversed().stream()
                        .map(e -> List.of(Times.stamp(e.time()), e.type(), e.message()))
                        .toList());
    }
}
