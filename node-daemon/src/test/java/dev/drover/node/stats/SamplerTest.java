package dev.drover.node.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Usage;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SamplerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private boolean scarce;

    private final class Task implements Running {
        @Override
        public Optional<Usage> stats() throws IOException {
            if (scarce) {
                throw new IOException("Too many open files");
            }
            return Optional.of(new Usage(Duration.ZERO, 1, 1));
        }

        @Override
        public Exit await() {
            return new Exit.Code(0);
        }

        @Override
        public Optional<Exit> await(Duration max) {
            return Optional.empty();
        }

        @Override
        public boolean signal(Signal signal) {
            return true;
        }

        @Override
        public Exit stop(Signal first, Duration grace) {
            return new Exit.Code(0);
        }

        @Override
        public Execution exec(List<String> command, Optional<TerminalSize> terminal)
                throws IOException {
            throw new IOException("nothing runs");
        }

        @Override
        public void leave() {}
    }

    @Test
    void who_cannot_be_looked_at_once_keeps_the_hour_before() {
        var task = new Sampler.Subject("a", "default", "job", "t", new Task());
        try (Sampler sampler = new Sampler(() -> List.of(task), () -> NOON)) {
            sampler.sample();
            sampler.sample();

            scarce = true;
            sampler.sample();

            assertThat(sampler.usages(Optional.empty(), true)).hasSize(2);
        }
    }
}
