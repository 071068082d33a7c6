package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.node.link.Silence;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SilenceStepTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static SilenceStep next(String disconnect, Silence silence) throws IOException {
        String json = "{\"name\":\"g\"%s,\"tasks\":[]}".formatted(disconnect);
        return SilenceStep.next(Optional.of(RecordJson.read(TaskGroup.class, json)), silence);
    }

    private static SilenceStep after(Duration lasting, Duration doubtful) throws IOException {
        return next(
                ",\"disconnect\":{\"stopOnClientAfter\":\"5m\"}", new Silence(lasting, doubtful));
    }

    @Test
    void who_says_nothing_of_silence_runs_on() throws Exception {
        Silence days = new Silence(Duration.ofDays(9), Duration.ZERO);

        assertThat(next("", days)).isEqualTo(new SilenceStep.Bear());
        assertThat(next(",\"disconnect\":{\"lostAfter\":\"1m\"}", days))
                .isEqualTo(new SilenceStep.Bear());
        assertThat(SilenceStep.next(Optional.empty(), days)).isEqualTo(new SilenceStep.Bear());
    }

    @Test
    void it_stops_when_the_silence_is_as_long_as_its_group_says() throws Exception {
        assertThat(after(LIMIT.minus(SECOND), Duration.ZERO))
                .isEqualTo(new SilenceStep.Wait(SECOND));
        assertThat(after(LIMIT, Duration.ZERO)).isEqualTo(new SilenceStep.Stop(LIMIT));
        assertThat(after(LIMIT.plus(SECOND), Duration.ZERO)).isEqualTo(new SilenceStep.Stop(LIMIT));
    }

    @Test
    void what_may_be_no_silence_at_all_stops_nothing() throws Exception {
        assertThat(after(LIMIT.plus(SECOND), SECOND)).isEqualTo(new SilenceStep.Wait(SECOND));
        assertThat(after(Duration.ZERO, SECOND)).isEqualTo(new SilenceStep.Wait(LIMIT));
    }
}
