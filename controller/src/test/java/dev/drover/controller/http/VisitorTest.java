package dev.drover.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VisitorTest {
    private final Visitor visitor = new Visitor();

    private Duration idleInAnHour() {
        return visitor.idleFor(System.nanoTime() + Duration.ofHours(1).toNanos());
    }

    @Test
    void who_is_being_answered_is_not_idle() {
        visitor.begin();
        assertThat(idleInAnHour()).isZero();

        visitor.end();
        assertThat(idleInAnHour()).isPositive();
    }

    /// The client has an answer, and asks again, before the thread that gave it has come to its
    /// end.
    @Test
    void a_request_that_ends_late_does_not_end_the_next_one() {
        visitor.begin();
        visitor.begin();
        visitor.end();

        assertThat(idleInAnHour()).isZero();
    }
}
