package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.image.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    private static final FetchLimits SMALL =
            new FetchLimits(1 << 20, 50, 200, Duration.ofMinutes(1), 1);

    /// `printf 'words words words words\n' | zstd -19`
    private static final String ZSTD = "28b52ffd04686d000038776f726473200a0100994b11d8f53245";

    @TempDir Path folder;

    private Path outside = Path.of("");

    @BeforeEach
    void something_outside_to_lose() throws IOException {
        outside = Files.writeString(folder.resolve("outside"), "untouched");
    }

    @Test
    void files_folders_links_and_modes_are_as_packed() throws IOException {
        unpack(
                "x.tar.gz",
                Archives.tarGz(tar ->
                        tar.directory("bin")
                                .file("./bin/prog", "#!/bin/sh", 0755)
                                .link("bin/again", "prog")
                                .hardLink("bin/twice", "bin/prog")
                                .file("etc/deep/er/conf", "a=1", 0640)));

        assertThat(root().resolve("bin/prog")).hasContent("#!/bin/sh").isExecutable();
        assertThat(Files.readSymbolicLink(root().resolve("bin/again"))).hasToString("prog");
        assertThat(root().resolve("bin/twice")).hasContent("#!/bin/sh");
        assertThat(mode("etc/deep/er/conf")).isEqualTo("rw-r-----");
    }

    @Test
    void every_kind_of_archive_is_known_by_its_name() throws IOException {
        byte[] tar = Archives.tar(t -> t.file("f", "x"));

        for (var archive :
                java.util.Map.of(
                                "a.tar",
                                tar,
                                "a.tgz",
                                Archives.gzip(tar),
                                "a.tar.bz2",
                                Archives.bzip2(tar),
                                "a.tar.xz",
                                Archives.xz(tar),
                                "a.tar.zst",
                                ImageBuilder.zstd(tar),
                                "a.tzst",
                                ImageBuilder.zstd(tar),
                                "a.zip",
                                Archives.zip("f", "x", 0644))
                        .entrySet()) {
            unpack(archive.getKey(), archive.getValue());
            assertThat(root().resolve("f")).as(archive.getKey()).hasContent("x");
            Files.delete(root().resolve("f"));
        }
    }

    @Test
    void what_zstd_itself_packed_is_read_and_what_is_broken_is_refused() throws IOException {
        byte[] packed = HexFormat.of().parseHex(ZSTD);
        Path file = Files.write(folder.resolve("words.zst"), packed);

        assertThat(zstd(file)).isEqualTo("words words words words\n");
        packed[packed.length - 6] ^= 0x55;
        Files.write(file, packed);
        assertThatThrownBy(() -> zstd(file)).isInstanceOf(IOException.class);
        Files.write(file, java.util.Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> zstd(file)).isInstanceOf(IOException.class);
    }

    private static String zstd(Path file) throws IOException {
        try (var in = Unpacking.decompressed(file, Packing.Compression.ZSTD)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void absolute_links_mean_the_folder_as_a_jail_sees_it() throws IOException {
        unpack(
                "x.tar",
                Archives.tar(
                        tar -> tar.file("bin/busybox", "x").link("usr/bin/sh", "/bin/busybox")));

        assertThat(Files.readSymbolicLink(root().resolve("usr/bin/sh")))
                .hasToString("../../bin/busybox");
        assertThat(root().resolve("usr/bin/sh")).hasContent("x");
    }

    @Test
    void set_id_bits_are_dropped() throws IOException {
        unpack("x.tar", Archives.tar(tar -> tar.file("su", "x", 06755)));
        assertThat((int) (Integer) Files.getAttribute(root().resolve("su"), "unix:mode") & 07777)
                .isEqualTo(0755);

        unpack("y.zip", Archives.zip("su2", "x", 0104755));
        assertThat((int) (Integer) Files.getAttribute(root().resolve("su2"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    @Test
    void names_that_lead_out_are_refused() throws IOException {
        assertRefused(Archives.tar(tar -> tar.file("../outside", "evil")))
                .hasMessageContaining("with .. in its path");
        assertRefused(Archives.tar(tar -> tar.file("a/../../outside", "evil")))
                .hasMessageContaining("with .. in its path");
        assertRefused(Archives.tar(tar -> tar.file("/etc/x", "evil")))
                .hasMessageContaining("absolute path");
        assertThatThrownBy(() -> unpack("z.zip", Archives.zip("../outside", "evil", 0644)))
                .hasMessageContaining("with .. in its path");
    }

    @Test
    void links_that_lead_out_are_refused() throws IOException {
        assertRefused(Archives.tar(tar -> tar.link("l", "../outside")))
                .hasMessageContaining("outside of the folder");
        assertRefused(Archives.tar(tar -> tar.link("a/b/l", "../../../outside")))
                .hasMessageContaining("outside of the folder");
        assertRefused(Archives.tar(tar -> tar.link("l", "/../outside")))
                .hasMessageContaining("outside of the folder");
        assertThatThrownBy(() -> unpack("z.zip", Archives.zip("l", "../outside", 0120777)))
                .hasMessageContaining("outside of the folder");
    }

    @Test
    void no_chain_of_links_leads_out() throws IOException {
        assertRefused(
                        Archives.tar(tar ->
                                tar.directory("a/b/c")
                                        .link("a/b/c/top", "../../..")
                                        .link("way", "a/b/c/top/../outside")))
                .hasMessageContaining("down and up again");
    }

    @Test
    void nothing_is_written_through_a_link() throws IOException {
        assertRefused(Archives.tar(tar -> tar.link("l", ".").file("l/x", "evil")))
                .hasMessageContaining("which is a symbolic link in the same archive");
        assertRefused(Archives.tar(tar -> tar.file("l/x", "evil").link("l", ".")))
                .hasMessageContaining("a folder and something else");
    }

    @Test
    void a_link_that_a_later_file_replaces_is_gone() throws IOException {
        unpack("x.tar", Archives.tar(tar -> tar.link("l", "elsewhere").file("l", "file")));

        assertThat(root().resolve("l")).hasContent("file");
    }

    @Test
    void hard_links_name_only_files_of_the_archive() throws IOException {
        assertRefused(Archives.tar(tar -> tar.hardLink("l", "../outside")))
                .hasMessageContaining("with .. in its path");
        assertRefused(Archives.tar(tar -> tar.hardLink("l", outside.toString())))
                .hasMessageContaining("absolute path");
        assertRefused(Archives.tar(tar -> tar.hardLink("l", "nothing")))
                .hasMessageContaining("no file of this archive");
        assertRefused(Archives.tar(tar -> tar.link("s", "x").hardLink("l", "s")))
                .hasMessageContaining("no file of this archive");
    }

    @Test
    void devices_and_pipes_are_refused() throws IOException {
        for (byte type :
                new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO}) {
            assertRefused(Archives.tar(tar -> tar.special("dev", type, "")))
                    .hasMessageContaining("is a device or a pipe");
        }
    }

    @Test
    void a_bomb_ends_early() throws IOException {
        String zeros = "\0".repeat(900_000);
        assertRefused(Archives.tar(tar -> tar.file("a", zeros).file("b", zeros)))
                .hasMessageContaining("unpacks to more than");
        assertRefused(
                        Archives.tar(tar -> {
                            for (int i = 0; i < 60; i++) {
                                tar.directory("d" + i);
                            }
                        }))
                .hasMessageContaining("more than 50 files");
        FetchLimits roomy = new FetchLimits(1L << 30, 50, 2, Duration.ofMinutes(1), 1);
        byte[] packed = Archives.tarGz(tar -> tar.file("a", "\0".repeat(11 << 20)));
        assertThatThrownBy(() -> unpack("x.tar.gz", packed, roomy))
                .hasMessageContaining("2 times its packed size");
    }

    @Test
    void deep_and_long_names_are_refused() throws IOException {
        assertRefused(Archives.tar(tar -> tar.file("d/".repeat(150) + "f", "x")))
                .hasMessageContaining("deeper than");
        assertRefused(Archives.tar(tar -> tar.file("d".repeat(5000), "x")))
                .hasMessageContaining("too long");
    }

    @Test
    void half_an_archive_is_none() throws IOException {
        byte[] whole = Archives.tarGz(tar -> tar.file("a", "x".repeat(100_000)));

        assertThatThrownBy(() -> unpack("x.tgz", java.util.Arrays.copyOf(whole, whole.length / 2)))
                .hasMessageContaining("not a whole archive");
        assertThatThrownBy(() -> unpack("x.tgz", new byte[] {1, 2, 3}))
                .hasMessageContaining("not a whole archive");
        assertThatThrownBy(() -> unpack("x.zip", new byte[] {1, 2, 3}))
                .hasMessageContaining("not a whole archive");
    }

    /// Whatever is refused, nothing outside has changed.
    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] tar)
            throws IOException {
        AbstractThrowableAssert<?, ? extends Throwable> refusal =
                assertThatThrownBy(() -> unpack("evil.tar", tar)).isInstanceOf(FetchFailure.class);
        assertThat(outside).hasContent("untouched");
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .isSubsetOf(Set.of("outside", "root", "evil.tar"));
        }
        try (var files = Files.walk(root())) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return refusal;
    }

    private void unpack(String name, byte[] archive) throws IOException {
        unpack(name, archive, SMALL);
    }

    private void unpack(String name, byte[] archive, FetchLimits limits) throws IOException {
        Path file = Files.write(folder.resolve(name), archive);
        Packing packing = Packing.ofName(name).orElseThrow();
        Unpacking.unpack(
                file,
                packing,
                packing.many().orElseThrow(),
                new Tree(root(), new Budget(limits, archive.length, InstantSource.system())));
    }

    private Path root() {
        return folder.resolve("root");
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve(path)));
    }
}
