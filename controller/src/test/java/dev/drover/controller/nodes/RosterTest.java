package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Instant START = Instant.parse("2026-11-30T05:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Roster roster = new Roster();

    /// Looks every second from the first to the last, as the watchman does.
    private Map<String, Duration> lookFrom(int first, int last) {
        Map<String, Duration> silent = Map.of();
        for (int second = first; second <= last; second++) {
            silent = roster.silent(at(second), GRACE);
        }
        return silent;
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    @Test
    void a_node_is_silent_when_it_was_not_heard_for_longer_than_the_grace() {
        roster.heard("n1", at(0));

        assertThat(lookFrom(0, 20)).isEmpty();
        assertThat(lookFrom(21, 21)).isEqualTo(Map.of("n1", Duration.ofSeconds(21)));
    }

    @Test
    void who_was_heard_meanwhile_is_not_forgotten() {
        roster.heard("n1", at(0));
        roster.heard("n2", at(0));
        lookFrom(0, 21);
        roster.heard("n2", at(21));

        roster.forget("n1", at(0));
        roster.forget("n2", at(0));

        assertThat(lookFrom(22, 50)).containsOnlyKeys("n2");
    }

    @Test
    void who_slept_has_heard_nobody_and_holds_it_against_nobody() {
        roster.heard("n1", at(0));
        lookFrom(0, 10);
        roster.heard("n2", at(10).plusMillis(900)); // right before it fell asleep

        assertThat(lookFrom(3_610, 3_620)).as("an hour in which nobody looked").isEmpty();

        roster.heard("n2", at(3_619));
        assertThat(lookFrom(3_621, 3_622)).containsOnlyKeys("n1");
    }

    @Test
    void a_clock_that_is_set_back_hides_no_silence() {
        roster.heard("n1", at(7_200));
        roster.heard("n2", at(7_200));
        lookFrom(7_200, 7_210);
        roster.heard("n2", at(0)); // after it was set, before anybody looked

        assertThat(lookFrom(0, 10)).isEmpty();
        assertThat(lookFrom(11, 20)).containsOnlyKeys("n1");
    }
}
