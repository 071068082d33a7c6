package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifest;
import dev.drover.manifests.Read;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every manifest in examples/ is one; EndToEndTest runs some of them.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    static List<String> manifests() throws IOException {
        try (Stream<Path> all = Files.walk(EXAMPLES)) {
            return all.map(Path::toString)
                    .filter(name -> name.matches(".*\\.(hcl|yaml|json)"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_example_is_valid(String file) throws IOException {
        Terminal terminal = Terminal.plain();

        int code = terminal.type(withSums(file).toArray(String[]::new));

        // the article's jobs stand as they were printed, old forms and all
        assertThat(terminal.err().lines().filter(line -> line.matches(".*:\\d+ [EW]1.*")))
                .allMatch(line -> line.contains("/article/") && line.contains(" W1402 "));
        assertThat(code).isZero();
    }

    /// The article's jobs take the checksums of what was built before: any will do here.
    private static List<String> withSums(String file) throws IOException {
        List<String> words = new ArrayList<>(List.of("validate", file));
        Matcher sums =
                Pattern.compile("variable \"(\\w+_sum)\"").matcher(Files.readString(Path.of(file)));
        while (sums.find()) {
            words.add("--var");
            words.add(sums.group(1) + "=" + "0".repeat(64));
        }
        return words;
    }

    @Test
    void hello_is_the_same_job_in_every_syntax() throws Exception {
        List<Resource> hcl = resources("hello/hello.hcl");

        assertThat(resources("hello/hello.yaml")).isEqualTo(hcl);
        assertThat(resources("hello/hello.json")).isEqualTo(hcl);
    }

    private static List<Resource> resources(String name) throws Exception {
        String file = EXAMPLES.resolve(name).toString();
        Read read = Manifested.read(ManifestFiles.read(List.of(file)).getFirst(), Inputs.none());
        assertThat(read).isInstanceOf(Read.Resources.class);
        return ((Read.Resources) read).manifests().stream().map(Manifest::resource).toList();
    }
}
