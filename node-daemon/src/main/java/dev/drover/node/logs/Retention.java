package dev.drover.node.logs;

import dev.drover.node.supervision.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Decides which log files of a node go when they are too many bytes together.
public final class Retention {
    /// Of the file system that holds them, what all logs together may take: a tenth leaves the disk
    /// to the tasks, and grows with it. On 100 GB that is the whole of 50 tasks that write as much
    /// as they may by default.
    private static final int SHARE = 10;

    private Retention() {}

    /// How dear a file is: what is named first goes first.
    enum Worth {
        /// Of an allocation that has ended, with a newer one beside it.
        ENDED_OLDER,
        /// Its newest one: often the reason why it ended.
        ENDED_NEWEST,
        /// Of an allocation that goes on, with a newer one beside it.
        LIVING_OLDER,
        /// It may be written to at any moment: never removed.
        WRITTEN
    }

    /// One log file.
    record Candidate(LogSubject subject, Stream stream, LogFolder.Entry entry, Worth worth) {}

    /// What all logs may take when nobody says.
    static long share(long diskBytes) {
        return diskBytes / SHARE;
    }

    /// What must go so that the rest is `bytesMax` at most, in the order in which it goes; the
    /// oldest of what is worth the same first.
    static List<Candidate> surplus(List<Candidate> all, long bytesMax) {
        long left = all.stream().mapToLong(file -> file.entry().bytes()).sum();
        List<Candidate> going = new ArrayList<>();
        List<Candidate> order =
                all.stream()
                        .filter(file -> file.worth() != Worth.WRITTEN)
                        .sorted(
                                Comparator.comparing(Candidate::worth)
                                        .thenComparing(file -> file.entry().written())
                                        .thenComparing(file -> file.entry().name()))
                        .toList();
        for (Candidate file : order) {
            if (left <= bytesMax) {
                break;
            }
            left -= file.entry().bytes();
            going.add(file);
        }
        return going;
    }
}
