package dev.drover.manifests.model;

import java.util.List;

/// What an allocation holds on its node, summed over its tasks.
///
/// @param cpu in MHz
/// @param memoryMib memory
/// @param diskMib room on the disk
/// @param ports every port of the group and of its tasks
public record Granted(int cpu, int memoryMib, int diskMib, List<GrantedPort> ports) {
    public Granted {
        ports = List.copyOf(ports);
    }
}
