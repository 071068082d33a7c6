package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether each bug of `src/test/planted` can still be planted: `make planted` looks for them, and
/// nobody runs it at each build.
class PlantedTest {
    private static final Path FOLDER = Path.of("src/test/planted");

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void the_bug_fits_into_the_code_as_it_is(Path patch) throws IOException {
        List<String> lines = Files.readAllLines(patch);
        String file = lines.get(1).substring("+++ ".length());
        String before =
                lines.stream()
                        .skip(3) // two of file names, one of line numbers
                        .filter(line -> !line.startsWith("+"))
                        .map(line -> line.isEmpty() ? line : line.substring(1))
                        .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("..").resolve(file))).contains(before);
    }
}
