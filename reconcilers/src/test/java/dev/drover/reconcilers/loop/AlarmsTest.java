package dev.drover.reconcilers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlarmsTest {
    private final Alarms alarms = new Alarms(InstantSource.system());
    private final Semaphore rung = new Semaphore(0);

    @BeforeEach
    void start() {
        alarms.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        alarms.stop();
    }

    @Test
    void a_bug_of_who_is_called_ends_no_other_alarm() throws InterruptedException {
        alarms.set(
                new Alarms.Key("bad"),
                Instant.EPOCH,
                () -> {
                    throw new UnsupportedOperationException("a bug");
                });
        alarms.set(new Alarms.Key("good"), Instant.EPOCH.plusSeconds(1), rung::release);

        assertThat(rung.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
}
