package dev.drover.node.jail;

import dev.drover.node.cgroup.Ceiling;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How much a jail may use.
///
/// @param memoryBytes of all its processes; beyond it the kernel kills
/// @param swapBytes on top of it; none when absent
/// @param cpuMhz its share when others want the processor too
/// @param cpuPercent of one core, also when nobody else wants it
/// @param pidsMax processes and threads
/// @param cores the only processors they run on; any when there are none
/// @param perProcess by the names of setrlimit(2): `nofile`, `core` …
/// @param demanded which of `memory cpu pids swap` the job asks for by name, so that a node that
///   cannot give them must refuse it
public record Limits(
        Optional<Long> memoryBytes,
        Optional<Long> swapBytes,
        Optional<Integer> cpuMhz,
        Optional<Integer> cpuPercent,
        Optional<Integer> pidsMax,
        List<Integer> cores,
        SortedMap<String, Long> perProcess,
        SortedSet<String> demanded) {
    /// Nothing is limited.
    public static final Limits NONE =
            new Limits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    new TreeMap<>(),
                    new TreeSet<>());

    /// Takes copies.
    public Limits {
        cores = List.copyOf(cores);
        perProcess = Collections.unmodifiableSortedMap(new TreeMap<>(perProcess));
        demanded = Collections.unmodifiableSortedSet(new TreeSet<>(demanded));
    }

    /// What is limited for all of the jail together.
    public Ceiling ceiling() {
        return new Ceiling(memoryBytes, swapBytes, cpuMhz, cpuPercent, pidsMax, cores);
    }

    /// The share, the memory and the processors that a task's resources grant it.
    public static Limits granted(int cpuMhz, long memoryBytes, List<Integer> cores) {
        return new Limits(
                Optional.of(memoryBytes),
                Optional.empty(),
                Optional.of(cpuMhz),
                Optional.empty(),
                Optional.empty(),
                cores,
                new TreeMap<>(),
                new TreeSet<>());
    }
}
