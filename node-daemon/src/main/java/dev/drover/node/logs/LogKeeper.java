package dev.drover.node.logs;

import dev.drover.node.logs.Retention.Candidate;
import dev.drover.node.logs.Retention.Worth;
import dev.drover.node.os.Rounds;
import dev.drover.node.supervision.Stream;
import dev.drover.node.supervision.Supervisor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the logs of a node below a number of bytes, on one thread: every half minute it removes
/// what is [Retention]'s surplus. Each output is bounded by its job as well, so between two looks
/// they grow by what the tasks write in that time and no further than the jobs' own bounds.
public final class LogKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);

    /// A look costs a listing for each allocation; a task that floods fills some files of its job's
    /// size meanwhile.
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Supplier<List<LogSubject>> subjects;
    private final Budget budget;
    private final Rounds rounds;

    /// How many bytes all of them may be.
    @FunctionalInterface
    public interface Budget {
        /// Now: a disk may grow.
        long bytes() throws IOException;
    }

    /// What was said, or a share of the disk that `data` is on.
    public static Budget budget(Optional<Long> said, Path data) {
        return () ->
                said.isPresent()
                        ? said.get()
                        : Retention.share(Files.getFileStore(data).getTotalSpace());
    }

    /// Of what `subjects` says each time.
    public LogKeeper(Supplier<List<LogSubject>> subjects, Budget budget) {
        this.subjects = subjects;
        this.budget = budget;
        rounds = Rounds.begin("log-keeper", EVERY, this::look);
    }

    /// Removes what is too much; what cannot be removed is tried again at the next look.
    void look() {
        try {
            List<Candidate> all = new ArrayList<>();
            for (LogSubject subject : subjects.get()) {
                for (Stream stream : Stream.values()) {
                    all.addAll(candidates(subject, stream));
                }
            }
            for (Candidate file : Retention.surplus(all, budget.bytes())) {
                file.subject().folder().remove(file.entry().name());
                Optional<Path> times =
                        Supervisor.logTimesIn(
                                file.subject().runs(), file.stream(), file.entry().number());
                if (times.isPresent()) {
                    Files.deleteIfExists(times.get());
                }
            }
        } catch (IOException e) {
            LOG.warn("the logs of this node cannot be kept within their bytes", e);
        }
    }

    private static List<Candidate> candidates(LogSubject subject, Stream stream)
            throws IOException {
        List<LogFolder.Entry> entries;
        try {
            entries = subject.folder().entries(LogFolder.prefix(subject.name(), stream));
        } catch (FileNotFoundException removed) {
            return List.of(); // or not made yet
        }
        return entries.stream()
                .map(entry ->
                        new Candidate(
                                subject,
                                stream,
                                entry,
                                worth(subject.over(), entry.equals(entries.getLast()))))
                .toList();
    }

    private static Worth worth(boolean over, boolean newest) {
        if (over) {
            return newest ? Worth.ENDED_NEWEST : Worth.ENDED_OLDER;
        }
        return newest ? Worth.WRITTEN : Worth.LIVING_OLDER;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
