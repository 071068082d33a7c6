package dev.drover.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.driver.Usage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Usage usage(long cpuMillis) {
        return new Usage(Duration.ofMillis(cpuMillis), 1 << 20, 2);
    }

    private static Instant at(int sample) {
        return NOON.plusSeconds(10L * sample);
    }

    @Test
    void the_share_of_a_core_is_what_was_used_since_the_sample_before() {
        Series series = new Series();
        series.add(series.point(usage(1_000), at(0)));

        assertThat(series.point(usage(6_000), at(1)).cpuPermille()).isEqualTo(500);
        assertThat(series.point(usage(21_000), at(1)).cpuPermille()).isEqualTo(2_000);
    }

    @Test
    void what_was_used_stays_used_when_a_process_ends() {
        Series series = new Series();
        series.add(series.point(usage(6_000), at(0)));

        Series.Point after = series.point(usage(1_000), at(1));

        assertThat(after.cpu()).isEqualTo(Duration.ofSeconds(6));
        assertThat(after.cpuPermille()).isZero();
    }

    @Test
    void an_hour_is_kept_and_no_more() {
        Series series = new Series();
        for (int i = 0; i < 1_000; i++) {
            series.add(series.point(usage(i * 1_000L), at(i)));
        }

        assertThat(series.points())
                .hasSize(Series.SAMPLES_MAX)
                .extracting(Series.Point::at)
                .startsWith(at(640), at(641))
                .endsWith(at(999));
        assertThat(series.points()).extracting(Series.Point::cpuPermille).containsOnly(100);
    }
}
