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
/// @param maxBytes of keys and values; what was written before the newest so many goes
public record Retention(Duration minAge, long minRevisions, Duration maxAge, long maxBytes) {
    /// What the product uses: a week, or two GB.
    public static final Retention STANDARD =
            new Retention(Duration.ofMinutes(5), 100_000, Duration.ofDays(7), 2L << 30);

    /// The same up to another age.
    public Retention withMaxAge(Duration other) {
        return new Retention(minAge, minRevisions, other, maxBytes);
    }

    /// The same up to another size.
    public Retention withMaxBytes(long other) {
        return new Retention(minAge, minRevisions, maxAge, other);
    }

    /// What decides.
    ///
    /// @param atMinAge the newest revision [Retention#minAge] ago
    /// @param atMaxAge the newest revision [Retention#maxAge] ago
    /// @param atMaxBytes what was written after it is [Retention#maxBytes] at most
    record Seen(
            Revision newest,
            Revision compacted,
            Revision atMinAge,
            Revision atMaxAge,
            Revision atMaxBytes) {}

    /// Where to compact now; empty when nothing is to go.
    Optional<Revision> boundary(Seen seen) {
        long protectedFrom =
                Math.min(seen.atMinAge().number(), seen.newest().number() - minRevisions);
        long wanted = Math.max(seen.atMaxAge().number(), seen.atMaxBytes().number());
        return Stream.of(Math.min(wanted, protectedFrom))
                .filter(to -> to > seen.compacted().number())
                .map(Revision::new)
                .findFirst();
    }
}
