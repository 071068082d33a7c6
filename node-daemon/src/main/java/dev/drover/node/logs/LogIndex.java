package dev.drover.node.logs;

import dev.drover.node.os.Beneath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds places in an output by time and by line. Places are bytes from its start, over all files.
///
/// For each file the logger keeps its times in the folder of the run, a line for each second in
/// which something was written: the second since 1970, and the size before.
final class LogIndex {
    private static final int BLOCK = 64 << 10;

    /// A day of a task that never pauses is 2 MB of times.
    private static final int TIMES_BYTES_MAX = 16 << 20;

    private final LogFolder folder;
    private final String prefix;
    private final SortedMap<Integer, Long> sizes;
    private final Times recorded;

    /// Where the times of a file are.
    @FunctionalInterface
    interface Times {
        /// Empty when none were kept of it.
        Optional<Path> of(int number) throws IOException;
    }

    LogIndex(LogFolder folder, String prefix, SortedMap<Integer, Long> sizes, Times recorded) {
        this.folder = folder;
        this.prefix = prefix;
        this.sizes = sizes;
        this.recorded = recorded;
    }

    /// Where the first byte is that was written in that second or later.
    long since(Instant time) throws IOException {
        long start = 0;
        for (Map.Entry<Integer, Long> file : sizes.entrySet()) {
            Optional<Long> within = within(file.getKey(), time);
            if (within.isPresent()) {
                return start + within.get();
            }
            start += file.getValue();
        }
        return start;
    }

    /// Empty when all of the file is older.
    private Optional<Long> within(int number, Instant time) throws IOException {
        SortedMap<Long, Long> times = times(number);
        if (times.isEmpty()) { // of a logger that kept none
            return newer(number, time) ? Optional.of(0L) : Optional.empty();
        }
        return times.tailMap(time.getEpochSecond()).values().stream().findFirst();
    }

    private boolean newer(int number, Instant time) throws IOException {
        try (Beneath file = folder.open(LogFolder.name(prefix, number))) {
            return !file.attributes().lastModifiedTime().toInstant().isBefore(time);
        } catch (FileNotFoundException pruned) {
            return false;
        }
    }

    private SortedMap<Long, Long> times(int number) throws IOException {
        SortedMap<Long, Long> times = new TreeMap<>();
        Optional<Path> file = recorded.of(number);
        if (file.isPresent() && Files.size(file.get()) <= TIMES_BYTES_MAX) {
            // A line that a full disk has cut says nothing.
            Files.readString(file.get(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.matches("\\d{1,12} \\d{1,18}"))
                    .map(line -> line.split(" ", -1))
                    .forEach(w -> times.putIfAbsent(Long.parseLong(w[0]), Long.parseLong(w[1])));
        }
        return times;
    }

    /// Where the last so many lines begin.
    long tail(long lines) throws IOException {
        long end = sizes.values().stream().mapToLong(Long::longValue).sum();
        if (lines == 0) {
            return end;
        }
        long wanted = lines;
        boolean last = true; // what ends the last line begins none
        for (int number : List.copyOf(sizes.keySet()).reversed()) {
            long size = Optional.ofNullable(sizes.get(number)).orElseThrow();
            long start = end - size;
            try (Beneath file = folder.open(LogFolder.name(prefix, number));
                    FileChannel channel = file.read()) {
                for (long at = size; at > 0; at -= Math.min(BLOCK, at)) {
                    ByteBuffer block = block(channel, Math.max(0, at - BLOCK), at);
                    for (int i = block.position() - 1; i >= 0; i--) {
                        if (block.get(i) == '\n' && !last && --wanted <= 0) {
                            return start + Math.max(0, at - BLOCK) + i + 1;
                        }
                        last = false;
                    }
                }
            } catch (FileNotFoundException pruned) {
                return end; // and all that was before it
            }
            end = start;
        }
        return 0;
    }

    private static ByteBuffer block(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) (to - from));
        while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {}
        return block;
    }
}
