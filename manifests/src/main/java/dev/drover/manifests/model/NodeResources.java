package dev.drover.manifests.model;

import java.util.List;

/// What a node has to give: its own less what is reserved.
///
/// @param cpu in MHz over all cores
/// @param cores processor cores
/// @param memoryMib memory
/// @param diskMib room on the disk
/// @param dynamicPortMin first port of the dynamic range
/// @param dynamicPortMax last port of the dynamic range
/// @param reservedPorts static ports that are never given
/// @param devices what it has beside that, such as GPUs
public record NodeResources(
        int cpu,
        int cores,
        int memoryMib,
        int diskMib,
        int dynamicPortMin,
        int dynamicPortMax,
        List<Integer> reservedPorts,
        List<NodeDevice> devices) {
    public NodeResources {
        reservedPorts = List.copyOf(reservedPorts);
        devices = List.copyOf(devices);
    }

    /// Of a node without devices.
    public NodeResources(
            int cpu,
            int cores,
            int memoryMib,
            int diskMib,
            int dynamicPortMin,
            int dynamicPortMax,
            List<Integer> reservedPorts) {
        this(
                cpu,
                cores,
                memoryMib,
                diskMib,
                dynamicPortMin,
                dynamicPortMax,
                reservedPorts,
                List.of());
    }
}
