package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Revision;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// Which revision was the newest when: noted with the first write of each minute, so that time
/// costs nothing while nothing happens. Written by the thread that applies, read by all.
final class Times {
    private static final String FACT = "time/";

    /// By the minute since 1970: the newest revision when it began, as far as history is kept.
    private final NavigableMap<Long, Revision> minutes = new ConcurrentSkipListMap<>();

    Times(Database database) {
        database.facts(FACT)
                .forEach((minute, revision) ->
                        minutes.put(Long.parseLong(minute), Revision.parse(revision.utf8())));
    }

    /// Before the first write of a minute.
    void note(Instant time, Revision before, Batch batch) {
        long minute = minute(time);
        if (minutes.isEmpty() || minutes.lastKey() < minute) { // a clock may go back
            minutes.put(minute, before);
            batch.fact(FACT + minute, Bytes.utf8(before.toString()));
        }
    }

    /// Forgets minutes that ended before `compacted`.
    void forget(Revision compacted, Batch batch) {
        while (minutes.size() > 1
                && !minutes.higherEntry(minutes.firstKey()).getValue().after(compacted)) {
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
                .map(Map.Entry::getValue)
                .filter(noted -> noted.before(now))
                .orElse(now);
    }

    /// When the minute began in which a revision was written; empty when that is forgotten.
    Optional<Instant> of(Revision revision) {
        // Noted revisions go up with the minutes: from the newest down, the first one older than
        // `revision` opened its minute. Most questions are about what happened lately.
        return minutes.descendingMap().entrySet().stream()
                .filter(minute -> minute.getValue().before(revision))
                .findFirst()
                .map(minute -> Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(minute.getKey())));
    }

    private static long minute(Instant time) {
        return TimeUnit.SECONDS.toMinutes(time.getEpochSecond());
    }
}
