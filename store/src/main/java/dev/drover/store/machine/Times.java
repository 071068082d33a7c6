package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Which revision was the newest when, and how much had been written by then: noted with the first
/// write of each second, so that time costs nothing while nothing happens. What is older than
/// [Store#TO_THE_SECOND] is thinned to the first note of each minute: a week of seconds would be
/// 600,000 notes, a week of minutes is 10,000. Written by the thread that applies, read by all.
///
/// ```text
/// second/1763683215   4711 73400320     second since 1970: newest revision when it began, bytes written up to it
/// ```
final class Times {
    private static final String FACT = "second/";

    /// By the second since 1970, as far as history is kept.
    private final NavigableMap<Long, Noted> seconds = new ConcurrentSkipListMap<>();

    /// The last one of them; each transaction asks.
    private volatile long newest;

    /// What is before it is thinned already.
    private long thinned = Long.MIN_VALUE;

    /// Ever since the store was made, but for what a stopped process wrote in its last second.
    private volatile long bytes;

    /// @param revision the newest one when the second began
    /// @param bytes of all keys and values that had been written
    private record Noted(Revision revision, long bytes) {
        Bytes stored() {
            return Bytes.utf8(revision + " " + bytes);
        }

        static Noted read(Bytes stored) {
            String[] words = stored.utf8().split(" ");
            return new Noted(Revision.parse(words[0]), Long.parseLong(words[1]));
        }
    }

    Times(Database database) {
        database.facts(FACT)
                .forEach((second, noted) -> seconds.put(Long.parseLong(second), Noted.read(noted)));
        newest = seconds.isEmpty() ? Long.MIN_VALUE : seconds.lastKey();
        bytes = seconds.isEmpty() ? 0 : seconds.lastEntry().getValue().bytes();
    }

    /// Before the first write of a second.
    void note(Instant time, Revision before, Batch batch) {
        long second = time.getEpochSecond();
        if (newest < second) { // a clock may go back
            newest = second;
            Noted noted = new Noted(before, bytes);
            seconds.put(second, noted);
            batch.fact(FACT + second, noted.stored());
            thin(batch);
        }
    }

    /// Keeps the first note of each minute that is old.
    private void thin(Batch batch) {
        long edge = fineFrom();
        for (long second : List.copyOf(seconds.subMap(thinned, edge).keySet())) {
            Long before = seconds.lowerKey(second);
            if (before != null && minute(before) == minute(second)) {
                seconds.remove(second);
                batch.forget(FACT + second);
            }
        }
        thinned = edge;
    }

    /// The oldest second that is told from its neighbours: the beginning of a minute.
    private long fineFrom() {
        long last = newest;
        return last == Long.MIN_VALUE ? last : minute(last - Store.TO_THE_SECOND.toSeconds());
    }

    /// More keys and values were written.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void wrote(long more) {
        bytes += more;
    }

    /// The oldest noted revision after which at most so many bytes were written: where to compact
    /// to keep no more than them. None when all that is kept is not more.
    Revision within(long most) {
        long now = bytes;
        boolean all = seconds.isEmpty() || now - seconds.firstEntry().getValue().bytes() <= most;
        if (all) {
            return Revision.NONE;
        }
        return seconds.values().stream()
                .filter(noted -> now - noted.bytes() <= most)
                .findFirst()
                .orElseGet(() -> seconds.lastEntry().getValue())
                .revision();
    }

    /// Forgets seconds that ended before `compacted`.
    void forget(Revision compacted, Batch batch) {
        while (seconds.size() > 1
                && !seconds.higherEntry(seconds.firstKey())
                        .getValue()
                        .revision()
                        .after(compacted)) {
            batch.forget(FACT + seconds.firstKey());
            seconds.pollFirstEntry();
        }
    }

    /// The newest revision at the beginning of the second of `time`, or of its minute when it is
    /// old; `now` when nothing was written since, and none before what is kept.
    Revision at(Instant time, Revision now) {
        long second = time.getEpochSecond();
        long from = second < fineFrom() ? minute(second) : second;
        if (seconds.isEmpty() || from < seconds.firstKey()) {
            return Revision.NONE;
        }
        return Optional.ofNullable(seconds.ceilingEntry(from))
                .map(entry -> entry.getValue().revision())
                .filter(noted -> noted.before(now))
                .orElse(now);
    }

    /// The second in which a revision was written, or the first one written to of its minute when
    /// it is old; empty when that is forgotten.
    Optional<Instant> of(Revision revision) {
        // Noted revisions go up with the seconds: from the newest down, the first one older than
        // `revision` opened its second. Most questions are about what happened lately.
        return seconds.descendingMap().entrySet().stream()
                .filter(second -> second.getValue().revision().before(revision))
                .findFirst()
                .map(second -> Instant.ofEpochSecond(second.getKey()));
    }

    /// The second with which the minute of a second begins.
    private static long minute(long second) {
        return Math.floorDiv(second, 60L) * 60;
    }
}
