package dev.drover.node.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The processors that this process may run on: fewer than the machine has where a service manager
/// or a container says so.
public final class Processors {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Processors() {}

    /// By the numbers that the kernel gives them, rising. Where it does not tell, as on FreeBSD,
    /// the first ones.
    public static List<Integer> allowed() throws IOException {
        return Files.exists(STATUS)
                ? allowed(Files.readString(STATUS))
                : IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
    }

    /// From the text of a process's status.
    static List<Integer> allowed(String status) {
        return status.lines()
                .filter(line -> line.startsWith(ALLOWED))
                .flatMap(line -> Stream.of(line.substring(ALLOWED.length()).strip().split(",", -1)))
                .flatMap(Processors::range)
                .toList();
    }

    /// `3`, or `0-2`.
    private static Stream<Integer> range(String text) {
        String[] ends = text.split("-", -1);
        return IntStream.rangeClosed(
                        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                .boxed();
    }
}
