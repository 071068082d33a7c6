package dev.drover.reconcilers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.ResourceName;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final Backoff backoff = new Backoff();

    @Test
    void waits_twice_as_long_each_time_and_never_longer_than_five_seconds() {
        assertThat(lost(4)).map(Duration::toMillis).containsExactly(5L, 10L, 20L, 40L);
        assertThat(lost(5_000)).endsWith(Duration.ofSeconds(5));
    }

    @Test
    void begins_anew_after_a_turn_that_lost_nothing_and_is_of_one_name_alone() {
        assertThat(lost(7)).isNotEmpty();
        assertThat(backoff.lost(new ResourceName("default", "api"))).isEqualTo(Backoff.SHORTEST);

        backoff.done(WEB);

        assertThat(backoff.lost(WEB)).isEqualTo(Backoff.SHORTEST);
    }

    @Test
    void keeps_no_more_names_than_may_be() {
        assertThat(lost(7)).isNotEmpty();

        IntStream.range(0, Backoff.NAMES_MAX)
                .forEach(i -> backoff.lost(new ResourceName("default", "j" + i)));

        assertThat(backoff.lost(WEB)).isEqualTo(Backoff.SHORTEST);
    }

    private Stream<Duration> lost(int times) {
        return IntStream.range(0, times).mapToObj(_ -> backoff.lost(WEB)).toList().stream();
    }
}
