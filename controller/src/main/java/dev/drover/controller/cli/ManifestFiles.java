package dev.drover.controller.cli;

import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that somebody names: a file, a folder with all manifests beneath it, or `-` for what
/// comes in.
final class ManifestFiles {
    /// Endings of files that are manifests.
    private static final List<String> ENDINGS = List.of(".hcl", ".nomad", ".yaml", ".yml", ".json");

    /// Most files of one folder: a repository of a large company has some thousands.
    private static final int FILES_MAX = 10_000;

    /// Bytes of one file: as many as a manifest may have characters.
    private static final int BYTES_MAX = 10_000_000;

    /// Deepest folder that is looked into.
    private static final int DEPTH_MAX = 32;

    /// A text, the name that people know it by, and the folder that its own paths start from: the
    /// file's, or the working directory for what comes in.
    record Text(String name, String text, Path folder) {}

    private ManifestFiles() {}

    /// The texts of all files that `names` mean, in the order given; those of a folder by name.
    static List<Text> read(List<String> names) throws IOException, CommandFailure {
        var texts = new ArrayList<Text>();
        if (Collections.frequency(names, "-") > 1) {
            throw new CommandFailure(
                    "standard input is named twice", "it can be read once", "write - once");
        }
        for (String name : names) {
            if (name.equals("-")) {
                texts.add(new Text("-", text("standard input", System.in), Path.of("")));
            } else if (Files.isDirectory(Path.of(name))) {
                for (Path file : beneath(Path.of(name))) {
                    texts.add(read(file));
                }
            } else {
                texts.add(read(Path.of(name)));
            }
        }
        return List.copyOf(texts);
    }

    private static Text read(Path file) throws IOException, CommandFailure {
        try (InputStream in = Files.newInputStream(file)) {
            Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
            return new Text(file.toString(), text(file.toString(), in), folder);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + file, "", "check its name and folder");
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + reason(e), e);
        }
    }

    /// Why, without the file's name once more.
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    /// No more is read than a manifest may have: pipes and devices do not say how long they are.
    private static String text(String name, InputStream in) throws IOException, CommandFailure {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new CommandFailure(
                    name + " has more than " + BYTES_MAX + " bytes", "", "split it");
        }
        return text(bytes);
    }

    /// What is not UTF-8 becomes a mark that readers report where it matters: in a comment it does
    /// not.
    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(Source.NO_TEXT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /// Links are not followed: a folder means what is in it.
    private static List<Path> beneath(Path folder) throws IOException, CommandFailure {
        var found = new ArrayList<Path>();
        try (Stream<Path> all = Files.walk(folder, DEPTH_MAX)) {
            all.filter(ManifestFiles::manifest).limit(FILES_MAX + 1).forEach(found::add);
        }
        if (found.size() > FILES_MAX) {
            throw new CommandFailure(
                    folder + " holds more than " + FILES_MAX + " manifests", "", "name its parts");
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    folder + " holds no manifests",
                    "their names end with " + String.join(", ", ENDINGS),
                    "name another folder");
        }
        found.sort(null);
        return found;
    }

    private static boolean manifest(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
