package dev.drover.node.logs;

import dev.drover.manifests.wire.LogPart;
import dev.drover.node.files.Sink;
import dev.drover.node.os.Beneath;
import dev.drover.node.supervision.Stream;
import dev.drover.node.supervision.Supervisor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    private final LogFolder folder;
    private final String prefix;
    private final Path runs;
    private final Stream stream;

    /// The files of one run, or of all.
    ///
    /// @param first of them
    /// @param end the first that is none of them any more
    public record Span(int first, int end) {
        /// All.
        public static final Span ALL = new Span(0, Integer.MAX_VALUE);
    }

    /// Of the task whose log files begin with `task`, in `folder`; what is known of its runs is in
    /// folders in `runs`.
    public LogReader(LogFolder folder, String task, Stream stream, Path runs) {
        this.folder = folder;
        this.stream = stream;
        this.runs = runs;
        prefix = LogFolder.prefix(task, stream);
    }

    /// Sends what is wanted of those files. `over` says whether nothing more will be written.
    public void send(LogPart part, Span files, BooleanSupplier over, Sink sink)
            throws IOException, InterruptedException {
        SortedMap<Integer, Long> sizes = sizes().subMap(files.first(), files.end());
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        long skip = part.fromEnd() ? Math.max(0, total - part.offset()) : part.offset();
        LogIndex index = new LogIndex(folder, prefix, sizes, this::times);
        if (part.since().isPresent()) {
            skip = Math.max(skip, index.since(part.since().get()));
        }
        if (part.tail().isPresent()) {
            skip = Math.max(skip, index.tail(part.tail().get()));
        }
        int next = files.first();
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
        BooleanSupplier last = part.follow() ? over : () -> true;
        follow(new Place(next, skip), files.end(), last, sink);
    }

    private Optional<Path> times(int number) throws IOException {
        return Supervisor.logTimesIn(runs, stream, number);
    }

    /// @param file its number
    private record Place(int file, long offset) {}

    private void follow(Place from, int end, BooleanSupplier over, Sink sink)
            throws IOException, InterruptedException {
        Place place = from;
        while (true) {
            // In this order: what is over before we look has written all there will be.
            boolean last = over.getAsBoolean();
            Optional<Integer> newer = newer(place.file()).filter(file -> file < end);
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
        try (Beneath opened = folder.open(LogFolder.name(prefix, place.file()));
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
        folder.entries(prefix).forEach(entry -> sizes.put(entry.number(), entry.bytes()));
        return sizes;
    }
}
