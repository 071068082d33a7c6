package dev.drover.node.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Keeps what was downloaded for the node's next allocation that asks for the same: a hundred
/// copies of a job fetch once. Only what has a checksum that cannot be met on purpose is kept, and
/// only those find it who name the same source with the same headers or keys: to know a checksum is
/// no permission.
///
/// Nothing in it is believed: the fetching process verifies its own copy, and fetches anew what is
/// not what it must be.
public final class ArtifactCache implements Fetcher {
    /// Some root file systems, or hundreds of programs; a tenth of a small node's disk.
    public static final long BYTES_MAX = 4L << 30;

    private final Path folder;
    private final Fetcher fetcher;
    private final long bytesMax;
    private final InstantSource clock;

    /// @param folder nobody else's
    public ArtifactCache(Path folder, Fetcher fetcher, long bytesMax, InstantSource clock)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.fetcher = fetcher;
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    @Override
    public void fetch(FetchPlan plan, Path into, Consumer<Progress> progress)
            throws IOException, InterruptedException {
        Optional<Path> kept = plan.identity().map(sum -> folder.resolve(name(sum, plan)));
        Path packed = into.resolve(Fetch.PACKED);
        if (kept.isPresent()) {
            give(kept.get(), packed);
        }
        fetcher.fetch(plan, into, progress);
        if (kept.isPresent()) {
            keep(packed, kept.get());
        }
    }

    private static String name(Checksum sum, FetchPlan plan) {
        String asked = String.join("\n", plan.asked());
        return sum.algorithm()
                + "-"
                + sum.hex()
                + "-"
                + UUID.nameUUIDFromBytes(asked.getBytes(StandardCharsets.UTF_8));
    }

    /// A copy, not a link: what the fetching process does to its file happens to no other.
    private synchronized void give(Path kept, Path packed) throws IOException {
        if (Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(kept, packed);
            Files.setPosixFilePermissions(packed, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(kept, FileTime.from(clock.instant()));
        }
    }

    /// The fetching process is over, but what it left may be anything: only a plain file stays.
    private synchronized void keep(Path packed, Path kept) throws IOException {
        if (!Files.exists(packed, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.move(packed, kept, StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(kept);
            return;
        }
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(kept, FileTime.from(clock.instant()));
        makeRoom();
    }

    /// What was not asked for longest goes first.
    private void makeRoom() throws IOException {
        List<Path> oldestFirst;
        try (Stream<Path> all = Files.list(folder)) {
            oldestFirst = all.sorted(Comparator.comparingLong(ArtifactCache::used)).toList();
        }
        long bytes = 0;
        for (Path file : oldestFirst) {
            bytes += Files.size(file);
        }
        for (Path file : oldestFirst) {
            if (bytes <= bytesMax) {
                return;
            }
            bytes -= Files.size(file);
            Files.delete(file);
        }
    }

    private static long used(Path file) {
        return file.toFile().lastModified();
    }
}
