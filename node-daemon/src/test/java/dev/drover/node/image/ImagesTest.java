package dev.drover.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images in every form, unpacked once.
class ImagesTest {
    @TempDir Path temp;
    private Images images;

    @BeforeEach
    void open() {
        images = new Images(temp.resolve("images"), ImageLimits.USUAL, Images.BYTES_MAX);
    }

    private Path run(String name) throws IOException {
        return Files.createDirectories(temp.resolve("runs").resolve(name));
    }

    private static ImageBuilder two() {
        return new ImageBuilder()
                .layer(tar -> {
                    ImageBuilder.file(tar, "etc/a", "a");
                    ImageBuilder.file(tar, "etc/gone", "gone");
                })
                .layer(tar -> {
                    ImageBuilder.file(tar, "etc/.wh.gone", "");
                    ImageBuilder.file(tar, "etc/b", "b");
                })
                .config(
                        """
                        "Env": ["A=b", "PATH=/bin"], "Entrypoint": ["/bin/sh", "-c"],
                        "Cmd": ["echo hi"], "WorkingDir": "/etc", "User": "www:www\"\
                        """);
    }

    private void isTwo(Path image) throws IOException {
        Image found = images.use(image, run("a"));

        assertThat(found.tree().resolve("etc/a")).hasContent("a");
        assertThat(found.tree().resolve("etc/b")).hasContent("b");
        assertThat(found.tree().resolve("etc/gone")).doesNotExist();
        assertThat(found.config().environment()).containsExactly("A=b", "PATH=/bin");
        assertThat(found.config().entrypoint()).containsExactly("/bin/sh", "-c");
        assertThat(found.config().arguments()).containsExactly("echo hi");
        assertThat(found.config().folder()).contains("/etc");
        assertThat(found.config().user()).contains("www:www");
    }

    @Test
    void a_folder_in_ocis_layout() throws IOException {
        isTwo(ImageBuilder.folderOf(two().layout(), temp.resolve("layout")));
    }

    @Test
    void a_folder_with_packed_layers() throws IOException {
        isTwo(ImageBuilder.folderOf(two().packed().layout(), temp.resolve("layout")));
    }

    @Test
    void a_tar_in_ocis_layout() throws IOException {
        isTwo(ImageBuilder.tarOf(two().packed().layout(), temp.resolve("oci.tar")));
    }

    @Test
    void a_tar_as_docker_saves_it() throws IOException {
        isTwo(ImageBuilder.tarOf(two().archive(), temp.resolve("docker.tar")));
    }

    @Test
    void a_tar_of_a_file_system_packed_or_not() throws IOException {
        byte[] tar = ImageBuilder.tar(t -> ImageBuilder.file(t, "etc/a", "plain"));
        for (byte[] bytes : List.of(tar, ImageBuilder.gzip(tar))) {
            Path file = Files.write(temp.resolve("rootfs.tar"), bytes);

            Image found = images.use(file, run("a"));

            assertThat(found.tree().resolve("etc/a")).hasContent("plain");
            assertThat(found.config()).isEqualTo(ImageConfig.NONE);
        }
    }

    @Test
    void the_same_layers_are_one_tree_whatever_holds_them() throws IOException {
        Path layout = ImageBuilder.folderOf(two().packed().layout(), temp.resolve("layout"));
        Path archive = ImageBuilder.tarOf(two().archive(), temp.resolve("docker.tar"));

        assertThat(images.use(layout, run("a")).tree())
                .isEqualTo(images.use(archive, run("b")).tree());
    }

    @Test
    void the_end_of_a_run_does_not_wait_for_what_is_being_unpacked() throws Exception {
        Path run = run("a");
        images.use(ImageBuilder.folderOf(two().layout(), temp.resolve("layout")), run);
        Thread ending = Thread.ofPlatform().unstarted(() -> leave(run));

        Images unpacking = images;
        synchronized (unpacking) { // as whoever unpacks holds it
            ending.start();
            assertThat(ending.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    private void leave(Path run) {
        try {
            images.leave(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(Path image, String because) {
        assertThatExceptionOfType(ImageFailure.class)
                .isThrownBy(() -> images.use(image, run("a")))
                .withMessageContaining(because);
        assertThat(temp.resolve("images/.new")).doesNotExist();
    }

    @Test
    void a_part_that_is_not_what_its_name_says_is_refused() throws IOException {
        Map<String, byte[]> whole = two().layout(); // another second is another tar
        for (Map.Entry<String, byte[]> part : whole.entrySet()) {
            if (part.getKey().startsWith("blobs")) {
                Map<String, byte[]> files = new TreeMap<>(whole);
                files.put(
                        part.getKey(),
                        new ImageBuilder().layer(t -> {}).archive().get("config.json"));
                Path layout = temp.resolve("layout-" + part.getKey().hashCode());
                refused(ImageBuilder.folderOf(files, layout), "not");
            }
        }
    }

    @Test
    void another_layer_than_the_config_names_is_refused() throws IOException {
        Map<String, byte[]> files = two().archive();
        String layer = files.keySet().stream().filter(n -> n.endsWith(".tar")).findFirst().get();
        files.put(layer, ImageBuilder.tar(t -> ImageBuilder.file(t, "etc/a", "other")));

        refused(ImageBuilder.tarOf(files, temp.resolve("d.tar")), "is not what its image says");
    }

    @Test
    void a_layer_cut_short_or_packed_otherwise_is_refused() throws IOException {
        Map<String, byte[]> cut = two().packed().archive();
        cut.replaceAll((name, bytes) ->
                name.endsWith(".tar") ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
        refused(ImageBuilder.tarOf(cut, temp.resolve("cut.tar")), "is not whole");

        Map<String, byte[]> half = two().packed(ImageBuilder::zstd).archive();
        half.replaceAll((name, bytes) ->
                name.endsWith(".tar") ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
        refused(ImageBuilder.tarOf(half, temp.resolve("half.tar")), "is not whole");

        Map<String, byte[]> xz = two().archive();
        xz.replaceAll((name, bytes) ->
                name.endsWith(".tar") ? new byte[] {(byte) 0xfd, 0x37, 0x7a, 0x58, 0x5a} : bytes);
        refused(ImageBuilder.tarOf(xz, temp.resolve("xz.tar")), "packed with xz");
    }

    @Test
    void layers_that_zstd_packed_are_unpacked() throws IOException {
        isTwo(
                ImageBuilder.tarOf(
                        two().packed(ImageBuilder::zstd).layout(), temp.resolve("zstd.tar")));
    }

    @Test
    void of_several_machines_ours_is_taken() throws IOException {
        Map<String, byte[]> files = two().layout();
        String ours = new String(files.get("index.json"), java.nio.charset.StandardCharsets.UTF_8);
        String entry = ours.substring(ours.indexOf('[') + 1, ours.lastIndexOf(']'));
        String machine = System.getProperty("os.arch");
        String index =
                "{\"manifests\": [%s, %s]}"
                        .formatted(platform(entry, machine), platform(entry, "s390x"));
        String nested =
                ImageBuilder.blob(
                        files,
                        "application/vnd.oci.image.index.v1+json",
                        index.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        files.put(
                "index.json",
                ("{\"manifests\": [" + nested + "]}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        isTwo(ImageBuilder.folderOf(files, temp.resolve("several")));
    }

    private static String platform(String entry, String machine) {
        return entry.replaceFirst(
                "}$",
                ", \"platform\": {\"os\": \"linux\", \"architecture\": \"%s\"}}"
                        .formatted(machine.equals("aarch64") ? "arm64" : machine));
    }

    @Test
    void two_images_in_one_archive_are_refused() throws IOException {
        Map<String, byte[]> files = two().archive();
        String one =
                new String(files.get("manifest.json"), java.nio.charset.StandardCharsets.UTF_8);
        String image = one.substring(1, one.length() - 1);
        files.put(
                "manifest.json",
                ("[" + image + "," + image + "]")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        refused(ImageBuilder.tarOf(files, temp.resolve("two.tar")), "holds 2 images");
    }

    @Test
    void an_image_that_is_packed_as_a_whole_is_refused_with_what_to_do() throws IOException {
        Path tar = ImageBuilder.tarOf(two().archive(), temp.resolve("docker.tar"));
        Path packed =
                Files.write(
                        temp.resolve("docker.tar.gz"), ImageBuilder.gzip(Files.readAllBytes(tar)));

        refused(packed, "gunzip");
    }

    @Test
    void a_link_in_a_layout_reads_nothing_of_the_host() throws IOException {
        Path layout = ImageBuilder.folderOf(two().layout(), temp.resolve("layout"));
        Path secret = Files.writeString(temp.resolve("secret"), "canary");
        Files.delete(layout.resolve("index.json"));
        Files.createSymbolicLink(layout.resolve("index.json"), secret);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> images.use(layout, run("a")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void what_nobody_uses_goes_when_there_is_too_much() throws IOException {
        images = new Images(temp.resolve("images"), ImageLimits.USUAL, 25);
        List<Path> trees = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            byte[] tar = ImageBuilder.tar(t -> ImageBuilder.file(t, name, "0123456789"));
            Path file = Files.write(temp.resolve(name), tar);
            trees.add(images.use(file, run(name)).tree());
            if (name.equals("one")) {
                images.leave(run(name));
            }
        }

        assertThat(trees.get(0)).doesNotExist();
        assertThat(trees.get(1)).exists();
        assertThat(trees.get(2)).exists();
    }

    @Test
    void a_run_that_is_gone_uses_nothing() throws IOException {
        images = new Images(temp.resolve("images"), ImageLimits.USUAL, 5);
        Path file = temp.resolve("one");
        Files.write(file, ImageBuilder.tar(t -> ImageBuilder.file(t, "one", "0123456789")));
        Path tree = images.use(file, run("one")).tree();
        assertThat(tree).exists(); // in use, although it is too much
        Files.delete(run("one"));

        Path other = temp.resolve("two");
        Files.write(other, ImageBuilder.tar(t -> ImageBuilder.file(t, "two", "0123456789")));
        images.use(other, run("two"));

        assertThat(tree).doesNotExist();
    }
}
