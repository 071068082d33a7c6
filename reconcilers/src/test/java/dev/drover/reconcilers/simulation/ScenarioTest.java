package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `src/test/scenarios/*.txt`, rewritten by `make golden`.
class ScenarioTest {
    private static final Path FOLDER = Path.of("src/test/scenarios");

    static List<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void the_story_goes_as_it_is_written(Path story) throws IOException {
        String written = Files.readString(story);

        String told = Scenario.tell(written);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(story, told);
        }
        assertThat(told).isEqualTo(Files.readString(story));
    }
}
