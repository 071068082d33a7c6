package dev.drover.manifests.cron;

import dev.drover.manifests.model.PeriodicPolicy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// When a periodic job's times come: the same for the loop that launches it and for the page that
/// says when it does so next.
public final class Timetable {
    private Timetable() {}

    /// The first time after a moment, of all that the policy names; empty when none comes again.
    public static Optional<Instant> after(PeriodicPolicy policy, Instant moment) {
        ZoneId zone = zone(policy.timeZone().orElse("UTC"));
        return Stream.concat(policy.cron().stream(), policy.crons().stream())
                .flatMap(Timetable::times)
                .flatMap(cron -> cron.next(moment, zone).stream())
                .min(Comparator.naturalOrder());
    }

    /// A job with times that cannot be read is not admitted.
    private static Stream<Cron> times(String text) {
        return Cron.read(text) instanceof Cron.Reading.Times(Cron cron)
                ? Stream.of(cron)
                : Stream.empty();
    }

    private static ZoneId zone(String name) {
        return name.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(name);
    }
}
