package dev.drover.manifests.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.tree.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/errors: one page a code, made here from the table of codes and from the gallery of
/// mistakes.
class CodePageTest {
    private static final Path PAGES = Path.of("../docs/errors");
    private static final Path GALLERY = Path.of("src/test/resources/dev/drover/manifests/bad");

    @Test
    void every_code_has_its_page_and_no_page_is_left_over() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("golden.update")) {
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
            }
        }

        assertThat(written()).isEqualTo(pages);
    }

    @Test
    void a_code_says_what_why_and_how_to_fix_it() {
        assertThat(Code.values())
                .allSatisfy(code -> {
                    assertThat(code.id()).matches("[EW]1[0-4]\\d\\d");
                    assertThat(code.title()).isNotBlank();
                    assertThat(code.why()).endsWith(".");
                    assertThat(code.fix()).endsWith(".");
                });
        assertThat(Code.values()).extracting(Code::id).doesNotHaveDuplicates();
    }

    @Test
    void a_code_is_found_in_any_letter_case() {
        assertThat(CodePage.code("e1203")).contains(Code.UNKNOWN_FIELD);
        assertThat(CodePage.code("E9999")).isEmpty();
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*([EW]\\d+|README)\\.md")).toList()) {
                written.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return written;
    }

    private static Map<String, String> pages() throws IOException {
        List<String> examples = examples();
        Map<String, String> pages = new TreeMap<>();
        for (Code code : Code.values()) {
            String example =
                    example(code, examples)
                            .map(text -> "\nAs it is shown:\n\n```text\n" + text + "\n```\n")
                            .orElse("");
            pages.put(code.id() + ".md", CodePage.markdown(code) + example);
        }
        pages.put("README.md", table());
        return pages;
    }

    private static String table() {
        return Arrays.stream(Code.values())
                .map(CodePage::row)
                .collect(
                        Collectors.joining(
                                "",
                                """
                                # Mistakes in manifests

                                Every mistake is shown with its place, its line, why it is one and how to mend it, and with a code that never
                                changes its meaning: E for errors, W for warnings. `drover explain E1203` prints a code's page;
                                `drover validate -o json` hands all of it to an editor. [gallery.md](gallery.md) shows mistakes that people
                                make, and what they are told here and elsewhere.

                                | code | what |
                                |---|---|
                                """,
                                ""));
    }

    /// Everything that the gallery's files are told, each a text of several lines.
    private static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(GALLERY)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".problems")).sorted().toList()) {
                all.append(Files.readString(file)).append('\n');
            }
            return List.of(all.toString().split("\n\n"));
        }
    }

    private static Optional<String> example(Code code, List<String> examples) {
        return examples.stream()
                .map(String::strip)
                .filter(text -> text.lines().findFirst().orElse("").contains(" " + code.id() + " "))
                .findFirst();
    }
}
