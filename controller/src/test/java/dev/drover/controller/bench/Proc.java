package dev.drover.controller.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the kernel says of processes.
final class Proc {
    /// The unit of a process's times on Linux, for every program: a hundredth of a second.
    private static final double TICK_SECONDS = 0.01;

    /// In `/proc/PID/stat` after the name: state is the first, user and system time these.
    private static final int USER_TIME = 11;

    private static final double KIB_PER_MIB = 1024;

    private Proc() {}

    /// A field of `/proc/PID/status` in MiB, as `VmRSS`.
    static double statusMib(long pid, String field) throws IOException {
        return kib(Path.of("/proc/" + pid + "/status"), field) / KIB_PER_MIB;
    }

    /// Memory that this process alone holds, in MiB.
    static double privateMib(long pid) throws IOException {
        Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
        return (kib(rollup, "Private_Dirty") + kib(rollup, "Private_Clean")) / KIB_PER_MIB;
    }

    private static double kib(Path file, String field) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(field + ":")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException(file + " has no " + field);
    }

    /// CPU time of a process so far, in seconds; none of one that is gone.
    static double cpuSeconds(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] parts = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(parts[USER_TIME]) + Long.parseLong(parts[USER_TIME + 1]))
                    * TICK_SECONDS;
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /// Processes whose command line has this in it.
    static List<Long> with(String part) throws IOException {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> commandLine(pid).contains(part))
                    .toList();
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException _) {
            return ""; // it has ended meanwhile
        }
    }
}
