package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// What an allocation holds on its node, summed over its tasks.
///
/// @param cpu in MHz
/// @param memoryMib memory
/// @param diskMib room on the disk
/// @param ports every port of the group and of its tasks
/// @param memoryMaxMib what its tasks may use where there is room; absent where memory is not
///   oversubscribed, whatever the job says
/// @param cores processor cores of its own, for its tasks in their order
/// @param devices devices of its own
public record Granted(
        int cpu,
        int memoryMib,
        int diskMib,
        List<GrantedPort> ports,
        Optional<Integer> memoryMaxMib,
        List<Integer> cores,
        List<GrantedDevice> devices) {
    public Granted {
        ports = List.copyOf(ports);
        cores = List.copyOf(cores);
        devices = List.copyOf(devices);
    }

    /// What most allocations hold: nothing that is of their own.
    public Granted(int cpu, int memoryMib, int diskMib, List<GrantedPort> ports) {
        this(cpu, memoryMib, diskMib, ports, Optional.empty(), List.of(), List.of());
    }
}
