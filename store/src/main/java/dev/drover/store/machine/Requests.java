package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Limits;
import dev.drover.store.Revision;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The answers to transactions that carried a request id, for as long as somebody may ask again.
final class Requests {
    private static final String FACT = "request/";

    private final Limits limits;

    /// Oldest first.
    private final Map<String, Answered> answered = new LinkedHashMap<>();

    private record Answered(Instant when, long revision, int written, int deleted) {
        Commit commit() {
            Revision at = new Revision(revision);
            return new Commit.Done(new Commit.Effect(at, List.of(), written, deleted));
        }

        Bytes bytes() {
            return Bytes.utf8(when.toEpochMilli() + " " + revision + " " + written + " " + deleted);
        }

        static Answered read(Bytes bytes) {
            String[] words = bytes.utf8().split(" ");
            return new Answered(
                    Instant.ofEpochMilli(Long.parseLong(words[0])),
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]));
        }
    }

    Requests(Limits limits, Database database) {
        this.limits = limits;
        database.facts(FACT).entrySet().stream()
                .map(e -> Map.entry(e.getKey(), Answered.read(e.getValue())))
                .sorted(Comparator.comparingLong(e -> e.getValue().revision()))
                .forEach(e -> answered.put(e.getKey(), e.getValue()));
    }

    Optional<Commit> answer(String id) {
        return Optional.ofNullable(answered.get(id)).map(Answered::commit);
    }

    void remember(String id, Instant when, Commit.Effect effect, Batch batch) {
        Answered answer =
                new Answered(when, effect.revision().number(), effect.written(), effect.deleted());
        answered.put(id, answer);
        batch.fact(FACT + id, answer.bytes());
    }

    void forget(Instant now, Batch batch) {
        if (answered.isEmpty()) {
            return;
        }
        Instant horizon = now.minus(limits.requestsKeptFor());
        var oldestFirst = answered.entrySet().iterator();
        boolean more = true;
        while (more && oldestFirst.hasNext()) {
            Map.Entry<String, Answered> oldest = oldestFirst.next();
            more =
                    oldest.getValue().when().isBefore(horizon)
                            || answered.size() >= limits.requestsKept();
            if (more) {
                batch.forget(FACT + oldest.getKey());
                oldestFirst.remove();
            }
        }
    }
}
