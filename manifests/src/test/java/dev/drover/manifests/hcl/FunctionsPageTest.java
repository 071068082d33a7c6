package dev.drover.manifests.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.hcl.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/functions.md, made here from the golden file that Go's libraries have made.
class FunctionsPageTest {
    private static final Path PAGE = Path.of("../docs/functions.md");
    private static final Path GOLDEN =
            Path.of("src/test/resources/dev/drover/manifests/hcl/expressions.golden");
    private static final Pattern CALL = Pattern.compile("\\b([a-z][a-z0-9_]*)\\(");

    private static final Map<String, String> NOTES =
            Map.ofEntries(
                    Map.entry("abspath", "from the working directory"),
                    Map.entry("bcrypt", "another hash each time: its form is checked"),
                    Map.entry("file", "beneath the manifest's folder and `--allow-path` only"),
                    Map.entry("filebase64", "as `file`"),
                    Map.entry("fileexists", "as `file`"),
                    Map.entry("fileset", "as `file`; links are not followed"),
                    Map.entry("format", "a width or precision of 4,096 at most"),
                    Map.entry("pathexpand", "refuses `~`: it is another folder for everybody"),
                    Map.entry("log", "its last digit is that of the JVM's logarithm"),
                    Map.entry("pow", "of a part or a large number: its last digit is the JVM's"),
                    Map.entry("range", "1,024 numbers at most, as in Go"),
                    Map.entry("rsadecrypt", "keys of 4,096 bits at most, without a passphrase"),
                    Map.entry("uuidv4", "another one each time: its form is checked"),
                    Map.entry(
                            "yamldecode",
                            "no tags of one's own, no binary, keys are text, dates too"));

    @Test
    void the_page_tells_how_often_each_function_was_compared() throws IOException {
        String actual = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, actual);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(actual);
    }

    private static String page() throws IOException {
        List<String> lines = Files.readAllLines(GOLDEN);
        Map<String, Long> cases =
                lines.stream()
                        .map(line -> line.substring(0, line.lastIndexOf('\t')))
                        .flatMap(e -> CALL.matcher(e).results().map(r -> r.group(1)).distinct())
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        StringBuilder page =
                new StringBuilder(
                        """
                        # Functions

                        Every function of Nomad's job files. The results of %,d expressions were made by Go's own libraries and are what ours are
                        compared with at every build; a case is an expression that calls the function, mistakes included. Made by `make golden`.

                        Beyond the table: there is no negative zero (`-0` is 0: numbers are decimal here), a `null` has no type, so that
                        `true ? null : "a"` is a null and not a text that is null, a list and a set beside each other in a condition give a list
                        of what both convert to, lists or objects beside a null in a set keep it, where Go's library fails, and the remainder of
                        a division whose quotient is not exact may be the divisor instead of 0. Nothing else differed in 20,000 random calls.

                        | function | cases | what differs, or is bounded |
                        |---|---|---|
                        """
                                .replace("%,d", Integer.toString(lines.size())));
        for (String name : new Functions(dev.drover.manifests.hcl.function.Files.none()).names()) {
            page.append("| `").append(name).append("` | ").append(cases.getOrDefault(name, 0L));
            page.append(" | ").append(NOTES.getOrDefault(name, "")).append(" |\n");
        }
        return page.toString();
    }
}
