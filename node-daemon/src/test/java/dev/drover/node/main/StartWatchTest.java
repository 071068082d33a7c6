package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

final class StartWatchTest {
    @Test
    void a_start_that_takes_long_is_told_of_with_where_it_is() throws Exception {
        BlockingQueue<String> told = new ArrayBlockingQueue<>(1);

        try (StartWatch _ = new StartWatch(Duration.ofMillis(1), told::offer)) {
            assertThat(told.take())
                    .startsWith("this node has not started within 0 s; it is at")
                    .contains("StartWatchTest.a_start_that_takes_long");
        }
    }
}
