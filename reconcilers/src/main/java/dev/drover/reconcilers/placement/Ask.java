package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Network;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// What one copy of a group asks for.
///
/// @param where what kind of node
/// @param demand what it takes of a node
/// @param apart how far from the job's other copies
/// @param count how many copies the group wants
record Ask(
        Where where,
        Demand demand,
        Apart apart,
        List<Affinity> affinities,
        List<Spread> spreads,
        int count) {
    /// What a copy takes of a node, summed over its tasks.
    ///
    /// @param cpu in MHz, beside the whole cores
    /// @param cores whole cores, each worth the node's MHz by its cores
    /// @param memoryMaxMib what it may use where memory is oversubscribed
    /// @param sticky whether it had better go where the copy before it was: its data is there
    record Demand(
            int cpu,
            int cores,
            int memoryMib,
            int memoryMaxMib,
            int diskMib,
            boolean sticky,
            Own own) {
        /// Whether any node with enough of everything does.
        boolean isPlain() {
            return cores == 0 && own.ports.isEmpty() && own.devices.isEmpty();
        }

        List<Port> ports() {
            return own.ports;
        }

        List<DeviceAsk> devices() {
            return own.devices;
        }

        Demand withCpu(int mhz) {
            return new Demand(mhz, cores, memoryMib, memoryMaxMib, diskMib, sticky, own);
        }

        Demand withCores(int number) {
            return new Demand(cpu, number, memoryMib, memoryMaxMib, diskMib, sticky, own);
        }

        Demand withMemory(int mib) {
            return new Demand(cpu, cores, mib, Math.max(mib, memoryMaxMib), diskMib, sticky, own);
        }

        Demand withDisk(int mib) {
            return new Demand(cpu, cores, memoryMib, memoryMaxMib, mib, sticky, own);
        }

        /// What it takes of a node's MHz: whole cores are worth what the node's cores are.
        int cpuOn(NodeResources node) {
            return cores == 0
                    ? cpu
                    : cpu + (int) ((long) cores * node.cpu() / Math.max(1, node.cores()));
        }
    }

    /// What no two copies have.
    record Own(List<Port> ports, List<DeviceAsk> devices) {
        Own {
            ports = List.copyOf(ports);
            devices = List.copyOf(devices);
        }
    }

    /// Devices that a task asks for.
    record DeviceAsk(String task, DeviceRequest request) {}

    /// How the copies of a job keep apart.
    ///
    /// @param hosts no other copy of this group on the node
    /// @param hostsOfJob no other copy of the whole job on the node
    /// @param properties at most so many copies for each value of a property
    record Apart(boolean hosts, boolean hostsOfJob, List<Limit> properties) {
        Apart {
            properties = List.copyOf(properties);
        }

        /// Whether they may be anywhere.
        boolean isNothing() {
            return !hosts && !hostsOfJob && properties.isEmpty();
        }
    }

    /// At most `allowed` copies on nodes with the same value of `property`.
    ///
    /// @param ofJob whether the copies of the job's other groups count too
    record Limit(String property, int allowed, boolean ofJob) {}

    Ask {
        affinities = List.copyOf(affinities);
        spreads = List.copyOf(spreads);
    }

    static Ask of(JobSpec job, TaskGroup group) {
        List<Constraint> all = new ArrayList<>(group.constraints());
        group.tasks().forEach(task -> all.addAll(task.constraints()));
        List<Limit> limits = new ArrayList<>(limits(job.constraints(), true));
        limits.addAll(limits(all, false));
        Apart apart = new Apart(distinctHosts(all), distinctHosts(job.constraints()), limits);
        return new Ask(
                Where.of(job, group),
                demand(group),
                apart,
                affinities(job, group),
                spreads(job, group),
                group.count().orElse(1));
    }

    private static Demand demand(TaskGroup group) {
        return new Demand(
                sum(group, Ask::cpu),
                sum(group, r -> r.cores().orElse(0)),
                sum(group, r -> r.memoryMib().orElse(0)),
                sum(group, r -> Math.max(r.memoryMaxMib().orElse(0), r.memoryMib().orElse(0))),
                group.ephemeralDisk().flatMap(EphemeralDisk::sizeMib).orElse(0),
                sticky(group),
                new Own(ports(group), devices(group)));
    }

    private static boolean sticky(TaskGroup group) {
        return group.ephemeralDisk()
                .filter(disk -> disk.sticky().orElse(false) || disk.migrate().orElse(false))
                .isPresent();
    }

    private static List<DeviceAsk> devices(TaskGroup group) {
        List<DeviceAsk> devices = new ArrayList<>();
        for (Task task : group.tasks()) {
            task.resources().map(Resources::devices).orElse(List.of()).stream()
                    .map(request -> new DeviceAsk(task.name(), request))
                    .forEach(devices::add);
        }
        return devices;
    }

    private static int cpu(Resources resources) {
        return resources.cores().isPresent() ? 0 : resources.cpu().orElse(0);
    }

    private static int sum(TaskGroup group, ToIntFunction<Resources> part) {
        return group.tasks().stream()
                .flatMap(task -> task.resources().stream())
                .mapToInt(part)
                .sum();
    }

    private static List<Port> ports(TaskGroup group) {
        List<Port> ports = new ArrayList<>();
        group.networks().forEach(network -> ports.addAll(network.ports()));
        for (Task task : group.tasks()) {
            for (Network network : task.resources().map(Resources::networks).orElse(List.of())) {
                ports.addAll(network.ports());
            }
        }
        return ports;
    }

    private static boolean distinctHosts(List<Constraint> constraints) {
        return constraints.stream()
                .anyMatch(c ->
                        Where.operator(c).equals("distinct_hosts")
                                && !c.value().orElse("true").equals("false"));
    }

    private static List<Limit> limits(List<Constraint> constraints, boolean ofJob) {
        return constraints.stream()
                .filter(c -> Where.operator(c).equals("distinct_property"))
                .map(c -> new Limit(c.attribute().orElse(""), allowed(c), ofJob))
                .toList();
    }

    private static int allowed(Constraint constraint) {
        return constraint
                .value()
                .filter(v -> v.matches("[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private static List<Affinity> affinities(JobSpec job, TaskGroup group) {
        List<Affinity> all = new ArrayList<>(job.affinities());
        all.addAll(group.affinities());
        group.tasks().forEach(task -> all.addAll(task.affinities()));
        return all;
    }

    private static List<Spread> spreads(JobSpec job, TaskGroup group) {
        List<Spread> all = new ArrayList<>(job.spreads());
        all.addAll(group.spreads());
        return all;
    }
}
