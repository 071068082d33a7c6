package dev.drover.node.logs;

import dev.drover.node.files.Sink;
import dev.drover.node.os.Beneath;
import dev.drover.node.supervision.Stream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Reads one output of a task as if it were one file. It is kept in numbered ones; the oldest go
/// when there are too many. A file is complete when the next one is there.
public final class LogReader {
    private static final int BUFFER = 64 << 10;

    /// How soon new output is seen by somebody who follows.
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Path folder;
    private final String prefix;

    /// What a reader wants.
    ///
    /// @param fromEnd whether `offset` counts from the end
    /// @param follow whether to go on until the task is over
    public record Range(boolean fromEnd, long offset, boolean follow) {}

    /// Of the task whose log files begin with `task`, in `folder`.
    public LogReader(Path folder, String task, Stream stream) {
        this.folder = folder;
        prefix = task + "." + stream.label() + ".";
    }

    /// Sends what is wanted. `over` says whether nothing more will be written.
    public void send(Range range, BooleanSupplier over, Sink sink)
            throws IOException, InterruptedException {
        SortedMap<Integer, Long> sizes = sizes();
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        long skip = range.fromEnd() ? Math.max(0, total - range.offset()) : range.offset();
        int next = 0;
        for (var size : sizes.entrySet()) {
            next = size.getKey();
            if (skip < size.getValue()) {
                break;
            }
            if (size.getKey().equals(sizes.lastKey())) {
                break; // what is skipped beyond the end is yet to be written
            }
            skip -= size.getValue();
        }
        follow(new Place(next, skip), range.follow() ? over : () -> true, sink);
    }

    /// @param file its number
    private record Place(int file, long offset) {}

    private void follow(Place from, BooleanSupplier over, Sink sink)
            throws IOException, InterruptedException {
        Place place = from;
        while (true) {
            // In this order: what is over before we look has written all there will be.
            boolean last = over.getAsBoolean();
            Optional<Integer> newer = newer(place.file());
            long read = copy(place, sink);
            if (newer.isPresent()) {
                place = new Place(newer.get(), 0);
            } else if (last) {
                return;
            } else {
                place = new Place(place.file(), place.offset() + read);
                sink.pause(LOOK_EVERY);
            }
        }
    }

    /// Sends the rest of a file; how many bytes that were. A file that is gone has none.
    private long copy(Place place, Sink sink) throws IOException, InterruptedException {
        long sent = 0;
        try (Beneath opened = Beneath.open(folder, prefix + "%06d".formatted(place.file()));
                FileChannel channel = opened.read()) {
            channel.position(place.offset());
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (int n = channel.read(buffer); n > 0; n = channel.read(buffer)) {
                sent += n;
                sink.write(buffer.flip());
                buffer.clear();
            }
        } catch (FileNotFoundException pruned) {
            return sent; // or not written yet
        }
        return sent;
    }

    private Optional<Integer> newer(int than) throws IOException {
        return sizes().tailMap(than + 1).keySet().stream().findFirst();
    }

    private SortedMap<Integer, Long> sizes() throws IOException {
        SortedMap<Integer, Long> sizes = new TreeMap<>();
        try (Beneath opened = Beneath.open(folder, "")) {
            for (String name : opened.names()) {
                String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (number.matches("\\d{6}")) {
                    size(opened, name).ifPresent(size -> sizes.put(Integer.valueOf(number), size));
                }
            }
        }
        return sizes;
    }

    /// Empty when the file was pruned since it was listed.
    private static Optional<Long> size(Beneath folder, String name) throws IOException {
        try {
            return Optional.of(folder.entry(name).size());
        } catch (NoSuchFileException pruned) {
            return Optional.empty();
        }
    }
}
