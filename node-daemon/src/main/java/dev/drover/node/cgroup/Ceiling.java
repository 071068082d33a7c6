package dev.drover.node.cgroup;

import dev.drover.node.cgroup.Controllers.Hierarchy;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How much a group of processes may use; what is absent is not limited.
///
/// @param memoryBytes beyond it the kernel kills
/// @param swapBytes on top of it; none when absent
/// @param cpuShares its part when others want the processor too, in MHz
/// @param cpuPercent of one core, also when nobody else wants it
/// @param pids processes and threads
/// @param cores the only processors it runs on; any when there are none
public record Ceiling(
        Optional<Long> memoryBytes,
        Optional<Long> swapBytes,
        Optional<Integer> cpuShares,
        Optional<Integer> cpuPercent,
        Optional<Integer> pids,
        List<Integer> cores) {
    /// Of version 1: the limit of memory together with swap.
    static final String MEMORY_AND_SWAP = "memory.memsw.limit_in_bytes";

    private static final int PERIOD_MICROS = 100_000;

    // What the kernel takes: version 1 from 2 to 262144, version 2 from 1 to 10000.
    private static final int SHARES_MIN = 2;
    private static final int SHARES_MAX = 262_144;
    private static final int WEIGHT_MAX = 10_000;

    /// Takes a copy.
    public Ceiling {
        cores = List.copyOf(cores);
    }

    /// The files to write for one controller, in the order of their names: version 1 wants the
    /// memory limit before the one that includes swap.
    SortedMap<String, String> files(String controller, Hierarchy hierarchy) {
        return switch (controller) {
            case "memory" -> hierarchy.unified() ? unifiedMemory() : memory();
            case "cpu" -> hierarchy.unified() ? unifiedCpu() : cpu();
            case Controllers.CPUSET ->
                    files(
                            "cpuset.cpus",
                            Optional.of(cores)
                                    .filter(some -> !some.isEmpty())
                                    .map(Ceiling::listed));
            case "pids" -> files("pids.max", pids.map(Object::toString));
            default -> throw new IllegalArgumentException("nothing limits " + controller);
        };
    }

    private SortedMap<String, String> memory() {
        SortedMap<String, String> files =
                files("memory.limit_in_bytes", memoryBytes.map(Object::toString));
        memoryBytes.ifPresent(
                bytes -> files.put(MEMORY_AND_SWAP, Long.toString(bytes + swapBytes.orElse(0L))));
        return files;
    }

    private SortedMap<String, String> unifiedMemory() {
        SortedMap<String, String> files = files("memory.max", memoryBytes.map(Object::toString));
        memoryBytes.ifPresent(
                _ -> files.put("memory.swap.max", Long.toString(swapBytes.orElse(0L))));
        return files;
    }

    private SortedMap<String, String> cpu() {
        SortedMap<String, String> files =
                files("cpu.shares", cpuShares.map(mhz -> Integer.toString(shares(mhz))));
        cpuPercent.ifPresent(percent -> {
            files.put("cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
            files.put("cpu.cfs_quota_us", quota(percent));
        });
        return files;
    }

    private SortedMap<String, String> unifiedCpu() {
        SortedMap<String, String> files =
                files("cpu.weight", cpuShares.map(mhz -> Integer.toString(weight(shares(mhz)))));
        cpuPercent.ifPresent(percent -> files.put("cpu.max", quota(percent) + " " + PERIOD_MICROS));
        return files;
    }

    private static int shares(int mhz) {
        return Math.clamp(mhz, SHARES_MIN, SHARES_MAX);
    }

    /// Both scales from end to end, as the kernel's documentation proposes.
    private static int weight(int shares) {
        return (int)
                (1 + (long) (shares - SHARES_MIN) * (WEIGHT_MAX - 1) / (SHARES_MAX - SHARES_MIN));
    }

    /// As the kernel and taskset(1) read it: `0,2`.
    public static String listed(List<Integer> cores) {
        return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String quota(int percent) {
        return Integer.toString(percent * PERIOD_MICROS / 100);
    }

    private static SortedMap<String, String> files(String name, Optional<String> value) {
        SortedMap<String, String> files = new TreeMap<>();
        value.ifPresent(text -> files.put(name, text));
        return files;
    }
}
