package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// With the real child process.
class FetchProcessTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    private WebServer web;

    @BeforeEach
    void serve() throws IOException {
        web = WebServer.start();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void an_archive_is_fetched_verified_and_unpacked() throws Exception {
        byte[] archive =
                Archives.tarGz(tar ->
                        tar.file("bin/hello", "#!/bin/sh", 0755).link("bin/hi", "/bin/hello"));
        web.file("/a.tgz", archive);

        fetch(plan("/a.tgz", "opt", Mode.ANY, Optional.of(sha256(archive))));

        assertThat(folder.resolve("tree/opt/bin/hello")).hasContent("#!/bin/sh").isExecutable();
        assertThat(folder.resolve("tree/opt/bin/hi")).hasContent("#!/bin/sh");
        assertThat(folder.resolve("download")).hasBinaryContent(archive); // for the cache
    }

    @Test
    void a_file_is_put_into_the_folder_or_to_the_path() throws Exception {
        web.file("/conf.txt", "a=1".getBytes(StandardCharsets.UTF_8));

        fetch(plan("/conf.txt", "local", Mode.ANY, Optional.empty()));
        fetch(plan("/conf.txt", "etc/my.conf", Mode.FILE, Optional.empty()));

        assertThat(folder.resolve("tree/local/conf.txt")).hasContent("a=1");
        assertThat(folder.resolve("tree/etc/my.conf")).hasContent("a=1");
    }

    @Test
    void the_kernel_limits_the_child() throws Exception {
        List<String> seen = new ArrayList<>();
        web.answer(
                "/conf.txt",
                request -> {
                    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
                        seen.add(Files.readString(Path.of("/proc/" + child.pid() + "/limits")));
                    }
                    request.sendResponseHeaders(200, 1);
                    request.getResponseBody().write('x');
                });

        fetch(plan("/conf.txt", "local", Mode.ANY, Optional.empty()));

        assertThat(seen)
                .anySatisfy(limits ->
                        assertThat(limits)
                                .containsPattern("Max open files +256 +256 ")
                                .containsPattern("Max core file size +0 +0 ")
                                .containsPattern("Max cpu time +1800 +1800 ")
                                .containsPattern("Max file size +8589935104 +8589935104 "));
    }

    @Test
    void who_does_not_want_it_any_more_need_not_wait_for_its_end() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        web.answer("/slow.txt", _ -> held(end));
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        Thread fetching =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                fetch(plan("/slow.txt", "local", Mode.ANY, Optional.empty()));
                            } catch (IOException | InterruptedException e) {
                                outcome.complete(e);
                            }
                        });
        try {
            await().atMost(SOON).until(() -> !web.requests().isEmpty());

            fetching.interrupt();

            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            end.countDown();
        }
    }

    private static void held(CountDownLatch end) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void a_compressed_file_loses_its_ending() throws Exception {
        web.file("/words.txt.gz", Archives.gzip("words".getBytes(StandardCharsets.UTF_8)));

        fetch(plan("/words.txt.gz", "local", Mode.ANY, Optional.empty()));

        assertThat(folder.resolve("tree/local/words.txt")).hasContent("words");
    }

    @Test
    void a_wrong_checksum_leaves_nothing() throws Exception {
        web.file("/a.tgz", Archives.tarGz(tar -> tar.file("a", "x")));

        assertThatThrownBy(() ->
                        fetch(
                                plan(
                                        "/a.tgz",
                                        "",
                                        Mode.ANY,
                                        Optional.of(new Checksum("sha256", "0".repeat(64))))))
                .hasMessageStartingWith("checksums did not match: expected sha256:000");
        assertThat(folder.resolve("tree")).doesNotExist();
    }

    @Test
    void a_checksum_file_says_what_the_bytes_must_add_up_to() throws Exception {
        byte[] archive = Archives.tarGz(tar -> tar.file("a", "x"));
        String good = sha256(archive).hex() + " *./dist/a.tgz\n";
        String other = "0".repeat(64) + "  b.tgz\n";
        web.file("/a.tgz", archive);
        web.file("/SHA256SUMS", (other + good).getBytes(StandardCharsets.UTF_8));
        web.file("/BSD", ("SHA256 (a.tgz) = " + "1".repeat(64)).getBytes(StandardCharsets.UTF_8));
        web.file("/NONE", other.getBytes(StandardCharsets.UTF_8));

        fetch(listed("SHA256SUMS"));

        assertThat(folder.resolve("tree/local/a")).hasContent("x");
        assertThatThrownBy(() -> fetch(listed("BSD")))
                .hasMessageStartingWith("checksums did not match: expected sha256:111");
        assertThatThrownBy(() -> fetch(listed("NONE"))).hasMessageEndingWith("no line for a.tgz");
    }

    private FetchPlan listed(String file) {
        URI source = URI.create(web.url("/a.tgz"));
        return new FetchPlan(
                source,
                "local",
                new FetchPlan.Place(Mode.ANY, true, Optional.empty(), Optional.empty()),
                FetchPlan.Proof.parse("file:" + file, source),
                new FetchPlan.Way.Web(new TreeMap<>(Map.of())),
                true,
                FetchLimits.USUAL);
    }

    @Test
    void what_the_daemon_has_already_is_not_asked_for() throws Exception {
        byte[] archive = Archives.tarGz(tar -> tar.file("a", "x"));
        Files.write(folder.resolve("download"), archive);

        fetch(plan("/never", "local", Mode.ANY, Optional.of(sha256(archive)), "tgz"));

        assertThat(folder.resolve("tree/local/a")).hasContent("x");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void what_the_daemon_has_is_not_believed() throws Exception {
        byte[] archive = Archives.tarGz(tar -> tar.file("a", "x"));
        Files.write(folder.resolve("download"), Archives.tarGz(tar -> tar.file("evil", "y")));
        web.file("/a.tgz", archive);

        fetch(plan("/a.tgz", "local", Mode.ANY, Optional.of(sha256(archive))));

        assertThat(folder.resolve("tree/local/a")).hasContent("x");
        assertThat(folder.resolve("tree/local/evil")).doesNotExist();
    }

    @Test
    void tasks_that_name_one_url_and_different_checksums_get_each_its_own_file_or_none()
            throws Exception {
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] two = "two".getBytes(StandardCharsets.UTF_8);
        AtomicInteger turn = new AtomicInteger();
        web.answer(
                "/race",
                request -> {
                    request.sendResponseHeaders(200, one.length);
                    request.getResponseBody().write(turn.getAndIncrement() % 2 == 0 ? one : two);
                });
        ArtifactCache cache =
                new ArtifactCache(
                        folder.resolve("cache"),
                        FetchProcess.ofThisProgram(),
                        1 << 20,
                        InstantSource.system());
        List<Future<Optional<String>>> results = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 12; i++) {
                byte[] wanted = i % 2 == 0 ? one : two;
                Path into = Files.createDirectory(folder.resolve("task-" + i));
                FetchPlan plan = plan("/race", "", Mode.ANY, Optional.of(sha256(wanted)), "none");
                results.add(threads.submit(() -> fetched(cache, plan, into)));
            }
        }

        for (int i = 0; i < 12; i++) {
            String own = i % 2 == 0 ? "one" : "two";
            assertThat(results.get(i).get().orElse(own)).isEqualTo(own);
        }
        assertThat(results).anyMatch(result -> result.resultNow().isPresent());
    }

    /// What the file holds; empty when its checksum was not the wanted one.
    private static Optional<String> fetched(Fetcher fetcher, FetchPlan plan, Path into)
            throws IOException, InterruptedException {
        try {
            fetcher.fetch(plan, into, _ -> {});
            return Optional.of(Files.readString(into.resolve("tree/race")));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("checksums did not match");
            return Optional.empty();
        }
    }

    @Test
    void what_is_no_archive_is_no_folder() {
        web.file("/a.txt", new byte[] {1});

        assertThatThrownBy(() -> fetch(plan("/a.txt", "", Mode.DIR, Optional.empty())))
                .hasMessageContaining("wants an archive, and a.txt is none");
    }

    @Test
    @EnabledIf("root")
    void the_child_of_root_is_nobody_and_reaches_only_its_folder() throws Exception {
        Path program = Files.createTempDirectory("drover-fetch-test");
        try {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            FetchProcess process = FetchProcess.of(copied(program));
            web.file("/a.tgz", Archives.tarGz(tar -> tar.file("bin/hello", "x")));

            process.fetch(plan("/a.tgz", "usr/local", Mode.ANY, Optional.empty()), folder, _ -> {});

            assertThat(process.unprivileged()).isTrue();
            assertThat(folder.resolve("tree/usr/local/bin/hello")).hasContent("x");
            assertThat(Files.getAttribute(folder.resolve("tree/usr/local/bin/hello"), "unix:uid"))
                    .isEqualTo(65534);
        } finally {
            try (var all = Files.walk(program)) {
                for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    static boolean root() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /// This test's class path where everybody may read it: it may lie beneath root's own folder.
    private static String copied(Path to) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part :
                System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path from = Path.of(part);
            Path copy = to.resolve(parts.size() + "-" + from.getFileName());
            if (!Files.exists(from) || part.contains("test-classes")) {
                continue;
            }
            try (var all = Files.walk(from)) {
                for (Path file : all.toList()) {
                    Files.copy(file, copy.resolve(from.relativize(file).toString()));
                }
            }
            parts.add(copy.toString());
        }
        return String.join(java.io.File.pathSeparator, parts);
    }

    private void fetch(FetchPlan plan) throws IOException, InterruptedException {
        FetchProcess.ofThisProgram().fetch(plan, folder, _ -> {});
    }

    private FetchPlan plan(String path, String target, Mode mode, Optional<Checksum> checksum) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return plan(path, target, mode, checksum, name.substring(name.indexOf('.') + 1));
    }

    private FetchPlan plan(
            String path, String target, Mode mode, Optional<Checksum> checksum, String archive) {
        return new FetchPlan(
                URI.create(web.url(path)),
                target,
                new FetchPlan.Place(mode, true, Optional.of(archive), Optional.empty()),
                checksum.map(FetchPlan.Proof.Sum::new),
                new FetchPlan.Way.Web(new TreeMap<>(Map.of())),
                true,
                FetchLimits.USUAL);
    }

    private static Checksum sha256(byte[] bytes) throws Exception {
        return new Checksum(
                "sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
}
