package dev.drover.node.jail;

import dev.drover.node.cgroup.Ceiling;
import java.util.Collections;
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
/// @param perProcess by the names of setrlimit(2): `nofile`, `core` …
/// @param demanded which of `memory cpu pids swap` the job asks for by name, so that a node that
///   cannot give them must refuse it
public record Limits(
        Optional<Long> memoryBytes,
        Optional<Long> swapBytes,
        Optional<Integer> cpuMhz,
        Optional<Integer> cpuPercent,
        Optional<Integer> pidsMax,
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
                    new TreeMap<>(),
                    new TreeSet<>());

    /// Takes copies.
    public Limits {
        perProcess = Collections.unmodifiableSortedMap(new TreeMap<>(perProcess));
        demanded = Collections.unmodifiableSortedSet(new TreeSet<>(demanded));
    }

    /// What is limited for all of the jail together.
    public Ceiling ceiling() {
        return new Ceiling(memoryBytes, swapBytes, cpuMhz, cpuPercent, pidsMax);
    }

    /// The share and the memory that a task's resources grant it.
    public static Limits granted(int cpuMhz, long memoryBytes) {
        return new Limits(
                Optional.of(memoryBytes),
                Optional.empty(),
                Optional.of(cpuMhz),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeSet<>());
    }
}
