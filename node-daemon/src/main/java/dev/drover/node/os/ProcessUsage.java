package dev.drover.node.os;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What some processes use together, from /proc/PID/stat.
public record ProcessUsage(Duration cpu, long residentBytes) {
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int RESIDENT_PAGES = 21;

    /// Fixed in Linux' interface to programs, whatever the kernel's own clock does.
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final long PAGE_BYTES = 4096;

    /// The sum over those that still run.
    public static ProcessUsage of(List<Integer> pids) throws IOException {
        long ticks = 0;
        long pages = 0;
        for (int pid : pids) {
            Optional<List<String>> stat = ProcessIdentity.stat(pid);
            if (stat.isPresent()) {
                ticks += Long.parseLong(stat.get().get(USER_TICKS));
                ticks += Long.parseLong(stat.get().get(SYSTEM_TICKS));
                pages += Long.parseLong(stat.get().get(RESIDENT_PAGES));
            }
        }
        return new ProcessUsage(Duration.ofNanos(ticks * NANOS_PER_TICK), pages * PAGE_BYTES);
    }
}
