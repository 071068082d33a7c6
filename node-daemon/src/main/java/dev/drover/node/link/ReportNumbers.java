package dev.drover.node.link;

import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Numbers that rise over all restarts. They are reserved in blocks, so that a report costs no
/// write; a restart skips the rest of a block.
public final class ReportNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(ReportNumbers.class);
    private static final long BLOCK = 10_000;

    private final StateFile<Reserved> file;
    private long last;
    private long reserved;

    /// Every number up to this one may have been used.
    public record Reserved(long upTo) {}

    private ReportNumbers(StateFile<Reserved> file, long last) {
        this.file = file;
        this.last = last;
        this.reserved = last;
    }

    /// Goes on after what was reserved in that file.
    public static ReportNumbers open(Path path) throws IOException {
        StateFile<Reserved> file = new StateFile<>(path, Reserved.class);
        return switch (file.read()) {
            case Recall.Known<Reserved>(Reserved(long upTo)) -> new ReportNumbers(file, upTo);
            case Recall.Nothing<Reserved>() -> new ReportNumbers(file, 0);
            case Recall.Corrupt<Reserved>(Path movedTo, String because) -> {
                // The server tells its highest number before anything is sent.
                LOG.error("{} is kept for you to look at: {}", movedTo, because);
                yield new ReportNumbers(file, 0);
            }
        };
    }

    /// The highest that may have been used.
    public synchronized long last() {
        return last;
    }

    /// The server has seen this one.
    synchronized void atLeast(long seen) {
        last = Math.max(last, seen);
    }

    synchronized long next() {
        last++;
        if (last > reserved) {
            reserved = last + BLOCK;
            try {
                file.write(new Reserved(reserved));
            } catch (IOException e) {
                // Without it, the server's own memory of our highest number must do.
                LOG.error("the numbers of reports cannot be reserved", e);
            }
        }
        return last;
    }
}
