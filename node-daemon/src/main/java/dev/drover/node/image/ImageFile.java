package dev.drover.node.image;

import dev.drover.node.os.Beneath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An image as somebody has built it: a folder or a tar in OCI's layout, a tar as `docker save`
/// writes it, or the plain tar of a file system.
///
/// @param layers lowest first
record ImageFile(Blobs blobs, ImageConfig config, List<Layer> layers) {
    private static final String LAYOUT = "oci-layout";
    private static final String INDEX = "index.json";
    private static final String ARCHIVE = "manifest.json";
    private static final String PLAIN = "plain";
    private static final String SHA256 = "sha256:";

    /// As the registries call what Java calls otherwise.
    private static final Map<String, String> MACHINES =
            Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64");

    ImageFile {
        layers = List.copyOf(layers);
    }

    /// Whether it is an image, rather than a folder that is a root file system itself.
    static boolean is(Path path) {
        return Files.isRegularFile(path) || Files.isRegularFile(path.resolve(LAYOUT));
    }

    /// Reads what it says of itself.
    static ImageFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return oci(new Blobs.Folder(path));
        }
        if (!plain(path)) {
            Blobs.Tar tar = Blobs.Tar.index(path);
            if (tar.parts().containsKey(INDEX) && tar.parts().containsKey(LAYOUT)) {
                return oci(tar);
            }
            if (tar.parts().containsKey(ARCHIVE)) {
                return docker(tar);
            }
        }
        Blobs folder = new Blobs.Folder(path.resolveSibling("."));
        String name = Blobs.name(path);
        return new ImageFile(folder, ImageConfig.NONE, List.of(new Layer(name, "")));
    }

    /// Whether it is packed as a whole: a file system, since images pack their layers.
    private static boolean plain(Path path) throws IOException {
        try (Beneath file = Beneath.open(path.resolveSibling("."), Blobs.name(path));
                InputStream in = Channels.newInputStream(file.read())) {
            return Layer.isPacked(in.readNBytes(Layer.MAGIC_BYTES));
        }
    }

    /// What names it: the same layers are the same tree, whatever else an image says.
    String key() throws IOException {
        MessageDigest digest = Layer.sha256();
        if (config.diffIds().isEmpty()) {
            Blobs.Blob blob = blobs.open(layers.getFirst().name()).orElseThrow();
            try (InputStream in = blob.in()) {
                byte[] buffer = new byte[64 << 10];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
        } else {
            digest.update(String.join("\n", config.diffIds()).getBytes(StandardCharsets.UTF_8));
        }
        String prefix = config.diffIds().isEmpty() ? PLAIN + "-" : "";
        return prefix + HexFormat.of().formatHex(digest.digest());
    }

    private static ImageFile oci(Blobs blobs) throws IOException {
        Json manifest = manifest(blobs, json(blobs, INDEX, ""));
        String config = digest(manifest.field("config").orElseThrow(() -> broken("no config")));
        List<String> layers = new ArrayList<>();
        for (Json layer : manifest.items("layers")) {
            layers.add(blob(digest(layer)));
        }
        return of(blobs, json(blobs, blob(config), config), layers);
    }

    /// The one for this machine; an index may hold indexes.
    private static Json manifest(Blobs blobs, Json index) throws IOException {
        List<Json> found = new ArrayList<>();
        for (Json entry : index.items("manifests")) {
            String digest = digest(entry);
            boolean list = entry.text("mediaType").filter(t -> t.contains("index")).isPresent();
            if (list) {
                Json inner = json(blobs, blob(digest), digest);
                inner.items("manifests").stream().filter(ImageFile::fits).forEach(found::add);
            } else if (fits(entry)) {
                found.add(entry);
            }
        }
        if (found.size() != 1) {
            throw new ImageFailure(
                    found.isEmpty()
                            ? "it holds no image for this machine"
                            : "it holds " + found.size() + " images; give one with a single one");
        }
        String digest = digest(found.getFirst());
        return json(blobs, blob(digest), digest);
    }

    private static boolean fits(Json entry) {
        Optional<Json> platform = entry.field("platform");
        String machine = MACHINES.getOrDefault(System.getProperty("os.arch"), "");
        return platform.isEmpty()
                || (platform.get().text("os").orElse("linux").equals("linux")
                        && platform.get().text("architecture").orElse(machine).equals(machine));
    }

    private static ImageFile docker(Blobs blobs) throws IOException {
        List<Json> images = json(blobs, ARCHIVE, "").items();
        if (images.size() != 1) {
            throw new ImageFailure("it holds " + images.size() + " images; give one with one");
        }
        Json image = images.getFirst();
        String config = image.text("Config").orElseThrow(() -> broken("no config"));
        return of(blobs, json(blobs, config, ""), image.texts("Layers"));
    }

    private static ImageFile of(Blobs blobs, Json json, List<String> names) throws ImageFailure {
        Json said = json.field("config").orElse(json);
        List<String> diffIds = new ArrayList<>();
        for (String id : json.field("rootfs").map(r -> r.texts("diff_ids")).orElse(List.of())) {
            diffIds.add(hex(id));
        }
        if (diffIds.size() != names.size() || names.isEmpty()) {
            throw broken(names.size() + " layers, and " + diffIds.size() + " named in its config");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            layers.add(new Layer(names.get(i), diffIds.get(i)));
        }
        return new ImageFile(
                blobs,
                new ImageConfig(
                        said.texts("Env"),
                        said.texts("Entrypoint"),
                        said.texts("Cmd"),
                        said.text("WorkingDir"),
                        said.text("User"),
                        diffIds),
                layers);
    }

    /// Reads a part that is JSON; `digest` is what it must have, or empty.
    private static Json json(Blobs blobs, String name, String digest) throws IOException {
        Blobs.Blob blob = blobs.open(name).orElseThrow(() -> broken(name + " is missing"));
        try (InputStream in = blob.in()) {
            byte[] bytes = in.readNBytes(ImageLimits.JSON_BYTES_MAX + 1);
            if (bytes.length > ImageLimits.JSON_BYTES_MAX) {
                throw broken(name + " has more than " + ImageLimits.JSON_BYTES_MAX + " bytes");
            }
            String found = HexFormat.of().formatHex(Layer.sha256().digest(bytes));
            if (!digest.isEmpty() && !found.equals(hex(digest))) {
                throw broken(name + " is not what its name says");
            }
            return Json.read(name, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static String digest(Json descriptor) throws ImageFailure {
        String digest = descriptor.text("digest").orElseThrow(() -> broken("no digest"));
        var _ = hex(digest);
        return digest;
    }

    private static String blob(String digest) throws ImageFailure {
        return "blobs/sha256/" + hex(digest);
    }

    private static String hex(String digest) throws ImageFailure {
        if (!digest.matches(SHA256 + "[0-9a-f]{64}")) {
            throw broken("\"" + digest + "\" is not a SHA-256");
        }
        return digest.substring(SHA256.length());
    }

    private static ImageFailure broken(String what) {
        return new ImageFailure("the image is broken: " + what);
    }
}
