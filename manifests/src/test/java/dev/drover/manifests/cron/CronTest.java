package dev.drover.manifests.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// 2026-11-29 is a Sunday.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * *       | 2026-11-29T19:05:30 | 2026-11-29T19:15:00",
                "0 4 * * *          | 2026-11-29T04:00:00 | 2026-11-30T04:00:00",
                "30 9-17/4 * * 1-5  | 2026-11-29T00:00:00 | 2026-11-30T09:30:00",
                "5/20 * * * *       | 2026-11-29T19:26:00 | 2026-11-29T19:45:00",
                "0 0 1,15 * *       | 2026-11-29T00:00:00 | 2026-12-01T00:00:00",
                "0 0 13 * FRI       | 2026-11-29T00:00:00 | 2026-12-04T00:00:00",
                "0 0 ? * monday     | 2026-11-29T00:00:00 | 2026-11-30T00:00:00",
                "0 0 L * *          | 2027-02-01T00:00:00 | 2027-02-28T00:00:00",
                "0 0 LW * *         | 2027-02-01T00:00:00 | 2027-02-26T00:00:00",
                "0 0 1W 5 *         | 2027-01-01T00:00:00 | 2027-05-03T00:00:00",
                "0 0 15W 8 *        | 2027-08-01T00:00:00 | 2027-08-16T00:00:00",
                "0 0 * * 5#2        | 2026-12-01T00:00:00 | 2026-12-11T00:00:00",
                "0 0 * * 1L         | 2026-12-01T00:00:00 | 2026-12-28T00:00:00",
                "0 0 * * 7          | 2026-11-30T00:00:00 | 2026-12-06T00:00:00",
                "0 0 29 2 *         | 2097-01-01T00:00:00 | ",
                "0 0 29 FEB *       | 2026-01-01T00:00:00 | 2028-02-29T00:00:00",
                "0 12 * * * 2028    | 2026-11-29T00:00:00 | 2028-01-01T12:00:00",
                "0 12 * * * 2020    | 2026-11-29T00:00:00 | ",
                "*/10 * * * * * *   | 2026-11-29T19:05:31 | 2026-11-29T19:05:40",
                "59 59 23 31 12 * * | 2026-11-29T00:00:00 | 2026-12-31T23:59:59",
                "@hourly            | 2026-11-29T19:05:31 | 2026-11-29T20:00:00",
                "@weekly            | 2026-11-29T00:00:00 | 2026-12-06T00:00:00",
                "@yearly            | 2026-11-29T00:00:00 | 2027-01-01T00:00:00",
            })
    void comes_next(String text, LocalDateTime after, LocalDateTime next) {
        Optional<LocalDateTime> found =
                cron(text)
                        .next(after.toInstant(ZoneOffset.UTC), UTC)
                        .map(time -> LocalDateTime.ofInstant(time, UTC));

        assertThat(found).isEqualTo(Optional.ofNullable(next));
    }

    @Test
    void a_local_time_that_the_clocks_skip_does_not_come() {
        Instant before = Instant.parse("2027-03-27T12:00:00Z"); // clocks go from 2 to 3 on the 28th

        assertThat(cron("30 2 * * *").next(before, BERLIN))
                .contains(Instant.parse("2027-03-29T00:30:00Z"));
    }

    @Test
    void a_local_time_that_the_clocks_show_twice_comes_twice() {
        Instant before = Instant.parse("2026-10-24T12:00:00Z"); // clocks go from 3 to 2 on the 25th

        List<Instant> times =
                Stream.iterate(before, t -> cron("30 2 * * *").next(t, BERLIN).orElseThrow())
                        .skip(1)
                        .limit(3)
                        .toList();

        assertThat(times)
                .containsExactly(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"),
                        Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void comes_exactly_when_the_clock_on_the_wall_shows_it() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            int minute = random.nextInt(60);
            int hour = random.nextInt(24);
            ZoneId zone =
                    List.of(BERLIN, ZoneId.of("America/New_York"), ZoneId.of("Australia/Lord_Howe"))
                            .get(random.nextInt(3));
            Instant from =
                    Instant.parse("2026-01-01T00:00:00Z")
                            .plus(random.nextInt(365 * 24 * 60), ChronoUnit.MINUTES);
            Instant expected = from.plus(1, ChronoUnit.MINUTES);
            while (expected.atZone(zone).getMinute() != minute
                    || expected.atZone(zone).getHour() != hour) {
                expected = expected.plus(1, ChronoUnit.MINUTES);
            }

            assertThat(cron(minute + " " + hour + " * * *").next(from, zone))
                    .as("seed " + seed)
                    .contains(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * *         | it has 4 fields, and there are 5, 6 or 7 of them",
                "60 * * * *      | minute \"60\" is not between 0 and 59",
                "0 22-2 * * *    | hour 22-2 goes backwards: write 22-23,0-2",
                "*/0 * * * *     | minute */0 has a step that is not between 1 and 9999",
                "0 0 * fooo *    | month \"fooo\" is not between 1 and 12",
                "0 0 * * 1#6     | number after # \"6\" is not between 1 and 5",
                "0 0 32 * *      | day of the month \"32\" is not between 1 and 31",
                "0,,5 * * * *    | \"\" is no minute",
            })
    void says_what_is_wrong(String text, String why) {
        assertThat(Cron.read(text)).isEqualTo(new Cron.Reading.Wrong(why));
    }

    @Test
    void knows_the_nicknames_there_are() {
        assertThat(Cron.read("@reboot"))
                .isInstanceOfSatisfying(
                        Cron.Reading.Wrong.class,
                        wrong -> assertThat(wrong.why()).contains("@reboot", "@daily"));
    }

    private static Cron cron(String text) {
        return switch (Cron.read(text)) {
            case Cron.Reading.Times(Cron cron) -> cron;
            case Cron.Reading.Wrong(String why) -> throw new AssertionError(text + ": " + why);
        };
    }
}
