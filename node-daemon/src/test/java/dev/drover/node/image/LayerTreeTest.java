package dev.drover.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layers upon layers, honest ones and others.
class LayerTreeTest {
    private static final ImageLimits SMALL = new ImageLimits(1 << 20, 50, 200, 5);

    @TempDir Path temp;
    private Path root;
    private Path outside;
    private LayerTree tree;
    private boolean first = true;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        outside = Files.writeString(temp.resolve("outside"), "untouched");
        tree = new LayerTree(root, SMALL);
    }

    private void layer(ImageBuilder.Entries entries) throws IOException {
        byte[] tar = ImageBuilder.tar(entries);
        if (!first) {
            tree.takeAway(new TarReader(new ByteArrayInputStream(tar)));
        }
        tree.add(new TarReader(new ByteArrayInputStream(tar)), tar.length);
        first = false;
    }

    private void refused(String because, ImageBuilder.Entries entries) {
        assertThatExceptionOfType(ImageFailure.class)
                .isThrownBy(() -> layer(entries))
                .withMessageContaining(because);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_layer_lies_on_the_ones_below() throws IOException {
        layer(tar -> {
            ImageBuilder.folder(tar, "etc", 0750);
            ImageBuilder.file(tar, "etc/name", "one");
            ImageBuilder.file(tar, "./kept", "kept");
            ImageBuilder.special(tar, "link", TarConstants.LF_SYMLINK, "/etc/name");
        });
        layer(tar -> {
            ImageBuilder.file(tar, "/etc/name", "two");
            ImageBuilder.special(tar, "same", TarConstants.LF_LINK, "kept");
            ImageBuilder.folder(tar, "link", 0755); // was a link
        });

        assertThat(names()).containsExactly("etc", "etc/name", "kept", "link", "same");
        assertThat(root.resolve("etc/name")).hasContent("two");
        assertThat(root.resolve("same")).hasContent("kept");
        assertThat(root.resolve("link")).isDirectory();
        assertThat(Files.getAttribute(root.resolve("etc"), "unix:mode")).isEqualTo(040750);
    }

    @Test
    void whiteouts_take_away_what_is_below_and_nothing_of_their_own_layer() throws IOException {
        layer(tar -> {
            ImageBuilder.file(tar, "a/old", "old");
            ImageBuilder.file(tar, "b/old", "old");
            ImageBuilder.file(tar, "b/deep/old", "old");
            ImageBuilder.file(tar, "c", "old");
        });
        layer(tar -> {
            ImageBuilder.file(tar, "b/deep/new", "new");
            ImageBuilder.file(tar, "b/new", "new");
            ImageBuilder.file(tar, "a/.wh.old", "");
            ImageBuilder.file(tar, "b/.wh..wh..opq", "");
            ImageBuilder.file(tar, "c", "new");
            ImageBuilder.file(tar, ".wh.c", "");
            ImageBuilder.file(tar, ".wh..wh.plnk", "");
        });

        assertThat(names()).containsExactly("a", "b", "b/deep", "b/deep/new", "b/new", "c");
        assertThat(root.resolve("c")).hasContent("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh.", ".wh..", ".wh...", "a/.wh.."})
    void a_whiteout_never_climbs(String name) throws IOException {
        layer(tar -> ImageBuilder.file(tar, "a/b", "b"));

        refused("would remove a folder above", tar -> ImageBuilder.file(tar, name, ""));
        assertThat(root.resolve("a/b")).exists();
    }

    @Test
    void a_link_leads_on_from_the_trees_own_root() throws IOException {
        layer(tar -> {
            ImageBuilder.special(tar, "abs", TarConstants.LF_SYMLINK, temp.toString());
            ImageBuilder.special(tar, "up", TarConstants.LF_SYMLINK, "../../../..");
            ImageBuilder.special(tar, "both", TarConstants.LF_SYMLINK, "up/abs/../x");
        });
        layer(tar -> {
            ImageBuilder.file(tar, "abs/outside", "written");
            ImageBuilder.file(tar, "up/outside", "written");
            ImageBuilder.file(tar, "both/y", "written");
            ImageBuilder.file(tar, "up/.wh.outside", "");
        });

        assertThat(outside).hasContent("untouched");
        assertThat(root.resolve("outside")).hasContent("written");
        assertThat(root.resolve(temp.toString().substring(1)).resolve("outside"))
                .hasContent("written");
    }

    @Test
    void a_whiteout_through_a_link_takes_away_inside_only() throws IOException {
        layer(tar -> ImageBuilder.special(tar, "abs", TarConstants.LF_SYMLINK, temp.toString()));
        layer(tar -> {
            ImageBuilder.file(tar, "abs/.wh.outside", "");
            ImageBuilder.file(tar, "abs/.wh..wh..opq", "");
        });

        assertThat(outside).hasContent("untouched");
    }

    @Test
    void what_leads_out_is_refused() throws IOException {
        refused("leads out", tar -> ImageBuilder.file(tar, "a/../../outside", "x"));
        refused(
                "not there",
                tar -> ImageBuilder.special(tar, "hard", TarConstants.LF_LINK, outside.toString()));
        refused(
                "leads out",
                tar -> ImageBuilder.special(tar, "hard", TarConstants.LF_LINK, "../outside"));
        refused(
                "too many links",
                tar -> {
                    ImageBuilder.special(tar, "l", TarConstants.LF_SYMLINK, "l");
                    ImageBuilder.file(tar, "l/x", "x");
                });
        refused(
                "beneath a file",
                tar -> {
                    ImageBuilder.file(tar, "f", "f");
                    ImageBuilder.file(tar, "f/x", "x");
                });
        assertThat(outside).hasContent("untouched");
    }

    @Test
    void nothing_is_set_uid_or_a_device() throws IOException {
        layer(tar -> {
            ImageBuilder.file(tar, "su", 06755, new byte[] {1});
            ImageBuilder.special(tar, "sda", TarConstants.LF_BLK, "");
            ImageBuilder.special(tar, "pipe", TarConstants.LF_FIFO, "");
            ImageBuilder.folder(tar, "tmp", 01777);
        });

        assertThat(names()).containsExactly("su", "tmp");
        assertThat(Files.getAttribute(root.resolve("su"), "unix:mode")).isEqualTo(0100755);
        assertThat(Files.getAttribute(root.resolve("tmp"), "unix:mode")).isEqualTo(041777);
    }

    @Test
    void more_than_the_limits_is_refused() {
        refused(
                "more than 1048576 bytes",
                tar -> ImageBuilder.file(tar, "big", 0644, new byte[(1 << 20) + 1]));
        tree = new LayerTree(root, SMALL);
        refused(
                "more than 50 files",
                tar -> {
                    for (int i = 0; i < 51; i++) {
                        ImageBuilder.file(tar, "f" + i, "");
                    }
                });
        tree = new LayerTree(root, SMALL);
        refused("more than 128 folders", tar -> ImageBuilder.file(tar, "d/".repeat(129) + "f", ""));
    }

    @Test
    void a_bomb_is_stopped_by_its_ratio() throws IOException {
        LayerTree large = new LayerTree(root, ImageLimits.USUAL);
        byte[] zeros = new byte[(int) ImageLimits.RATIO_FROM_BYTES + 1];
        byte[] tar = ImageBuilder.tar(t -> ImageBuilder.file(t, "zeros", 0644, zeros));

        assertThatExceptionOfType(ImageFailure.class)
                .isThrownBy(() -> large.add(new TarReader(new ByteArrayInputStream(tar)), 10_000))
                .withMessageContaining("200 times its packed size");
    }

    @Test
    void long_names_and_large_owners_are_read() throws IOException {
        String name = "n".repeat(120) + "/" + "m".repeat(200);
        layer(tar -> ImageBuilder.file(tar, name, "x"));

        assertThat(root.resolve(name)).hasContent("x");
    }

    @Test
    void what_is_no_tar_is_refused() {
        for (String text : List.of("hello".repeat(200), "\0".repeat(700) + "x")) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            try {
                tree.add(new TarReader(new ByteArrayInputStream(bytes)), 1);
            } catch (IOException refused) {
                assertThat(refused).hasMessageMatching("not a tar.*|a tar cut short");
            }
        }
    }
}
