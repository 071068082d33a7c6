package dev.drover.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir Path folder;

    private final HealthWatch.Witness nobody =
            new HealthWatch.Witness() {
                @Override
                public Optional<HealthView> sight(Instant since) {
                    return Optional.empty();
                }

                @Override
                public void decided(Map<String, String> because) {}
            };

    private HealthWatch open(Path path, Optional<String> deployment, Instant now) throws Exception {
        return HealthWatch.open(path, deployment, () -> now, nobody);
    }

    @Test
    void its_deadline_goes_on_counting_under_another_daemon() throws Exception {
        open(folder.resolve("health"), Optional.of("d1"), NOON);

        assertThat(open(folder.resolve("health"), Optional.of("d1"), NOON.plusSeconds(9)).since())
                .isEqualTo(NOON);
        assertThat(open(folder.resolve("health"), Optional.of("d2"), NOON.plusSeconds(9)).since())
                .isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void begins_anew_when_the_clock_was_set_back() throws Exception {
        open(folder.resolve("health"), Optional.of("d1"), NOON.plusSeconds(3600));

        assertThat(open(folder.resolve("health"), Optional.of("d1"), NOON).since()).isEqualTo(NOON);
        assertThat(open(folder.resolve("health"), Optional.of("d1"), NOON.plusSeconds(9)).since())
                .isEqualTo(NOON);
    }

    @Test
    void begins_anew_when_the_clock_is_set_back_meanwhile() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOON.plusSeconds(3600));
        CompletableFuture<Instant> seen = new CompletableFuture<>();
        HealthWatch.Witness witness =
                new HealthWatch.Witness() {
                    @Override
                    public Optional<HealthView> sight(Instant since) {
                        seen.complete(since);
                        return Optional.empty();
                    }

                    @Override
                    public void decided(Map<String, String> because) {}
                };
        HealthWatch watch =
                HealthWatch.open(folder.resolve("health"), Optional.of("d1"), now::get, witness);

        now.set(NOON);
        watch.begin();

        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(NOON);
    }

    @Test
    void a_mistake_of_its_witness_leaves_it_watching() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        HealthWatch.Witness mistaken =
                new HealthWatch.Witness() {
                    @Override
                    public Optional<HealthView> sight(Instant since) {
                        asked.countDown();
                        if (asked.getCount() > 0) {
                            throw new IllegalStateException("a mistake");
                        }
                        return Optional.empty();
                    }

                    @Override
                    public void decided(Map<String, String> because) {}
                };
        HealthWatch watch =
                HealthWatch.open(folder.resolve("health"), Optional.of("d1"), () -> NOON, mistaken);

        watch.begin();
        watch.look();

        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void begins_also_where_nothing_can_be_written_down() throws Exception {
        Path nowhere = folder.resolve("full/health");

        assertThat(open(nowhere, Optional.of("d1"), NOON).since()).isEqualTo(NOON);
    }
}
