package dev.drover.controller.cli;

import dev.drover.manifests.hcl.function.Files;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `file()` and its friends see on the side of the person who runs the command: the manifest's
/// folder and, beside it, the folders that `--allow-path` names. Links are followed as long as they
/// stay within these; devices, pipes and sockets are no files, since reading them may never end.
///
/// @param folder what relative paths start from: the manifest's, or the working directory when the
///   manifest comes in by standard input
/// @param allowed other folders that may be read
record FolderFiles(Path folder, List<Path> allowed) implements Files {

    /// Bytes of one file: as many as the expressions of a manifest may make characters.
    private static final int BYTES_MAX = 4_000_000;

    /// Files that a pattern is tried on, and how deep they lie.
    private static final int FILES_MAX = 10_000;

    private static final int DEPTH_MAX = 32;

    FolderFiles {
        allowed = List.copyOf(allowed);
    }

    @Override
    public byte[] read(String path) throws Refused {
        Path file = regular(path);
        try (InputStream in = java.nio.file.Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new Refused(path + " has more than " + BYTES_MAX + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refused(path + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public boolean exists(String path) throws Refused {
        Path file = within(path);
        if (!java.nio.file.Files.exists(file)) {
            return false;
        }
        regular(path);
        return true;
    }

    private Path regular(String path) throws Refused {
        Path file = within(path);
        if (!java.nio.file.Files.exists(file)) {
            throw new Refused("there is no file " + path + " in " + shown());
        }
        Path real = real(path, file);
        if (!java.nio.file.Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(path + " is no file but a folder, pipe or device");
        }
        return real;
    }

    @Override
    public List<String> matching(String in, String glob) throws Refused {
        Path start = within(in);
        List<PathMatcher> matchers = List.of(matcher(glob), matcher(glob.replace("**/", "")));
        if (!java.nio.file.Files.isDirectory(start)) {
            return List.of();
        }
        var found = new ArrayList<String>();
        try (Stream<Path> all =
                java.nio.file.Files.walk(
                        real(in, start), DEPTH_MAX, new FileVisitOption[0])) { // no links
            Path root = real(in, start);
            List<Path> files =
                    all.filter(file ->
                                    java.nio.file.Files.isRegularFile(
                                            file, LinkOption.NOFOLLOW_LINKS))
                            .limit(FILES_MAX + 1)
                            .map(root::relativize)
                            .toList();
            if (files.size() > FILES_MAX) {
                throw new Refused(in + " holds more than " + FILES_MAX + " files");
            }
            files.stream()
                    .filter(file -> matchers.stream().anyMatch(m -> m.matches(file)))
                    .map(Path::toString)
                    .sorted()
                    .forEach(found::add);
        } catch (IOException e) {
            throw new Refused(in + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    /// `**/` means any folder or none, for which the pattern is tried without it.
    private static PathMatcher matcher(String glob) throws Refused {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (IllegalArgumentException e) {
            throw new Refused("\"" + glob + "\" is no pattern: " + e.getMessage());
        }
    }

    /// From the working directory, as elsewhere; nothing is looked up.
    @Override
    public String absolute(String path) throws Refused {
        return parsed(path).toAbsolutePath().normalize().toString();
    }

    private static Path parsed(String path) throws Refused {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new Refused("that is no path: " + e.getReason());
        }
    }

    /// The path as it is written, if it stays in what may be read: before anybody looks at it, so
    /// that nothing is said about what lies elsewhere.
    private Path within(String path) throws Refused {
        Path file = folder.resolve(parsed(path)).toAbsolutePath().normalize();
        for (Path root : roots()) {
            if (file.startsWith(root.toAbsolutePath().normalize())) {
                real(path, file);
                return file;
            }
        }
        throw outside(path);
    }

    /// Where it really is, links followed: that has to be in what may be read as well. What does
    /// not exist is nowhere, but the folder that it would be in is.
    private Path real(String path, Path file) throws Refused {
        try {
            Path exists = file;
            while (!java.nio.file.Files.exists(exists) && exists.getParent() != null) {
                exists = exists.getParent();
            }
            Path real = exists.toRealPath();
            for (Path root : roots()) {
                if (java.nio.file.Files.exists(root) && real.startsWith(root.toRealPath())) {
                    return real;
                }
            }
        } catch (IOException e) {
            throw new Refused(path + " cannot be read: " + e.getMessage());
        }
        throw outside(path);
    }

    private List<Path> roots() {
        return Stream.concat(Stream.of(folder), allowed.stream()).toList();
    }

    private Refused outside(String path) {
        return new Refused(
                path
                        + " is not beneath "
                        + shown()
                        + ", the manifest's folder; --allow-path DIR lets it be read");
    }

    private String shown() {
        return folder.toString().isEmpty() ? "." : folder.toString();
    }
}
