package dev.drover.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.controller.client.ServerTable;
import dev.drover.controller.client.TableRow;
import dev.drover.controller.client.Watch;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Http;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ApiTest {
    private static final String ROOT = "/apis/drover.dev/v1";
    private static final String JOBS = ROOT + "/namespaces/default/jobs";
    private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

    @TempDir Path folder;
    private Optional<Server> started = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        started =
                Optional.of(
                        Server.start(
                                ServerConfig.of(
                                        InetSocketAddress.createUnresolved("127.0.0.1", 0),
                                        folder.resolve("data"))));
    }

    @AfterEach
    void stop() {
        started.ifPresent(Server::close);
    }

    @Test
    void put_says_what_it_did() throws Exception {
        assertThat(effect(put("web", 1))).isEqualTo("created");
        assertThat(effect(put("web", 1))).isEqualTo("unchanged");
        assertThat(effect(put("web", 2))).isEqualTo("changed");
    }

    @Test
    void put_with_an_old_version_is_a_conflict() throws Exception {
        String old = version(put("web", 1).body());
        put("web", 2);

        HttpResponse<String> late =
                http().send(
                                "PUT",
                                JOBS + "/web",
                                job("web", 3, "\"resourceVersion\":\"" + old + "\""));

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("\"reason\":\"Conflict\"", "read it again");
    }

    /// As `kubectl edit` and controllers do: the patch says over which state it was made.
    @Test
    void a_patch_over_an_old_version_is_a_conflict() throws Exception {
        String old = version(put("web", 1).body());
        put("web", 2);
        String patch =
                "{\"metadata\":{\"resourceVersion\":\"" + old + "\"},\"spec\":{\"priority\":70}}";

        HttpResponse<String> late = http().send("PATCH", JOBS + "/web", patch);

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("\"reason\":\"Conflict\"", "read it again");
        assertThat(http().read(JOBS + "/web").body()).doesNotContain("\"priority\":70");
    }

    @Test
    void a_watch_from_a_revision_that_is_not_here_yet_says_so() throws Exception {
        HttpResponse<String> early = http().read(JOBS + "?watch=true&resourceVersion=900000");

        assertThat(early.statusCode()).isEqualTo(504);
        assertThat(early.body()).contains("Too large resource version", "not here yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun", "dryRun=", "dryRun=true", "dryRun=All&dryRun=no"})
    void who_may_have_meant_a_dry_run_gets_no_other(String query) throws Exception {
        String path = "/apis/drover.dev/v1/namespaces/default/variables/dry";
        String body =
                """
                {"apiVersion": "drover.dev/v1", "kind": "Variable", "metadata": {"name": "dry"},
                 "spec": {"items": {"k": "v"}}}
                """;

        assertThat(http().send("PUT", path + "?" + query, body).statusCode()).isEqualTo(400);
        assertThat(http().send("PUT", path + "?dryRun=All", body).statusCode()).isEqualTo(201);
        assertThat(http().read(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_list_of_no_services_is_a_list() throws Exception {
        assertThat(http().read("/apis/drover.dev/v1/services").body()).contains("\"items\":[]");
    }

    @Test
    void a_body_without_a_resource_is_not_several() throws Exception {
        assertThat(http().send("PUT", JOBS + "/web", "{}").body()).contains("has no resource");
    }

    @Test
    void a_manifest_with_mistakes_is_refused_with_all_of_them() throws Exception {
        HttpResponse<String> answer =
                http().send(
                                "PUT",
                                JOBS + "/web",
                                """
                                {"apiVersion": "drover.dev/v1", "kind": "Job", "metadata": {"name": "web"},
                                 "spec": {"grups": [], "priority": "high"}}
                                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("grups", "priority", "\"causes\":[");
        assertThat(http().read(JOBS + "/web").statusCode()).isEqualTo(404);
    }

    /// The rules are looked at once, by admission, which has no text; the answer has the places.
    @Test
    void what_the_rules_refuse_is_told_with_its_place_in_the_body() throws Exception {
        HttpResponse<String> answer =
                http().send("PUT", JOBS + "/web", job("web", -1, "\"labels\":{}"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("request:2:79 ", "count", "\"causes\":[");
        assertThat(http().read(JOBS + "/web").statusCode()).isEqualTo(404);
    }

    @Test
    void a_list_of_what_is_called_so_has_nothing_else() throws Exception {
        put("web", 1);
        put("web-1", 1);
        put("db", 1);

        assertThat(http().read(JOBS + "?nameBeginning=web-").body())
                .contains("\"web-1\"")
                .doesNotContain("\"name\":\"web\",\"namespace\"", "\"db\"");
        assertThat(http().read(ROOT + "/jobs?nameBeginning=web").statusCode()).isEqualTo(400);
    }

    @Test
    void a_list_comes_in_pages_of_one_revision() throws Exception {
        put("a", 1);
        put("b", 1);
        put("c", 1);
        String first = http().read(JOBS + "?limit=2").body();
        put("d", 1);
        String token = first.replaceAll("(?s).*\"continue\":\"([^\"]+)\".*", "$1");

        String second = http().read(JOBS + "?limit=2&continue=" + token).body();

        assertThat(first)
                .contains("\"name\":\"a\"", "\"name\":\"b\"")
                .doesNotContain("\"name\":\"c\"");
        assertThat(second)
                .contains("\"name\":\"c\"")
                .doesNotContain("\"name\":\"d\"", "continue\"");
        assertThat(version(second)).isEqualTo(version(first));
    }

    @Test
    void a_watch_from_a_list_misses_nothing() throws Exception {
        String revision = version(http().read(JOBS).body());
        put("web", 1);
        http().send("DELETE", JOBS + "/web", "{}");

        try (BufferedReader lines = watch(JOBS + "?watch=true&resourceVersion=" + revision)) {
            assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\"").contains("\"web\"");
            assertThat(lines.readLine()).startsWith("{\"type\":\"MODIFIED\"");
        }
    }

    @Test
    void initial_events_end_with_a_bookmark_that_says_so() throws Exception {
        put("web", 1);

        try (BufferedReader lines =
                watch(JOBS + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true")) {
            assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\"");
            assertThat(lines.readLine())
                    .startsWith("{\"type\":\"BOOKMARK\"")
                    .contains("\"k8s.io/initial-events-end\":\"true\"");
        }
    }

    @Test
    void a_watch_ends_when_the_caller_said() throws Exception {
        try (BufferedReader lines = watch(JOBS + "?watch=true&timeoutSeconds=1")) {
            assertThat(lines.lines().filter(l -> l.contains("ERROR"))).isEmpty();
        }
    }

    @Test
    void logs_are_what_the_node_sends() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (FakeNode node = FakeNode.join(vertx, server().port(), "n1")) {
            assertThat(node.next(ToNode.Desired.class).assignments()).isEmpty();
            put("web", 1);
            String id = node.next(ToNode.Desired.class).assignments().getFirst().id();
            String path =
                    ROOT
                            + "/namespaces/default/allocations/"
                            + id.substring(0, 8)
                            + "/logs?type=stderr";
            var answer = CompletableFuture.supplyAsync(() -> body(path));
            ToNode.OpenStream asked = node.next(ToNode.OpenStream.class);
            node.stream(asked.stream(), "one line\n");
            node.say(new FromNode.StreamEnd(asked.stream(), Optional.empty()));

            assertThat(asked.request())
                    .isEqualTo(new StreamRequest.Logs(id, "server", true, LogPart.ALL));
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("one line\n");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void every_route_stands_in_the_page_of_the_api() throws Exception {
        Path page = Path.of("").toAbsolutePath().resolveSibling("docs/api.md");
        String text = Files.readString(page);

        assertThat(server().routes().routes())
                .hasSizeGreaterThan(20)
                .allSatisfy(route ->
                        assertThat(text)
                                .contains(
                                        "| %s | `%s` |"
                                                .formatted(route.method(), route.pattern())));
    }

    @Test
    void a_table_is_watched_row_by_row_without_its_columns_being_told_again() throws Exception {
        var client = new Client(new Address("127.0.0.1", server().port()));
        put("first", 1);

        ServerTable shown = client.table(Kind.JOB, "");
        try (Watch<TableRow> watch = client.watch(Kind.JOB, "", shown)) {
            put("second", 1);
            String name = "";
            while (!name.equals("second")) { // the first job's status may change meanwhile
                TableRow row = watch.next().orElseThrow().resource();
                assertThat(row.namespace()).isEqualTo("default");
                assertThat(row.cell("Groups")).isEqualTo("1");
                name = row.cell("Name");
            }
        }
        assertThat(shown.rows()).hasSize(1);
        assertThat(shown.revision()).isNotEmpty();
    }

    @Test
    void kubectl_lists_waits_and_deletes() throws Exception {
        assumeTrue(kubectlIsHere(), "kubectl is not installed");
        put("web", 1);

        assertThat(kubectl("get", "jobs.drover.dev")).contains("NAME", "PHASE", "web");
        assertThat(kubectl("get", "job", "web", "-o", "jsonpath={.spec.groups[0].name}"))
                .isEqualTo("web");
        assertThat(kubectl("delete", "job", "web", "--wait=false")).contains("deleted");
        assertThat(kubectl("get", "all", "-A")).isNotEmpty();
    }

    @Test
    void kubectl_explains_applies_scales_and_says_what_is_wrong() throws Exception {
        assumeTrue(kubectlIsHere(), "kubectl is not installed");
        Path manifest = folder.resolve("web.json");
        Files.writeString(manifest, job("web", 1, ""));

        assertThat(kubectl("explain", "job.spec.groups.update"))
                .contains("KIND:       Job", "maxParallel", "<UpdatePolicy>");
        assertThat(kubectl("apply", "-f", manifest.toString())).contains("web created");
        assertThat(kubectl("apply", "-f", manifest.toString())).contains("web unchanged");
        assertThat(kubectl("scale", "job", "web", "--replicas=2")).contains("web scaled");
        assertThat(kubectl("get", "job", "web", "-o", "jsonpath={.spec.groups[0].count}"))
                .isEqualTo("2");
        Files.writeString(manifest, job("web", 1, "").replace("\"count\"", "\"cuont\""));
        assertThat(kubectlFails("apply", "-f", manifest.toString()))
                .contains("E1203", "did you mean \"count\"?");
    }

    private String body(String path) {
        try {
            return http().read(path).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean kubectlIsHere() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "kubectl")));
    }

    private String kubectl(String... words) throws Exception {
        Process process = kubectlProcess(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private String kubectlFails(String... words) throws Exception {
        Process process = kubectlProcess(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isNotZero();
        return output;
    }

    private Process kubectlProcess(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add("kubectl");
        command.add("--server=http://127.0.0.1:" + server().port());
        command.add("--cache-dir=" + folder.resolve("kubectl"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", "/dev/null");
        return builder.start();
    }

    private HttpResponse<String> put(String name, int count) throws Exception {
        return http().send("PUT", JOBS + "/" + name, job(name, count, ""));
    }

    private static String job(String name, int count, String metadata) {
        return """
        {"apiVersion": "drover.dev/v1", "kind": "Job",
         "metadata": {"name": "%s"%s}, "spec": {"groups": [{"name": "web", "count": %d, "tasks": [
           {"name": "server", "driver": "raw_exec", "config": {"command": "/bin/true"}}]}]}}
        """
                .formatted(name, metadata.isEmpty() ? "" : "," + metadata, count);
    }

    private static String effect(HttpResponse<String> answer) {
        return answer.headers().firstValue("drover-effect").orElse(answer.body());
    }

    private static String version(String body) {
        Matcher matcher = VERSION.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private BufferedReader watch(String path) throws Exception {
        return new BufferedReader(
                new InputStreamReader(http().follow(path).body(), StandardCharsets.UTF_8));
    }

    private Server server() {
        return started.orElseThrow();
    }

    private Http http() {
        return new Http(server().port());
    }
}
