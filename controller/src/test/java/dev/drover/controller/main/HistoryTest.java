package dev.drover.controller.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Sizes;
import dev.drover.manifests.shape.Durations;
import dev.drover.store.durable.Retention;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    @Test
    void what_is_not_said_is_as_usual() throws Exception {
        assertThat(History.of(Optional.empty(), Optional.empty())).isEqualTo(Retention.STANDARD);
    }

    @Test
    void its_help_names_what_is_usual() {
        Retention usual = Retention.STANDARD;

        assertThat(History.ageOption().description()[0])
                .contains("default " + Durations.text(usual.maxAge()));
        assertThat(History.bytesOption().description()[0])
                .contains("default " + Sizes.of(usual.maxBytes()))
                .contains("%d minutes".formatted(usual.minAge().toMinutes()))
                .contains("%,d changes".formatted(usual.minRevisions()));
    }

    @Test
    void an_age_changes_the_age_alone() throws Exception {
        assertThat(History.of(Optional.of("24h"), Optional.empty()))
                .isEqualTo(Retention.STANDARD.withMaxAge(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "1MiB, 1048576",
        "512 MiB, 536870912",
        "3GiB, 3221225472",
        "2TiB, 2199023255552",
        "9000000B, 9000000"
    })
    void a_size_changes_the_size_alone(String typed, long bytes) throws Exception {
        assertThat(History.of(Optional.empty(), Optional.of(typed)))
                .isEqualTo(Retention.STANDARD.withMaxBytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4m59s", "7d", "0", "-24h", ""})
    void an_age_that_no_watch_could_live_with_is_refused(String typed) {
        assertThatThrownBy(() -> History.of(Optional.of(typed), Optional.empty()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--history-age " + typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023KiB", "2", "2GB", "99999999999TiB", "-1GiB", ""})
    void a_size_that_is_none_is_refused(String typed) {
        assertThatThrownBy(() -> History.of(Optional.empty(), Optional.of(typed)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--history-bytes " + typed);
    }
}
