package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Revision;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Retention RETENTION =
            new Retention(Duration.ofMinutes(5), 100, Duration.ofDays(7), 1_000);

    @Test
    void what_is_older_than_the_oldest_that_is_wanted_goes() {
        assertThat(RETENTION.boundary(seen(900, 100, 800, 300, 0))).contains(new Revision(300));
    }

    @Test
    void nothing_goes_that_is_gone_already() {
        assertThat(RETENTION.boundary(seen(900, 300, 800, 300, 300))).isEmpty();
        assertThat(RETENTION.boundary(seen(900, 300, 800, 0, 0))).isEmpty();
    }

    @Test
    void what_was_written_before_as_much_as_is_kept_goes() {
        assertThat(RETENTION.boundary(seen(900, 100, 500, 0, 200))).contains(new Revision(200));
        assertThat(RETENTION.boundary(seen(900, 100, 500, 300, 200))).contains(new Revision(300));
    }

    @Test
    void the_youngest_and_as_many_as_promised_stay_whatever_they_cost() {
        assertThat(RETENTION.boundary(seen(900, 100, 140, 600, 700))).contains(new Revision(140));
        assertThat(RETENTION.boundary(seen(150, 0, 140, 140, 140))).contains(new Revision(50));
        assertThat(RETENTION.boundary(seen(90, 0, 80, 80, 80))).isEmpty();
    }

    private static Retention.Seen seen(
            long newest, long compacted, long atMinAge, long atMaxAge, long atMaxBytes) {
        return new Retention.Seen(
                new Revision(newest),
                new Revision(compacted),
                new Revision(atMinAge),
                new Revision(atMaxAge),
                new Revision(atMaxBytes));
    }
}
