package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/security.md names no test that there is not.
class SecurityPageTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : List.of("../node-daemon", "../manifests")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                    sources.put(
                            file.getFileName().toString().replace(".java", ""),
                            Files.readString(file));
                }
            }
        }
        return sources;
    }

    @Test
    void every_test_that_the_page_names_is_there() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher test = TEST.matcher(Files.readString(PAGE));
        while (test.find()) {
            named++;
            if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(40);
    }
}
