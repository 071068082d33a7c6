package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {
    private static final String SUM = "sha256:" + "a".repeat(64);

    @TempDir Path folder;

    private final List<String> downloads = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int stagings;

    @Test
    void the_same_artifact_is_downloaded_once() throws Exception {
        ArtifactCache cache = cache(1000);

        cache.fetch(plan("/a", SUM, ""), staging(), _ -> {});
        cache.fetch(plan("/a", SUM, ""), staging(), _ -> {});

        assertThat(downloads).containsExactly("/a");
    }

    @Test
    void to_know_a_checksum_is_no_permission() throws Exception {
        ArtifactCache cache = cache(1000);
        cache.fetch(plan("/a", SUM, "mine"), staging(), _ -> {});

        cache.fetch(plan("/a", SUM, "theirs"), staging(), _ -> {});
        cache.fetch(plan("/b", SUM, "mine"), staging(), _ -> {});

        assertThat(downloads).containsExactly("/a", "/a", "/b");
    }

    @Test
    void what_has_no_checksum_or_a_weak_one_is_not_kept() throws Exception {
        ArtifactCache cache = cache(1000);
        for (String sum : List.of("", "md5:" + "a".repeat(32), "file:http://h/SUMS")) {
            cache.fetch(plan("/a", sum, ""), staging(), _ -> {});
            cache.fetch(plan("/a", sum, ""), staging(), _ -> {});
        }

        assertThat(downloads).hasSize(6);
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void what_was_not_asked_for_longest_makes_room() throws Exception {
        ArtifactCache cache = cache(25); // each takes ten bytes
        fetch(cache, "/a");
        fetch(cache, "/b");
        fetch(cache, "/a");
        fetch(cache, "/c");
        downloads.clear();

        fetch(cache, "/a");
        fetch(cache, "/b");

        assertThat(downloads).containsExactly("/b");
    }

    @Test
    void only_a_plain_file_is_kept() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Fetcher hostile =
                (_, into, _) -> {
                    Files.createSymbolicLink(into.resolve(Fetch.PACKED), secret);
                };
        ArtifactCache cache = new ArtifactCache(folder.resolve("cache"), hostile, 1000, () -> now);

        cache.fetch(plan("/a", SUM, ""), staging(), _ -> {});

        assertThat(folder.resolve("cache")).isEmptyDirectory();
        assertThat(secret).hasContent("secret");
    }

    private void fetch(ArtifactCache cache, String path) throws Exception {
        now = now.plusSeconds(10);
        cache.fetch(plan(path, SUM, ""), staging(), _ -> {});
    }

    private ArtifactCache cache(long bytes) throws IOException {
        return new ArtifactCache(folder.resolve("cache"), this::download, bytes, () -> now);
    }

    /// What the child does, as far as the cache sees it.
    private void download(FetchPlan plan, Path into, Consumer<Fetcher.Progress> progress)
            throws IOException {
        if (!Files.exists(into.resolve(Fetch.PACKED))) {
            downloads.add(plan.source().getPath());
            Files.write(into.resolve(Fetch.PACKED), new byte[10]);
        }
        if (plan.identity().isEmpty()) {
            Files.delete(into.resolve(Fetch.PACKED));
        }
    }

    private Path staging() throws IOException {
        return Files.createDirectory(folder.resolve("staging-" + stagings++));
    }

    private static FetchPlan plan(String path, String sum, String token) {
        URI source = URI.create("http://h" + path);
        return new FetchPlan(
                source,
                "local",
                new FetchPlan.Place(Mode.ANY, true, Optional.empty(), Optional.empty()),
                FetchPlan.Proof.parse(sum, source),
                new FetchPlan.Way.Web(new TreeMap<>(Map.of("X-Token", token))),
                true,
                FetchLimits.USUAL);
    }
}
