package dev.drover.store.durable;

import dev.drover.store.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// How much of the past is kept.
///
/// @param minAge younger than this is kept whatever it costs: watches and pages are under way in it
/// @param minRevisions as many are kept whatever they cost
/// @param maxAge older than this goes
/// @param maxBytes of files on disk; beyond that the older part of the history goes
public record Retention(Duration minAge, long minRevisions, Duration maxAge, long maxBytes) {
    /// What the product uses: a week, or two GB.
    public static final Retention STANDARD =
            new Retention(Duration.ofMinutes(5), 100_000, Duration.ofDays(7), 2L << 30);

    /// What decides.
    ///
    /// @param atMinAge the newest revision [Retention#minAge] ago
    /// @param atMaxAge the newest revision [Retention#maxAge] ago
    record Seen(
            Revision newest,
            Revision compacted,
            Revision atMinAge,
            Revision atMaxAge,
            long bytes) {}

    /// Where to compact now; empty when nothing is to go.
    Optional<Revision> boundary(Seen seen) {
        long protectedFrom =
                Math.min(seen.atMinAge().number(), seen.newest().number() - minRevisions);
        long wanted = seen.atMaxAge().number();
        if (seen.bytes() > maxBytes) {
            // A quarter at a time: what goes is removed from the files only later.
            long kept = protectedFrom - seen.compacted().number();
            wanted = Math.max(wanted, seen.compacted().number() + (kept + 3) / 4);
        }
        return Stream.of(Math.min(wanted, protectedFrom))
                .filter(to -> to > seen.compacted().number())
                .map(Revision::new)
                .findFirst();
    }
}
