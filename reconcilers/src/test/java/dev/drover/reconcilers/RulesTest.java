package dev.drover.reconcilers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/nomad-rules.md names the test that shows each rule: every one it names is there.
class RulesTest {
    private static final Path PAGE = Path.of("../docs/nomad-rules.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|…)\\.?(\\w*)`");
    private static final Pattern STORY = Pattern.compile("[a-z-]+\\.txt");

    @Test
    void every_test_that_the_page_names_is_there() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String test = "";
            for (MatchResult named : TEST.matcher(line).results().toList()) {
                test = named.group(1).equals("…") ? test : named.group(1);
                String method = named.group(2);
                String text = tests.getOrDefault(test, "");
                if (!text.contains(method.isEmpty() ? test : "void " + method + "(")) {
                    missing.add(test + "." + method);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void every_story_that_the_page_names_is_there() throws IOException {
        List<Path> stories =
                STORY.matcher(Files.readString(PAGE))
                        .results()
                        .map(named -> Path.of("src/test/scenarios", named.group()))
                        .toList();

        assertThat(stories).isNotEmpty().allMatch(Files::exists);
    }

    /// The text of each test class of these rooms, by its name.
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String room : List.of("manifests", "reconcilers", "node-daemon", "controller")) {
            try (Stream<Path> files = Files.walk(Path.of("..", room, "src", "test", "java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    tests.put(name, Files.readString(file));
                }
            }
        }
        return tests;
    }
}
