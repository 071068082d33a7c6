package dev.drover.node.stats;

import dev.drover.node.driver.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The last hour of one run of a task, a sample every ten seconds. Owned by its [Sampler].
///
/// ```text
///  four columns of one ring, grown as it fills: 24 bytes a sample, under 9 KiB when full
/// ```
final class Series {
    /// An hour of them.
    static final int SAMPLES_MAX = 360;

    private static final int SAMPLES_FIRST = 8;

    private long[] millis = new long[SAMPLES_FIRST];
    private long[] bytes = new long[SAMPLES_FIRST];
    private int[] permille = new int[SAMPLES_FIRST];
    private int[] processes = new int[SAMPLES_FIRST];
    private int next;
    private int size;
    private Duration cpu = Duration.ZERO;

    /// What was seen at a moment.
    ///
    /// @param cpuPermille of a core, since the sample before
    record Point(Instant at, int cpuPermille, Duration cpu, long memoryBytes, int processes) {}

    /// What this would be as the next sample.
    Point point(Usage usage, Instant now) {
        // The sum over processes shrinks when one ends: what was used stays used.
        Duration total = usage.cpu().compareTo(cpu) > 0 ? usage.cpu() : cpu;
        int share = 0;
        if (size > 0) {
            long elapsed = now.toEpochMilli() - millis[last()];
            share = elapsed <= 0 ? permille[last()] : share(total.minus(cpu), elapsed);
        }
        return new Point(now, share, total, usage.memoryBytes(), usage.processes());
    }

    private static int share(Duration used, long elapsedMillis) {
        return (int) Math.min(Integer.MAX_VALUE, used.toMillis() * 1000 / elapsedMillis);
    }

    void add(Point point) {
        if (size == millis.length && size < SAMPLES_MAX) {
            grow();
        }
        millis[next] = point.at().toEpochMilli();
        bytes[next] = point.memoryBytes();
        permille[next] = point.cpuPermille();
        processes[next] = point.processes();
        cpu = point.cpu();
        next = (next + 1) % millis.length;
        size = Math.min(size + 1, millis.length);
    }

    /// Only while it has never gone round: the oldest is first.
    private void grow() {
        int larger = Math.min(SAMPLES_MAX, size * 2);
        millis = Arrays.copyOf(millis, larger);
        bytes = Arrays.copyOf(bytes, larger);
        permille = Arrays.copyOf(permille, larger);
        processes = Arrays.copyOf(processes, larger);
        next = size;
    }

    private int last() {
        return Math.floorMod(next - 1, millis.length);
    }

    /// Oldest first; of the past only the latest knows how much was used in all.
    List<Point> points() {
        List<Point> points = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = Math.floorMod(next - size + i, millis.length);
            points.add(
                    new Point(
                            Instant.ofEpochMilli(millis[at]),
                            permille[at],
                            i == size - 1 ? cpu : Duration.ZERO,
                            bytes[at],
                            processes[at]));
        }
        return points;
    }
}
