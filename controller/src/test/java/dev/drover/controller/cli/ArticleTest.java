package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.drover.controller.cli.Installation.Typed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The jobs of `examples/article`, as its README walks through them: real processes, real jails,
/// and a web server of this test. Nothing of them may be left afterwards.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ArticleTest {
    private static final Path ARTICLE = Path.of("../examples/article").toAbsolutePath().normalize();

    @TempDir static Path folder;

    private static Optional<FileLock> ports = Optional.empty();
    private static Optional<HttpServer> web = Optional.empty();
    private static Optional<Installation> drover = Optional.empty();

    @BeforeAll
    static void a_machine_with_drover_and_a_web_server() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "jails need root");
        for (String program : List.of("/bin/busybox", "/usr/bin/perl", "/usr/bin/unshare")) {
            Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
        }
        Assumptions.assumeTrue(
                new ProcessBuilder("unshare", "-m", "-p", "-f", "true").start().waitFor() == 0,
                "this machine does not let us make namespaces");
        ports = Optional.of(onlyOne());
        Files.createDirectories(www());
        Files.writeString(www().resolve("index.html"), "hello from the web\n");
        web = Optional.of(server());
        drover = Optional.of(Installation.start(Optional.of(folder.resolve("data"))));
    }

    /// The article's ports are fixed, so one build at a time has them.
    private static FileLock onlyOne() throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "drover-article-ports.lock");
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
    }

    private static HttpServer server() {
        HttpServer server =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        www(),
                        SimpleFileServer.OutputLevel.NONE);
        server.start();
        return server;
    }

    private static Path www() {
        return folder.resolve("www");
    }

    @AfterEach
    void every_job_goes_and_leaves_nothing() {
        List<String> ids = new ArrayList<>(List.of("no allocation has this name"));
        for (String job : List.of("fetch", "makebasejail", "hello", "python", "http-echo")) {
            if (type("status").out().contains(job)) {
                ids.addAll(drover().allocations(job));
                type("stop", "-purge", job);
            }
        }
        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> {
                    assertThat(processes()).isEmpty();
                    assertThat(text(Path.of("/proc/self/mountinfo")))
                            .doesNotContain(folder.toString());
                    assertThat(shell("find /sys/fs/cgroup -path '*/drover/*' -type d"))
                            .doesNotContain(ids);
                });
    }

    @AfterAll
    static void nothing_is_left() throws IOException {
        if (drover.isPresent()) {
            drover.get().close();
        }
        web.ifPresent(server -> server.stop(0));
        if (ports.isPresent()) {
            ports.get().channel().close();
        }
    }

    @Test
    void fetch_gets_a_page_once_and_then_a_hundred_times() {
        String url = "url=http://" + address() + "/";

        Typed once = run("fetch", url);
        List<String> first = drover().allocations("fetch");
        Typed often = run("fetch", url, "copies=100");

        assertThat(once.code()).isZero();
        assertThat(once.out()).endsWith("Job \"fetch\" is complete\n");
        assertThat(first).hasSize(1);
        assertThat(type("logs", first.getFirst()).out()).isEqualTo("hello from the web\n");
        assertThat(type("alloc", "status", first.getFirst()).out())
                .contains("Client Status       = complete")
                .contains("exit code 0");
        assertThat(often.code()).isZero();
        assertThat(often.out()).endsWith("Job \"fetch\" is complete\n");
        List<String> all = drover().allocations("fetch");
        assertThat(all).hasSize(100);
        assertThat(all)
                .allSatisfy(
                        id -> assertThat(type("logs", id).out()).isEqualTo("hello from the web\n"));
    }

    @Test
    void makebasejail_leaves_two_tarballs_with_their_checksums() throws Exception {
        Typed run = run("makebasejail", "www=" + www());

        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("Job \"makebasejail\" is complete\n");
        String id = drover().allocations("makebasejail").getFirst();
        assertThat(type("alloc", "status", id).out())
                .contains("Task \"makebasejail\" is \"dead\"")
                .contains("Task \"make-http-echo-artifact\" is \"dead\"");
        assertThat(type("fs", id, "makebasejail/local/makebasejail.sh").out())
                .contains("tar -czvf " + www() + "/basejail.tgz .");
        assertThat(type("logs", id, "makebasejail").out()).contains("./bin/busybox");
        assertThat(type("logs", id, "make-http-echo-artifact").out()).contains("./http-echo");
        for (String file : List.of("basejail.tgz", "http-echo.tgz")) {
            assertThat(shell("sha256sum -c " + www().resolve(file + ".sum")))
                    .isEqualTo(www().resolve(file) + ": OK\n");
        }
    }

    @Test
    void hello_answers_from_a_jail_made_by_hand() throws Exception {
        build();

        Typed run = run("hello", serverVariable(), jail(), basejailSum(), httpEchoSum());

        assertThat(run.out()).endsWith("Job \"hello\" is running\n");
        assertThat(run.code()).isZero();
        String id = drover().allocations("hello").getFirst();
        assertThat(answer(5678)).isEqualTo("hello\n");
        assertThat(type("fs", id, "hello/usr/local/bin").out()).contains("http-echo");
        assertThat(type("fs", id, "hello/bin").out()).contains("busybox");
        assertThat(processes()).anyMatch(p -> p.contains("httpd -f -p 5678"));
        assertThat(type("stop", "hello").out()).contains("Job \"hello\" is stopped");
    }

    @Test
    void hello_does_not_start_with_what_is_not_what_was_asked_for() throws Exception {
        build();
        String other = "http_echo_sum=" + "0".repeat(64);

        start("hello", serverVariable(), jail(), basejailSum(), other);

        await().atMost(Installation.PATIENCE)
                .untilAsserted(() -> {
                    String id = drover().allocations("hello").getFirst();
                    assertThat(type("alloc", "status", id).out())
                            .contains("Client Status       = pending")
                            .contains("checksums did not match: expected sha256:000");
                });
        assertThat(processes()).noneMatch(p -> p.contains("httpd"));
    }

    @Test
    void python_traps_the_stop_signal_and_removes_its_jail() throws Exception {
        build();

        Typed run = run("python", serverVariable(), jail(), basejailSum());

        assertThat(run.out()).endsWith("Job \"python\" is running\n");
        String id = drover().allocations("python").getFirst();
        assertThat(answer(8000)).isEqualTo("hello world\n");
        type("stop", "python");
        await().atMost(Installation.PATIENCE)
                .untilAsserted(() ->
                        assertThat(type("logs", id).out())
                                .contains("jaildir: ")
                                .contains("Caught SIGINT signal!\nremoving jail ")
                                .contains(": removed"));
    }

    @Test
    void http_echo_answers_from_a_jail_that_the_driver_makes() throws Exception {
        build();
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("usr/local/bin"));
        shell("tar -xzf %s/basejail.tgz -C %s".formatted(www(), root));
        shell("tar -xzf %s/http-echo.tgz -C %s/usr/local/bin".formatted(www(), root));

        Typed run = run("http-echo", "root=" + root);

        assertThat(run.out()).endsWith("Job \"http-echo\" is running\n");
        assertThat(answer(5678)).isEqualTo("hello\n");
        String pid = shell("pgrep -f '^httpd -f -p 5678'").strip();
        assertThat(shell("readlink /proc/" + pid + "/ns/pid /proc/" + pid + "/ns/mnt"))
                .doesNotContain(shell("readlink /proc/self/ns/pid"))
                .doesNotContain(shell("readlink /proc/self/ns/mnt"));
        assertThat(shell("ls /proc/" + pid + "/root/")).contains("bin").doesNotContain("home");
        assertThat(type("stop", "http-echo").out()).contains("Job \"http-echo\" is stopped");
    }

    /// Tarballs, once: each test may be the first.
    private static void build() {
        if (!Files.exists(www().resolve("http-echo.tgz.sum"))) {
            assertThat(run("makebasejail", "www=" + www()).code()).isZero();
        }
    }

    private static Installation drover() {
        return drover.orElseThrow();
    }

    private static Typed type(String... words) {
        return drover().type(words);
    }

    private static Typed run(String job, String... variables) {
        return submit(List.of("run"), job, variables);
    }

    private static void start(String job, String... variables) {
        assertThat(submit(List.of("run", "-detach"), job, variables).code()).isZero();
    }

    private static Typed submit(List<String> command, String job, String... variables) {
        List<String> words = new ArrayList<>(command);
        Arrays.stream(variables).forEach(variable -> words.addAll(List.of("--var", variable)));
        words.add(ARTICLE.resolve(job + ".hcl").toString());
        return type(words.toArray(String[]::new));
    }

    private static String address() {
        return "127.0.0.1:" + web.orElseThrow().getAddress().getPort();
    }

    private static String serverVariable() {
        return "server=" + address();
    }

    private static String basejailSum() throws IOException {
        return "basejail_sum=" + sum("basejail.tgz.sum");
    }

    private static String httpEchoSum() throws IOException {
        return "http_echo_sum=" + sum("http-echo.tgz.sum");
    }

    private static String sum(String file) throws IOException {
        return Files.readString(www().resolve(file)).split(" ")[0];
    }

    /// The stand-in for jail(8), with its state where this test looks for what is left.
    private static String jail() throws IOException {
        Path program = folder.resolve("jail");
        String script =
                "#!/bin/sh\nFREEBSD_STANDIN_STATE=%s/jails exec %s/standin/jail \"$@\"\n"
                        .formatted(folder, ARTICLE);
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "jail=" + program;
    }

    private static String answer(int port) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/");
        return await().atMost(Installation.PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> {
                            try (var body = uri.toURL().openStream()) {
                                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
                            }
                        },
                        text -> !text.isEmpty());
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + out).isZero();
        return out;
    }

    /// The command lines of all processes that come from this test's folder: by their words, their
    /// environment, their mounts, their working folder or their root.
    private static List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                boolean me = process.endsWith(Long.toString(ProcessHandle.current().pid()));
                if (!me && ours(process)) {
                    found.add(text(process.resolve("cmdline")).replace('\0', ' ').strip());
                }
            }
        }
        return found;
    }

    /// Not the one that makes loggers, without a run to log: it is the node's.
    private static boolean ours(Path process) {
        String command = text(process.resolve("cmdline"));
        return !command.endsWith("/bin/logger.pl\0")
                && Stream.of(
                                command,
                                text(process.resolve("environ")),
                                text(process.resolve("mountinfo")),
                                target(process.resolve("cwd")),
                                target(process.resolve("root")))
                        .anyMatch(text -> text.contains(folder.toString()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return ""; // it has ended
        }
    }
}
