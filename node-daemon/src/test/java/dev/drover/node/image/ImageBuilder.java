package dev.drover.node.image;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Images as builders make them, written by another library than the one that reads them.
public final class ImageBuilder {
    private final List<byte[]> layers = new ArrayList<>();
    private String config = "";
    private Packer packer = layer -> layer;

    /// Writes the entries of a tar.
    @FunctionalInterface
    public interface Entries {
        /// Writes them.
        void to(TarArchiveOutputStream tar) throws IOException;
    }

    /// A tar of these entries.
    public static byte[] tar(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            entries.to(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A file.
    public static void file(TarArchiveOutputStream tar, String name, String text)
            throws IOException {
        file(tar, name, 0644, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A file with its mode.
    public static void file(TarArchiveOutputStream tar, String name, int mode, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /// A folder.
    public static void folder(TarArchiveOutputStream tar, String name, int mode)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/", TarConstants.LF_DIR, true);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /// A link, or a device, by its kind in `TarConstants`.
    public static void special(TarArchiveOutputStream tar, String name, byte kind, String target)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /// All of a folder.
    public static Entries all(Path folder) {
        return tar -> {
            try (Stream<Path> paths = Files.walk(folder, new FileVisitOption[0])) {
                for (Path path : paths.filter(p -> !p.equals(folder)).toList()) {
                    String name = folder.relativize(path).toString();
                    if (Files.isSymbolicLink(path)) {
                        special(
                                tar,
                                name,
                                TarConstants.LF_SYMLINK,
                                Files.readSymbolicLink(path).toString());
                    } else if (Files.isDirectory(path)) {
                        folder(tar, name, 0755);
                    } else {
                        int mode = Files.isExecutable(path) ? 0755 : 0644;
                        file(tar, name, mode, Files.readAllBytes(path));
                    }
                }
            }
        };
    }

    /// One more layer on top.
    public ImageBuilder layer(Entries entries) {
        layers.add(tar(entries));
        return this;
    }

    /// The inside of the config's `config`, as JSON.
    public ImageBuilder config(String json) {
        config = json;
        return this;
    }

    /// With its layers compressed.
    public ImageBuilder packed() {
        return packed(ImageBuilder::gzip);
    }

    /// With its layers compressed in another way.
    public ImageBuilder packed(Packer how) {
        packer = how;
        return this;
    }

    /// Compresses.
    @FunctionalInterface
    public interface Packer {
        /// The same in another form.
        byte[] of(byte[] plain);
    }

    /// Compressed.
    public static byte[] zstd(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(out)) {
            zstd.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private byte[] stored(byte[] layer) {
        return packer.of(layer);
    }

    /// Compressed.
    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private byte[] configJson() {
        String ids =
                layers.stream()
                        .map(layer -> "\"sha256:" + sha256(layer) + "\"")
                        .collect(Collectors.joining(","));
        return utf8(
                """
                {"architecture": "amd64", "os": "linux", "config": {%s},
                 "rootfs": {"type": "layers", "diff_ids": [%s]}}\
                """
                        .formatted(config, ids));
    }

    /// The files of an OCI layout, by their names.
    public Map<String, byte[]> layout() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("oci-layout", utf8("{\"imageLayoutVersion\": \"1.0.0\"}"));
        List<String> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            descriptors.add(blob(files, "application/vnd.oci.image.layer.v1.tar", stored(layer)));
        }
        String json = blob(files, "application/vnd.oci.image.config.v1+json", configJson());
        String manifest =
                "{\"schemaVersion\": 2, \"config\": %s, \"layers\": [%s]}"
                        .formatted(json, String.join(",", descriptors));
        String entry = blob(files, "application/vnd.oci.image.manifest.v1+json", utf8(manifest));
        files.put("index.json", utf8("{\"schemaVersion\": 2, \"manifests\": [" + entry + "]}"));
        return files;
    }

    /// Adds a blob; its descriptor.
    public static String blob(Map<String, byte[]> files, String type, byte[] content) {
        files.put("blobs/sha256/" + sha256(content), content);
        return "{\"mediaType\": \"%s\", \"digest\": \"sha256:%s\", \"size\": %d}"
                .formatted(type, sha256(content), content.length);
    }

    /// The files of what `docker save` writes.
    public Map<String, byte[]> archive() {
        Map<String, byte[]> files = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (byte[] layer : layers) {
            String name = sha256(layer).substring(0, 12) + "/layer.tar";
            files.put(name, stored(layer));
            names.add("\"" + name + "\"");
        }
        files.put("config.json", configJson());
        files.put(
                "manifest.json",
                utf8(
                        "[{\"Config\": \"config.json\", \"RepoTags\": [\"t:1\"], \"Layers\": [%s]}]"
                                .formatted(String.join(",", names))));
        return files;
    }

    /// These files in a tar.
    public static Path tarOf(Map<String, byte[]> files, Path to) throws IOException {
        return Files.write(
                to,
                tar(tar -> {
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        file(tar, file.getKey(), 0644, file.getValue());
                    }
                }));
    }

    /// These files in a folder.
    public static Path folderOf(Map<String, byte[]> files, Path to) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = to.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return to;
    }

    /// In hexadecimal.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
