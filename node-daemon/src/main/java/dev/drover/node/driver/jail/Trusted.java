package dev.drover.node.driver.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Whether a program that the daemon runs as root is where only root could have put it.
final class Trusted {
    private static final int OTHERS_WRITE = 022;
    private static final int STICKY = 01000;

    private Trusted() {}

    /// Why this program is not run; empty when it may be. A symbolic link is followed, and both
    /// ends must be out of others' reach.
    static Optional<String> refuses(Path program) throws IOException {
        if (!program.isAbsolute() || !program.equals(program.normalize())) {
            return Optional.of(
                    program + " is not run: it must be a name, or a path from / without ..");
        }
        try {
            Optional<String> of = reach(program.toRealPath());
            return of.isPresent() ? of : reach(program.resolveSibling("").toRealPath());
        } catch (NoSuchFileException gone) {
            return Optional.of(program + " is not there");
        }
    }

    /// The first of `path` and of the folders above it that somebody else could change.
    private static Optional<String> reach(Path path) throws IOException {
        for (Path part = path; part != null; part = part.getParent()) {
            int mode = (Integer) Files.getAttribute(part, "unix:mode");
            int owner = (Integer) Files.getAttribute(part, "unix:uid");
            // Whoever may write to a sticky folder cannot replace what is another's in it.
            boolean open =
                    (mode & OTHERS_WRITE) != 0
                            && !(Files.isDirectory(part) && (mode & STICKY) != 0);
            if (open || owner != 0) {
                return Optional.of(
                        path
                                + " is not run: "
                                + part
                                + (open ? " can be written to by others" : " is not root's")
                                + ", who could put another program there");
            }
        }
        return Optional.empty();
    }
}
