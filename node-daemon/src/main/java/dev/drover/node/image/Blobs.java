package dev.drover.node.image;

import dev.drover.node.os.Beneath;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The parts of an image by their names, in a folder or in a tar.
sealed interface Blobs {
    /// One of them.
    ///
    /// @param bytes as it is stored
    record Blob(InputStream in, long bytes) {}

    /// Opens one; empty when there is none of that name.
    Optional<Blob> open(String name) throws IOException;

    /// The last name of a file's path.
    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// A folder of a task: whatever its links say, nothing is read outside of it.
    record Folder(Path path) implements Blobs {
        @Override
        public Optional<Blob> open(String name) throws IOException {
            try (Beneath beneath = Beneath.open(path, name)) {
                FileChannel file = beneath.read();
                return Optional.of(new Blob(Channels.newInputStream(file), file.size()));
            } catch (FileNotFoundException missing) {
                return Optional.empty();
            }
        }
    }

    /// A tar that is not compressed, so that its parts can be read where they lie.
    record Tar(Path path, Map<String, Part> parts) implements Blobs {
        /// Of an archive of images: a few for each layer.
        private static final int PARTS_MAX = 10_000;

        /// Where one lies.
        record Part(long from, long bytes) {}

        /// Takes a copy.
        public Tar {
            parts = Map.copyOf(parts);
        }

        /// Looks where everything is.
        static Tar index(Path path) throws IOException {
            Map<String, Part> parts = new HashMap<>();
            Map<String, String> links = new HashMap<>();
            try (InputStream in = whole(path)) {
                TarReader tar = new TarReader(in);
                for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                    TarEntry entry = next.get();
                    String name = plain(entry.name());
                    switch (entry.kind()) {
                        case FILE -> parts.put(name, new Part(tar.position(), entry.size()));
                        case SYMBOLIC_LINK -> // a layer that another image has, too
                                links.put(name, plain(sibling(name, entry.link())));
                        case HARD_LINK -> links.put(name, plain(entry.link()));
                        case FOLDER, OTHER -> {}
                    }
                    if (parts.size() + links.size() > PARTS_MAX) {
                        throw new ImageFailure("more than " + PARTS_MAX + " files in " + path);
                    }
                }
            }
            links.forEach((name, target) ->
                    Optional.ofNullable(parts.get(target)).ifPresent(p -> parts.put(name, p)));
            return new Tar(path, parts);
        }

        private static String sibling(String name, String link) {
            return name.substring(0, name.lastIndexOf('/') + 1) + link;
        }

        private static String plain(String name) {
            Path path = Path.of("/").resolve(name).normalize();
            return Path.of("/").relativize(path).toString();
        }

        private static InputStream whole(Path path) throws IOException {
            return new BufferedInputStream(Channels.newInputStream(channel(path)));
        }

        private static FileChannel channel(Path path) throws IOException {
            try (Beneath file = Beneath.open(path.resolveSibling("."), name(path))) {
                return file.read();
            }
        }

        @Override
        public Optional<Blob> open(String name) throws IOException {
            Part part = parts.get(plain(name));
            if (part == null) {
                return Optional.empty();
            }
            FileChannel file = channel(path);
            file.position(part.from());
            return Optional.of(
                    new Blob(
                            new Section(Channels.newInputStream(file), part.bytes()),
                            part.bytes()));
        }
    }
}
