package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class TrimTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_a_start_has_left_in_the_heap_is_collected_once_it_is_over() throws Exception {
        ReferenceQueue<Object> gone = new ReferenceQueue<>();
        WeakReference<Object> garbage = new WeakReference<>(new Object(), gone);

        try (Trim _ = Trim.begin()) {
            assertThat(gone.remove(SOON.toMillis())).isSameAs(garbage);
        }
    }
}
