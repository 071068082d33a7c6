package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Revision;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// Which revision was the newest when, and how much had been written by then: noted with the first
/// write of each minute, so that time costs nothing while nothing happens. Written by the thread
/// that applies, read by all.
///
/// ```text
/// time/29394720   4711 73400320     minute since 1970: newest revision when it began, bytes written up to it
/// ```
final class Times {
    private static final String FACT = "time/";

    /// By the minute since 1970, as far as history is kept.
    private final NavigableMap<Long, Noted> minutes = new ConcurrentSkipListMap<>();

    /// The last one of them; each transaction asks.
    private long newest;

    /// Ever since the store was made, but for what a stopped process wrote in its last minute.
    private volatile long bytes;

    /// @param revision the newest one when the minute began
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
                .forEach((minute, noted) -> minutes.put(Long.parseLong(minute), Noted.read(noted)));
        newest = minutes.isEmpty() ? Long.MIN_VALUE : minutes.lastKey();
        bytes = minutes.isEmpty() ? 0 : minutes.lastEntry().getValue().bytes();
    }

    /// Before the first write of a minute.
    void note(Instant time, Revision before, Batch batch) {
        long minute = minute(time);
        if (newest < minute) { // a clock may go back
            newest = minute;
            Noted noted = new Noted(before, bytes);
            minutes.put(minute, noted);
            batch.fact(FACT + minute, noted.stored());
        }
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
        boolean all = minutes.isEmpty() || now - minutes.firstEntry().getValue().bytes() <= most;
        if (all) {
            return Revision.NONE;
        }
        return minutes.values().stream()
                .filter(noted -> now - noted.bytes() <= most)
                .findFirst()
                .orElseGet(() -> minutes.lastEntry().getValue())
                .revision();
    }

    /// Forgets minutes that ended before `compacted`.
    void forget(Revision compacted, Batch batch) {
        while (minutes.size() > 1
                && !minutes.higherEntry(minutes.firstKey())
                        .getValue()
                        .revision()
                        .after(compacted)) {
            batch.forget(FACT + minutes.firstKey());
            minutes.pollFirstEntry();
        }
    }

    /// The newest revision at the beginning of the minute of `time`; `now` when nothing was written
    /// since, and none before what is kept.
    Revision at(Instant time, Revision now) {
        long minute = minute(time);
        if (minutes.isEmpty() || minute < minutes.firstKey()) {
            return Revision.NONE;
        }
        return Optional.ofNullable(minutes.ceilingEntry(minute))
                .map(entry -> entry.getValue().revision())
                .filter(noted -> noted.before(now))
                .orElse(now);
    }

    /// When the minute began in which a revision was written; empty when that is forgotten.
    Optional<Instant> of(Revision revision) {
        // Noted revisions go up with the minutes: from the newest down, the first one older than
        // `revision` opened its minute. Most questions are about what happened lately.
        return minutes.descendingMap().entrySet().stream()
                .filter(minute -> minute.getValue().revision().before(revision))
                .findFirst()
                .map(minute -> Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute.getKey())));
    }

    private static long minute(Instant time) {
        return TimeUnit.SECONDS.toMinutes(time.getEpochSecond());
    }
}
