package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// What a task asks of its node.
///
/// @param cpu in MHz; 100 when absent
/// @param cores whole cores instead of `cpu`
/// @param memoryMib 300 when absent
/// @param memoryMaxMib what it may use above `memoryMib` where there is room
/// @param diskMib nothing any more: the group's `ephemeralDisk` says it
/// @param secretsMib the memory file system for secrets
/// @param networks the old form: a network of the task instead of the group
/// @param devices devices of the node, such as GPUs
/// @param numa how near its cores shall be to each other
/// @param iops nothing any more: input and output are not counted
public record Resources(
        Optional<Integer> cpu,
        Optional<Integer> cores,
        Optional<Integer> memoryMib,
        Optional<Integer> memoryMaxMib,
        Optional<Integer> diskMib,
        Optional<Integer> secretsMib,
        List<Network> networks,
        List<DeviceRequest> devices,
        Optional<Numa> numa,
        Optional<Integer> iops) {

    public Resources {
        networks = List.copyOf(networks);
        devices = List.copyOf(devices);
    }

    /// The same with that many MHz.
    public Resources withCpu(int mhz) {
        return new Resources(
                Optional.of(mhz),
                cores,
                memoryMib,
                memoryMaxMib,
                diskMib,
                secretsMib,
                networks,
                devices,
                numa,
                iops);
    }

    /// The same where memory is not given twice.
    public Resources withoutMemoryMax() {
        return new Resources(
                cpu,
                cores,
                memoryMib,
                Optional.empty(),
                diskMib,
                secretsMib,
                networks,
                devices,
                numa,
                iops);
    }
}
