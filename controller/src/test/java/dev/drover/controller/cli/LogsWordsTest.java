package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogsWordsTest {
    @ParameterizedTest
    @CsvSource({
        "-tail -n 50 1c4f, --tail=50 1c4f",
        "-n 2 1c4f web, --tail=2 1c4f web",
        "-tail 1c4f, --tail=10 1c4f",
        "-f -tail -stderr 1c4f, --tail=10 -f -stderr 1c4f",
        "-tail -c 100 1c4f, -c 100 1c4f",
        "--tail 20 1c4f, --tail=20 1c4f",
        "--tail=20 -n team 1c4f, --tail=20 -n team 1c4f",
        "-tail -n team 1c4f, --tail=10 -n team 1c4f",
        "--since 10m web, --since 10m web"
    })
    void nomads_tail_is_understood(String typed, String meant) {
        assertThat(new LogsCommand().typed(words(typed))).isEqualTo(words(meant));
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }
}
