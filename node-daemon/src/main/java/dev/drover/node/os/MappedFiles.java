package dev.drover.node.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What this process has of files in its memory: the code of the JVM, and the classes that were
/// recorded when the program was packaged. A third of a node's memory is that, most of it touched
/// once, and the kernel takes none of it back while there is room.
public final class MappedFiles implements AutoCloseable {
    private static final Libc MADVISE = Libc.function("madvise");

    /// Whoever touches a byte gets a few pages around it, not 2 MiB: madvise(2). Kernels without
    /// large pages refuse it, and need it not.
    private static final int NOHUGEPAGE = 15;

    /// What is touched again comes back as the file has it.
    private static final int DONTNEED = 4;

    private static final Path MAPPINGS = Path.of("/proc/self/smaps");

    private final PageByPage pages;

    private MappedFiles(PageByPage pages) {
        this.pages = pages;
    }

    /// Those of this process; empty where the system does not say what is mapped.
    public static Optional<MappedFiles> open() {
        return Files.isReadable(MAPPINGS)
                ? Optional.of(new MappedFiles(PageByPage.open()))
                : Optional.empty();
    }

    /// Gives back the pages that are as their file has them. They stay in the kernel's cache, from
    /// where what is needed comes back without a disk.
    public void release() throws IOException {
        for (Mapping mapping : unchanged(Files.readAllLines(MAPPINGS))) {
            MADVISE.call(mapping.address(), mapping.length(), NOHUGEPAGE);
            pages.over(mapping.address(), mapping.length());
            MADVISE.call(mapping.address(), mapping.length(), DONTNEED);
        }
    }

    record Mapping(long address, long length) {}

    /// Those of files that nobody may write to and nobody has written to: the linker changes pages
    /// and takes the right away behind itself, and these would come back as they were.
    ///
    /// @param lines of proc_pid_smaps(5)
    static List<Mapping> unchanged(List<String> lines) {
        List<Mapping> found = new ArrayList<>();
        String mapping = "";
        for (String line : lines) {
            if (!Character.isUpperCase(line.charAt(0))) { // all that follows has a name
                mapping = line;
            } else if (line.startsWith("Anonymous:")
                    && line.endsWith(" 0 kB")
                    && mapping.contains("/")
                    && rights(mapping).startsWith("r-")) {
                found.add(mapping(mapping));
            }
        }
        return found;
    }

    private static String rights(String mapping) {
        return mapping.substring(mapping.indexOf(' ') + 1);
    }

    private static Mapping mapping(String line) {
        int dash = line.indexOf('-');
        long from = HexFormat.fromHexDigitsToLong(line, 0, dash);
        long to = HexFormat.fromHexDigitsToLong(line, dash + 1, line.indexOf(' '));
        return new Mapping(from, to - from);
    }

    @Override
    public void close() {
        pages.close();
    }
}
