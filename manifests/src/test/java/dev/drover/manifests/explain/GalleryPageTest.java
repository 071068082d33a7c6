package dev.drover.manifests.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/errors/gallery.md, made here from the gallery of mistakes.
class GalleryPageTest {
    private static final Path PAGE = Path.of("../docs/errors/gallery.md");
    private static final Path GALLERY = Path.of("src/test/resources/dev/drover/manifests/bad");

    @Test
    void the_page_shows_every_mistake_with_what_people_are_told() throws IOException {
        String actual = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, actual);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(actual);
    }

    private static String page() throws IOException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Real mistakes

                        Mistakes that real job files have, what Drover says of each, and what Nomad says of the same one (its words as 2.0.6, or from
                        the twentieth on its parser of 1.11, prints them, with the file and the places of the file here). Made by `make golden` from the test's files.
                        """);
        List<Path> files;
        try (Stream<Path> all = Files.list(GALLERY)) {
            files = all.filter(f -> f.toString().matches(".*/n\\d\\d-.*\\.hcl")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(20);
        for (Path file : files) {
            append(file, page);
        }
        return page.toString();
    }

    private static void append(Path file, StringBuilder page) throws IOException {
        String name = file.getFileName().toString();
        String title = name.substring(4, name.length() - 4).replace('-', ' ');
        Path nomad = file.resolveSibling(name.replace(".hcl", ".nomad"));
        page.append("\n## ").append(Integer.parseInt(name.substring(1, 3))).append(". ");
        page.append(Character.toUpperCase(title.charAt(0))).append(title.substring(1));
        page.append("\n\n").append(fenced("hcl", Files.readString(file)));
        page.append("\nDrover:\n\n");
        page.append(fenced("text", Files.readString(file.resolveSibling(name + ".problems"))));
        page.append(
                Files.exists(nomad)
                        ? "\nNomad:\n\n"
                        : "\nNomad: not recorded (its parser takes the file).\n");
        if (Files.exists(nomad)) {
            page.append(fenced("text", Files.readString(nomad)));
        }
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text.stripTrailing() + "\n```\n";
    }
}
