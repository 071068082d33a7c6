package dev.drover.manifests.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Times that come again: every moment at which the clock on the wall shows what is written.
///
/// Five fields are minute, hour, day of the month, month and day of the week; a sixth is the year;
/// of seven the first is the second. So a local time that the clocks skip does not come, and one
/// that they show twice comes twice, as with Nomad.
public final class Cron {
    private static final Map<String, String> NICKNAMES =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@hourly", "0 * * * *");

    private static final NumberField SECOND = NumberField.of("second", 0, 59);
    private static final NumberField MINUTE = NumberField.of("minute", 0, 59);
    private static final NumberField HOUR = NumberField.of("hour", 0, 23);
    private static final NumberField MONTH =
            NumberField.named("month", 1, "jan feb mar apr may jun jul aug sep oct nov dec");

    /// As far as the notation goes; what has not come by then never does.
    private static final NumberField YEAR = NumberField.of("year", 1970, 2099);

    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    private final Clock clock;
    private final BitSet months;
    private final BitSet years;
    private final Days days;

    /// The times of a day.
    private record Clock(BitSet seconds, BitSet minutes, BitSet hours) {}

    private Cron(Clock clock, BitSet months, BitSet years, Days days) {
        this.clock = clock;
        this.months = months;
        this.years = years;
        this.days = days;
    }

    /// What a text turned out to be.
    public sealed interface Reading {
        /// Times.
        record Times(Cron cron) implements Reading {}

        /// Nothing that can be understood.
        ///
        /// @param why what is wrong with it, in a sentence
        record Wrong(String why) implements Reading {}
    }

    /// Reads the notation.
    public static Reading read(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        String meant = NICKNAMES.getOrDefault(plain, plain);
        if (meant.startsWith("@")) {
            return new Reading.Wrong(
                    text + " is none of " + NICKNAMES.keySet().stream().sorted().toList());
        }
        List<String> fields = Arrays.asList(meant.split("\\s+"));
        if (fields.size() < 5 || fields.size() > 7) {
            return new Reading.Wrong(
                    "it has " + fields.size() + " fields, and there are 5, 6 or 7 of them");
        }
        try {
            return new Reading.Times(times(fields));
        } catch (WrongField e) {
            return new Reading.Wrong(e.why());
        }
    }

    private static Cron times(List<String> fields) throws WrongField {
        int minute = fields.size() == 7 ? 1 : 0;
        String second = fields.size() == 7 ? fields.getFirst() : "0";
        String year = fields.size() == 5 ? "*" : fields.getLast();
        Clock clock =
                new Clock(
                        SECOND.read(second),
                        MINUTE.read(fields.get(minute)),
                        HOUR.read(fields.get(minute + 1)));
        return new Cron(
                clock,
                MONTH.read(fields.get(minute + 3)),
                YEAR.read(year),
                Days.read(fields.get(minute + 2), fields.get(minute + 4)));
    }

    /// The next time after a moment; empty when there is none any more.
    public Optional<Instant> next(Instant after, ZoneId zone) {
        Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        while (from.isBefore(END)) {
            Instant until = changeOfClocks(from, zone);
            ZoneOffset offset = zone.getRules().getOffset(from);
            Optional<LocalDateTime> found =
                    between(
                            LocalDateTime.ofInstant(from, offset),
                            LocalDateTime.ofInstant(until, offset));
            if (found.isPresent()) {
                return Optional.of(found.get().toInstant(offset));
            }
            from = until;
        }
        return Optional.empty();
    }

    private static Instant changeOfClocks(Instant from, ZoneId zone) {
        return Optional.ofNullable(zone.getRules().nextTransition(from))
                .map(ZoneOffsetTransition::getInstant)
                .filter(change -> change.isBefore(END))
                .orElse(END);
    }

    /// The first one at `from` or later, and before `until`.
    private Optional<LocalDateTime> between(LocalDateTime from, LocalDateTime until) {
        LocalTime earliest = from.toLocalTime();
        LocalDate day = from.toLocalDate();
        while (!day.isAfter(until.toLocalDate())) {
            if (!years.get(day.getYear()) || !months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else {
                Optional<LocalDateTime> found =
                        days.contain(day) ? time(earliest).map(day::atTime) : Optional.empty();
                if (found.isPresent()) {
                    return found.filter(time -> time.isBefore(until));
                }
                day = day.plusDays(1);
            }
            earliest = LocalTime.MIN;
        }
        return Optional.empty();
    }

    /// The first time of a day that is not before `earliest`.
    private Optional<LocalTime> time(LocalTime earliest) {
        int minute = earliest.getMinute();
        int second = earliest.getSecond();
        for (int h = clock.hours.nextSetBit(earliest.getHour());
                h >= 0;
                h = clock.hours.nextSetBit(h + 1)) {
            boolean later = h > earliest.getHour();
            for (int m = clock.minutes.nextSetBit(later ? 0 : minute);
                    m >= 0;
                    m = clock.minutes.nextSetBit(m + 1)) {
                int s = clock.seconds.nextSetBit(later || m > minute ? 0 : second);
                if (s >= 0) {
                    return Optional.of(LocalTime.of(h, m, s));
                }
            }
        }
        return Optional.empty();
    }
}
