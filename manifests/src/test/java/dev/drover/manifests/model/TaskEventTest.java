package dev.drover.manifests.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskEventTest {
    /// A report that the store does not take would be sent again for ever.
    @Test
    void what_is_longer_than_people_read_is_cut() {
        String message = "no program ".repeat(100_000);

        assertThat(event(message).message())
                .hasSize(TaskEvent.MESSAGE_MAX)
                .startsWith("no program no program")
                .endsWith("…");
    }

    @Test
    void half_a_letter_is_none() {
        String message = event("😀".repeat(TaskEvent.MESSAGE_MAX)).message();

        assertThat(message).hasSizeLessThanOrEqualTo(TaskEvent.MESSAGE_MAX).endsWith("😀…");
    }

    @Test
    void what_people_read_is_kept() {
        String message = "x".repeat(TaskEvent.MESSAGE_MAX);

        assertThat(event(message).message()).isEqualTo(message);
    }

    private static TaskEvent event(String message) {
        return new TaskEvent(Instant.EPOCH, "Driver Failure", message);
    }
}
