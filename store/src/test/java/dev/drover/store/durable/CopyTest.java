package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(classes = {UncheckedIOException.class, IllegalStateException.class})
    void one_that_cannot_be_made_lets_the_next_one_be(Class<?> failure) {
        AtomicInteger closed = new AtomicInteger();

        assertThatThrownBy(() -> Copy.make(_ -> fail(failure), folder, closed::incrementAndGet))
                .hasMessage("no");

        assertThat(closed).hasValue(1);
        assertThat(folder).isEmptyDirectory();
    }

    private static void fail(Class<?> failure) {
        throw failure.equals(IllegalStateException.class)
                ? new IllegalStateException("no")
                : new UncheckedIOException(new IOException("no"));
    }
}
