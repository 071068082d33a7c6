package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    @Test
    void a_mistake_ends_its_round_alone() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        Runnable mistaken =
                () -> {
                    begun.countDown();
                    throw new IllegalStateException("a mistake");
                };

        try (Rounds _ = Rounds.begin("mistaken", Duration.ofMillis(1), mistaken)) {
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
