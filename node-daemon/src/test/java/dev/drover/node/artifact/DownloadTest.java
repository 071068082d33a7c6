package dev.drover.node.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final byte[] TEXT = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    private WebServer web;
    private final List<Duration> pauses = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        web = WebServer.start().file("/hello", TEXT);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void gets_the_bytes_and_sends_the_jobs_headers() throws Exception {
        assertThat(download(web.url("/hello"))).isEqualTo(5);

        assertThat(folder.resolve("file")).hasContent("hello");
        assertThat(web.requests()).containsExactly("/hello secret");
    }

    @Test
    void tries_again_later_after_what_may_pass() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        web.answer(
                "/busy",
                request -> {
                    if (calls.incrementAndGet() < 3) {
                        request.sendResponseHeaders(503, -1);
                    } else {
                        request.sendResponseHeaders(200, TEXT.length);
                        request.getResponseBody().write(TEXT);
                    }
                });

        assertThat(download(web.url("/busy"))).isEqualTo(5);
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void gives_up_after_the_last_attempt() {
        web.answer("/down", request -> request.sendResponseHeaders(500, -1));

        assertThatThrownBy(() -> download(web.url("/down")))
                .isInstanceOf(FetchFailure.class)
                .hasMessage("HTTP status 500 from 127.0.0.1 (3 attempts)");
    }

    @Test
    void half_a_body_is_tried_again() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        web.answer(
                "/cut",
                request -> {
                    request.sendResponseHeaders(200, TEXT.length);
                    request.getResponseBody()
                            .write(TEXT, 0, calls.incrementAndGet() < 2 ? 2 : TEXT.length);
                    request.getResponseBody().flush();
                });

        assertThat(download(web.url("/cut"))).isEqualTo(5);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void the_rest_of_a_broken_download_is_asked_for_alone() throws Exception {
        List<String> ranges = new ArrayList<>();
        web.answer(
                "/large",
                request -> {
                    ranges.add(String.valueOf(request.getRequestHeaders().getFirst("Range")));
                    request.getResponseHeaders().set("ETag", "\"v1\"");
                    if (ranges.size() == 1) {
                        request.sendResponseHeaders(200, TEXT.length);
                        request.getResponseBody().write(TEXT, 0, 2);
                        request.getResponseBody().flush();
                    } else {
                        assertThat(request.getRequestHeaders().getFirst("If-Range"))
                                .isEqualTo("\"v1\"");
                        request.getResponseHeaders().set("Content-Range", "bytes 2-4/5");
                        request.sendResponseHeaders(206, 3);
                        request.getResponseBody().write(TEXT, 2, 3);
                    }
                });

        assertThat(download(web.url("/large"))).isEqualTo(5);
        assertThat(ranges).containsExactly("null", "bytes=2-");
        assertThat(folder.resolve("file")).hasContent("hello");
    }

    @Test
    void a_file_that_has_changed_meanwhile_is_fetched_from_its_beginning() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        web.answer(
                "/changing",
                request -> {
                    boolean first = calls.incrementAndGet() == 1;
                    request.getResponseHeaders().set("ETag", first ? "\"v1\"" : "\"v2\"");
                    request.sendResponseHeaders(200, TEXT.length);
                    request.getResponseBody().write(TEXT, 0, first ? 2 : TEXT.length);
                    request.getResponseBody().flush();
                });

        assertThat(download(web.url("/changing"))).isEqualTo(5);
        assertThat(folder.resolve("file")).hasContent("hello");
    }

    @Test
    void a_rest_that_is_refused_is_no_end() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        web.answer(
                "/picky",
                request -> {
                    request.getResponseHeaders().set("ETag", "\"v1\"");
                    if (request.getRequestHeaders().containsKey("Range")) {
                        request.sendResponseHeaders(416, -1);
                        return;
                    }
                    request.sendResponseHeaders(200, TEXT.length);
                    boolean first = calls.incrementAndGet() == 1;
                    request.getResponseBody().write(TEXT, 0, first ? 2 : TEXT.length);
                    request.getResponseBody().flush();
                });

        assertThat(download(web.url("/picky"))).isEqualTo(5);
        assertThat(calls).hasValue(2);
    }

    @Test
    void does_not_ask_twice_for_what_is_not_there() {
        assertThatThrownBy(() -> download(web.url("/nothing")))
                .hasMessage("HTTP status 404 from 127.0.0.1");
        assertThat(pauses).isEmpty();
    }

    @Test
    void follows_redirects_and_keeps_the_headers_at_home() throws Exception {
        try (WebServer other = WebServer.start().file("/there", TEXT)) {
            web.redirect("/moved", other.url("/there"));

            assertThat(download(web.url("/moved"))).isEqualTo(5);
            assertThat(other.requests()).containsExactly("/there null");
        }
    }

    @Test
    void redirects_that_never_end_are_refused() {
        web.redirect("/loop", "/loop");

        assertThatThrownBy(() -> download(web.url("/loop"))).hasMessage("more than 10 redirects");
        assertThat(web.requests()).hasSize(11);
    }

    @Test
    void a_redirect_to_what_only_the_node_reaches_is_refused() {
        web.redirect("/metadata", "http://169.254.169.254/latest/meta-data/");
        web.redirect("/mapped", "http://[::ffff:169.254.169.254]/");
        web.redirect("/file", "file:///etc/passwd");
        web.redirect("/gopher", "gopher://127.0.0.1/");

        assertThatThrownBy(() -> download(web.url("/metadata"))).hasMessageContaining("link-local");
        assertThatThrownBy(() -> download(web.url("/mapped"))).hasMessageContaining("link-local");
        assertThatThrownBy(() -> download(web.url("/file")))
                .hasMessageContaining("only http and https");
        assertThatThrownBy(() -> download(web.url("/gopher")))
                .hasMessageContaining("only http and https");
    }

    @Test
    void this_machine_itself_is_refused_where_the_node_says_so() {
        assertThatThrownBy(() -> download(plan(web.url("/hello"), false, 1 << 20)))
                .hasMessage("127.0.0.1 is 127.0.0.1, which is refused: it is this machine itself");
        assertThatThrownBy(() ->
                        download(
                                plan(
                                        web.url("/hello").replace("127.0.0.1", "localhost"),
                                        false,
                                        1 << 20)))
                .hasMessageContaining("it is this machine itself");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void a_url_with_a_user_in_it_is_refused() {
        assertThatThrownBy(
                        () -> download(web.url("/hello").replace("127.0.0.1", "me:pw@127.0.0.1")))
                .hasMessageContaining("credentials belong into headers");
    }

    @Test
    void more_bytes_than_allowed_are_not_written() {
        web.file("/large", new byte[200_000]);
        web.answer(
                "/endless",
                request -> {
                    request.sendResponseHeaders(200, 0); // of unknown length
                    for (int i = 0; i < 100; i++) {
                        request.getResponseBody().write(new byte[10_000]);
                    }
                });

        assertThatThrownBy(() -> download(plan(web.url("/large"), true, 100_000)))
                .hasMessageContaining("larger than 100000 bytes");
        assertThatThrownBy(() -> download(plan(web.url("/endless"), true, 100_000)))
                .hasMessageContaining("larger than 100000 bytes");
    }

    @Test
    void an_object_of_s3_is_asked_for_with_a_signature_and_without_the_secret() throws Exception {
        List<String> authorizations = new ArrayList<>();
        web.answer(
                "/bucket/",
                request -> {
                    var headers = request.getRequestHeaders();
                    authorizations.add(headers.getFirst("Authorization"));
                    var expected =
                            S3Signature.sign(
                                    URI.create(web.url("/bucket/a%20b")),
                                    new TreeMap<>(),
                                    KEYS,
                                    Instant.EPOCH);
                    boolean right =
                            expected.containsValue(authorizations.getLast())
                                    && headers.values().toString().indexOf("hush") < 0;
                    request.sendResponseHeaders(right ? 200 : 403, TEXT.length);
                    request.getResponseBody().write(TEXT);
                });

        assertThat(download(s3(web.url("/bucket/a%20b")))).isEqualTo(5);
        assertThat(authorizations).hasSize(1);
    }

    @Test
    void what_s3_does_not_like_is_said_in_its_words_and_no_other_host_sees_the_signature()
            throws Exception {
        List<String> seen = new ArrayList<>();
        try (WebServer other = WebServer.start()) {
            other.answer(
                    "/denied",
                    request -> {
                        seen.add(
                                String.valueOf(
                                        request.getRequestHeaders().getFirst("Authorization")));
                        byte[] xml =
                                "<Error><Code>AccessDenied</Code><Message>Not you</Message></Error>"
                                        .getBytes(StandardCharsets.UTF_8);
                        request.sendResponseHeaders(403, xml.length);
                        request.getResponseBody().write(xml);
                    });
            web.redirect("/moved", other.url("/denied"));

            assertThatThrownBy(() -> download(s3(web.url("/moved"))))
                    .hasMessage("HTTP status 403 from 127.0.0.1: AccessDenied: Not you");
        }
        assertThat(seen).containsExactly("null");
    }

    private static final S3Signature.Keys KEYS =
            new S3Signature.Keys("AK", "hush", Optional.empty(), "us-east-1");

    private static FetchPlan s3(String url) {
        FetchPlan plan = plan(url, true, 1 << 20);
        return new FetchPlan(
                plan.source(),
                plan.target(),
                plan.place(),
                plan.proof(),
                new FetchPlan.Way.S3(Optional.of(KEYS)),
                true,
                plan.limits());
    }

    private long download(String url) throws IOException, InterruptedException {
        return download(plan(url, true, 1 << 20));
    }

    private long download(FetchPlan plan) throws IOException, InterruptedException {
        try (HttpClient client = Download.client().build()) {
            return new Download(plan, client, pauses::add, _ -> {}, () -> Instant.EPOCH)
                    .into(folder.resolve("file"));
        }
    }

    private static FetchPlan plan(String url, boolean loopback, long bytes) {
        return new FetchPlan(
                URI.create(url),
                "local",
                new FetchPlan.Place(Mode.ANY, true, Optional.empty(), Optional.empty()),
                Optional.empty(),
                new FetchPlan.Way.Web(new TreeMap<>(Map.of("X-Token", "secret"))),
                loopback,
                new FetchLimits(bytes, 10, 10, Duration.ofSeconds(20), 3));
    }
}
