package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.tree.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Mistakes that people make, in every syntax, and what they are told: `bad/NAME.hcl` beside
/// `bad/NAME.hcl.problems`. Those of `bad/nNN-…` stand in docs/errors/gallery.md as well, beside
/// what Nomad says of them (`.nomad`).
class GalleryTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/drover/manifests/bad");

    @TestFactory
    Stream<DynamicTest> every_mistake_is_answered_with_place_reason_and_remedy()
            throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> manifests =
                    files.filter(file -> file.toString().matches(".*\\.(hcl|yaml|json)"))
                            .sorted()
                            .toList();
            assertThat(manifests).hasSizeGreaterThanOrEqualTo(45);
            return manifests.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(
                                    file.getFileName().toString(), () -> compare(file)));
        }
    }

    private static void compare(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        String actual =
                answer(
                        Manifests.check(
                                text,
                                name,
                                Syntax.of(name, text),
                                Inputs.of(new FolderFiles(FOLDER.toAbsolutePath().normalize()))));
        Path golden = file.resolveSibling(name + ".problems");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }

        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    private static String answer(Read read) {
        List<Problem> problems =
                switch (read) {
                    case Read.Resources(_, var warnings) -> warnings;
                    case Read.Problems(var all, _) -> all;
                };
        return problems.stream().map(Problem::text).collect(Collectors.joining("\n\n", "", "\n"));
    }
}
