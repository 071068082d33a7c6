package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.http.HttpEdge;
import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.http.RouteTable;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.model.VariableSpec;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import dev.drover.store.Commit;
import dev.drover.store.Revision;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.WatchOptions;
import dev.drover.store.typed.Write;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NodeLinksTest {
    private static final LinkTimes TIMES =
            new LinkTimes(Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(2));

    private final Vertx vertx = Vertx.vertx();
    private final Tables tables = new Tables(new MemoryStore("c-1", InstantSource.system()));
    private final NodeLinks links =
            NodeLinks.start(
                    vertx, tables, Epoch.take(tables.store(), "test"), v -> v.spec().job(), TIMES);
    private HttpEdge edge = listen();

    private HttpEdge listen() {
        try {
            return HttpEdge.listen(
                    vertx,
                    InetSocketAddress.createUnresolved("127.0.0.1", 0),
                    new RouteTable(List.of()),
                    Map.of(Wire.PATH, links::accept),
                    HttpLimits.STANDARD);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void a_job_with_one_allocation_on_n1() {
        write(
                new Write.Step.Create(Samples.storedJob("web")),
                new Write.Step.Create(Samples.version("web")),
                new Write.Step.Create(Samples.allocation("a-1", "web", "n1")));
    }

    @AfterEach
    void close() throws Exception {
        links.close();
        edge.close();
        tables.store().close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_node_that_registers_is_ready_and_gets_everything_it_should_run() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            ToNode.Desired desired = node.next(ToNode.Desired.class);

            assertThat(node("n1").status().phase()).isEqualTo(NodePhase.READY);
            assertThat(node("n1").metadata().uid()).hasValue("uid-n1");
            assertThat(desired.whole()).isTrue();
            assertThat(desired.assignments()).extracting(Assignment::id).containsExactly("a-1");
            assertThat(desired.jobs()).singleElement().extracting("name").isEqualTo("web");
        }
    }

    @Test
    void a_name_that_belongs_to_another_machine_is_refused() throws Exception {
        try (FakeNode first = FakeNode.join(vertx, edge.port(), "n1");
                FakeNode second = FakeNode.dial(vertx, edge.port())) {
            second.register("n1", "somebody-else");

            assertThat(second.next(ToNode.Refused.class).because())
                    .contains("n1 belongs to another machine", "delete node n1");
            assertThat(second.endedByServer()).isTrue();
            assertThat(first.next()).isInstanceOf(ToNode.Desired.class);
        }
    }

    @Test
    void another_version_of_the_protocol_is_refused() throws Exception {
        try (FakeNode node = FakeNode.dial(vertx, edge.port())) {
            node.say(new FromNode.Register(99, "n1", "u", Samples.nodeStatus(), 0));

            assertThat(node.next(ToNode.Refused.class).because()).contains("version 99");
        }
    }

    @Test
    void a_link_that_says_nothing_is_ended() throws Exception {
        try (FakeNode node = FakeNode.dial(vertx, edge.port())) {
            assertThat(node.endedByServer()).isTrue();
        }
    }

    @Test
    void nonsense_ends_the_link() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.sayText("{\"type\":\"takeover\"}");

            assertThat(node.endedByServer()).isTrue();
        }
    }

    @Test
    void changes_follow_and_a_spec_travels_once() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            long before = node.next(ToNode.Desired.class).revision();

            write(new Write.Step.Create(Samples.allocation("a-2", "web", "n1")));
            ToNode.Desired change = node.next(ToNode.Desired.class);

            assertThat(change.whole()).isFalse();
            assertThat(change.revision()).isGreaterThanOrEqualTo(before);
            assertThat(change.jobs()).isEmpty();
            assertThat(change.assignments()).extracting(Assignment::id).containsExactly("a-2");
        }
    }

    @Test
    void what_the_store_no_longer_holds_is_gone() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);

            write(new Write.Step.Delete(allocation("a-1")));

            assertThat(node.next(ToNode.Desired.class).gone()).containsExactly("a-1");
        }
    }

    @Test
    void what_is_over_is_never_to_be_run_again() throws Exception {
        write(
                new Write.Step.Replace(
                        allocation("a-1").withStatus(Samples.status(AllocationPhase.COMPLETE))));
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            assertThat(node.next(ToNode.Desired.class).assignments())
                    .singleElement()
                    .satisfies(a -> assertThat(a.spec().desired()).isEqualTo(DesiredState.STOP));
        }
    }

    @Test
    void a_report_is_stored_before_it_is_taken() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);

            node.say(report(1, "a-1", AllocationPhase.RUNNING));

            assertThat(node.next()).isEqualTo(new ToNode.ReportTaken(1));
            assertThat(allocation("a-1").status().phase()).isEqualTo(AllocationPhase.RUNNING);
            assertThat(allocation("a-1").status().reported()).isEqualTo(1);
        }
    }

    @Test
    void doubled_and_late_reports_change_nothing() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            node.say(report(5, "a-1", AllocationPhase.RUNNING));
            node.next(ToNode.ReportTaken.class);
            Revision before = tables.revision();

            node.say(report(5, "a-1", AllocationPhase.RUNNING));
            node.say(report(4, "a-1", AllocationPhase.PENDING));

            assertThat(node.next()).isEqualTo(new ToNode.ReportTaken(5));
            assertThat(node.next()).isEqualTo(new ToNode.ReportTaken(4));
            assertThat(tables.revision()).isEqualTo(before);
        }
    }

    @Test
    void a_failure_stays_one_when_its_node_does_not_have_it_any_more() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            node.say(report(1, "a-1", AllocationPhase.FAILED));
            node.next(ToNode.ReportTaken.class);

            node.say(report(2, "a-1", AllocationPhase.COMPLETE)); // without a task
            node.next(ToNode.ReportTaken.class);

            assertThat(allocation("a-1").status().phase()).isEqualTo(AllocationPhase.FAILED);
        }
    }

    @Test
    void a_node_cannot_speak_of_anothers_allocations() throws Exception {
        try (FakeNode other = FakeNode.join(vertx, edge.port(), "n2")) {
            other.next(ToNode.Desired.class);

            other.say(report(1, "a-1", AllocationPhase.FAILED));

            assertThat(other.next()).isEqualTo(new ToNode.ReportTaken(1));
            assertThat(allocation("a-1").status().phase()).isEqualTo(AllocationPhase.PENDING);
        }
    }

    @Test
    void a_node_learns_the_highest_report_that_is_stored() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            node.say(report(7, "a-1", AllocationPhase.RUNNING));
            node.next(ToNode.ReportTaken.class);
        }
        try (FakeNode again = FakeNode.dial(vertx, edge.port())) {
            again.register("n1", "uid-n1");

            assertThat(again.next(ToNode.Registered.class).lastReport()).isEqualTo(7);
        }
    }

    @Test
    void a_silent_node_is_down_and_comes_back() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);

            awaitPhase("n1", NodePhase.DOWN);

            assertThat(node("n1").status().because())
                    .matches("not heard of since [0-9-]+T[0-9:]+Z");
            assertThat(node.endedByServer()).isTrue();
        }
        try (FakeNode again = FakeNode.join(vertx, edge.port(), "n1")) {
            again.next(ToNode.Desired.class);

            assertThat(node("n1").status().phase()).isEqualTo(NodePhase.READY);
        }
    }

    @Test
    void a_node_that_speaks_while_it_is_written_down_as_silent_is_not() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            Node ready = node("n1");
            NodeStatus silent = ready.status().in(NodePhase.DOWN, "silent", Instant.now());
            write(new Write.Step.Replace(ready.withStatus(silent)));

            node.say(new FromNode.Heartbeat());

            awaitPhase("n1", NodePhase.READY);
        }
    }

    @Test
    void a_stream_brings_bytes_until_its_end() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            try (NodeStream stream = open("n1")) {
                int number = node.next(ToNode.OpenStream.class).stream();
                node.stream(number, "hello ");
                node.stream(number, "world");
                node.say(new FromNode.StreamEnd(number, Optional.empty()));

                assertThat(text(stream)).isEqualTo("hello world");
            }
        }
    }

    @Test
    void a_reader_gives_credit_and_a_close_cancels() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            NodeStream stream = open("n1");
            ToNode.OpenStream opened = node.next(ToNode.OpenStream.class);
            node.stream(opened.stream(), "x".repeat((int) opened.credit() / 2));

            stream.next();
            assertThat(node.next(ToNode.Credit.class).bytes()).isEqualTo(opened.credit() / 2);
            stream.close();
            assertThat(node.next()).isEqualTo(new ToNode.CancelStream(opened.stream()));
        }
    }

    @Test
    void a_node_that_sends_beyond_its_credit_loses_the_link() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            node.next(ToNode.Desired.class);
            NodeStream stream = open("n1");
            ToNode.OpenStream opened = node.next(ToNode.OpenStream.class);

            node.stream(opened.stream(), "x".repeat((int) opened.credit() + 1));

            assertThat(node.endedByServer()).isTrue();
            assertThatThrownBy(stream::next)
                    .hasMessageContaining("connection to the node was lost");
        }
    }

    @Test
    void a_node_without_a_link_gives_no_stream() {
        assertThat(links.open("n9", logs())).isInstanceOf(NodeLinks.Opened.NotConnected.class);
    }

    private NodeStream open(String node) {
        return switch (links.open(node, logs())) {
            case NodeLinks.Opened.Open(NodeStream stream) -> stream;
            case NodeLinks.Opened.NotConnected _, NodeLinks.Opened.Busy _ ->
                    throw new AssertionError("no stream");
        };
    }

    private static StreamRequest logs() {
        return new StreamRequest.Logs("a-1", "server", false, LogPart.ALL);
    }

    private static String text(NodeStream stream) throws Exception {
        StringBuilder text = new StringBuilder();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            text.append(new String(next.get(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static FromNode.Report report(long sequence, String id, AllocationPhase phase) {
        return new FromNode.Report(
                sequence, List.of(new AllocationReport(id, "default", Samples.status(phase))));
    }

    @Test
    void a_task_knows_its_variables_and_hears_when_they_change() throws Exception {
        write(new Write.Step.Create(variable("nomad/jobs/web/web/server", "one")));
        try (FakeNode node = asking("n1")) {
            node.say(ask(1, "a-1", new Inquiry.Variable("nomad/jobs/web/web/server")));
            node.say(ask(2, "a-1", new Inquiry.Variable("nomad/jobs/web")));
            node.say(ask(3, "a-1", new Inquiry.Variables("nomad/jobs/web")));

            assertThat(told(node)).isEqualTo(new ToNode.Told(1, items("one")));
            assertThat(told(node)).isEqualTo(new ToNode.Told(2, new Knowledge.Nothing()));
            assertThat(told(node))
                    .isEqualTo(
                            new ToNode.Told(
                                    3, new Knowledge.Paths(List.of("nomad/jobs/web/web/server"))));
            Variable stored =
                    tables.variables().get("default", "nomad/jobs/web/web/server").orElseThrow();
            write(
                    new Write.Step.Replace(
                            new Variable(
                                    stored.metadata(), new VariableSpec(Map.of("key", "two")))));
            assertThat(told(node)).isEqualTo(new ToNode.Told(1, items("two")));
        }
    }

    @Test
    void what_is_anothers_is_not_told() throws Exception {
        write(
                new Write.Step.Create(variable("nomad/jobs/other", "canary")),
                new Write.Step.Create(variable("nomad/jobs/webby", "canary")),
                new Write.Step.Create(variable("nomad/jobs/web/web/server", "canary")),
                new Write.Step.Create(Samples.allocation("b-1", "web", "n2")));
        try (FakeNode node = asking("n1")) {
            node.say(ask(1, "a-1", new Inquiry.Variable("nomad/jobs/other")));
            node.say(ask(2, "a-1", new Inquiry.Variable("nomad/jobs/webby")));
            node.say(ask(3, "b-1", new Inquiry.Variable("nomad/jobs/web/web/server")));
            node.say(
                    new FromNode.Ask(
                            4,
                            "default",
                            "a-1",
                            "nobody",
                            new Inquiry.Variable("nomad/jobs/web/web/nobody")));

            for (int i = 1; i <= 4; i++) {
                ToNode.Told told = told(node);
                assertThat(told.question()).isEqualTo(i);
                assertThat(told.knowledge()).isInstanceOf(Knowledge.Denied.class);
                assertThat(told.toString()).doesNotContain("canary");
            }
        }
    }

    @Test
    void who_offers_a_service_is_told_when_it_passes_and_when_it_goes() throws Exception {
        try (FakeNode node = asking("n1")) {
            node.say(ask(1, "a-1", new Inquiry.Service("db")));
            assertThat(told(node)).isEqualTo(new ToNode.Told(1, instances()));
            Allocation offers =
                    Samples.allocation("b-1", "web", "n2")
                            .withStatus(
                                    Samples.status(AllocationPhase.RUNNING).offering(List.of(DB)));
            write(new Write.Step.Create(offers));

            assertThat(told(node))
                    .isEqualTo(new ToNode.Told(1, instances(ServiceInstance.of(offers, DB))));
            write(
                    new Write.Step.Replace(
                            allocation("b-1")
                                    .withStatus(
                                            Samples.status(AllocationPhase.COMPLETE)
                                                    .offering(List.of(DB)))));
            assertThat(told(node)).isEqualTo(new ToNode.Told(1, instances()));
        }
    }

    private static final ServiceState DB =
            new ServiceState("db", "10.0.0.1", 5432, List.of("main"), true, List.of());

    private static Knowledge instances(ServiceInstance... all) {
        return new Knowledge.Instances(List.of(all));
    }

    private static Knowledge items(String value) {
        return new Knowledge.Items(new VariableSpec(Map.of("key", value)));
    }

    private static Variable variable(String path, String value) {
        return new Variable(
                Metadata.named("default", path).born("uid-" + path, Samples.NOON),
                new VariableSpec(Map.of("key", value)));
    }

    private static FromNode.Ask ask(long question, String allocation, Inquiry inquiry) {
        return new FromNode.Ask(question, "default", allocation, "server", inquiry);
    }

    /// A node that has heard what it should run.
    private FakeNode asking(String name) throws Exception {
        FakeNode node = FakeNode.join(vertx, edge.port(), name);
        node.next(ToNode.Desired.class);
        return node;
    }

    private static ToNode.Told told(FakeNode node) throws InterruptedException {
        return node.next(ToNode.Told.class);
    }

    private void awaitPhase(String name, NodePhase phase) throws InterruptedException {
        try (var watch = tables.nodes().watch(WatchOptions.initial())) {
            boolean seen = false;
            while (!seen) {
                seen =
                        watch.next(Duration.ofSeconds(10)).orElseThrow()
                                        instanceof TypedDelivery.Frame<Node>(var changes)
                                && changes.stream()
                                        .map(c -> c.current())
                                        .anyMatch(n -> n.status().phase() == phase);
            }
        }
        assertThat(node(name).status().phase()).isEqualTo(phase);
    }

    private Node node(String name) {
        return tables.nodes().get("", name).orElseThrow();
    }

    private Allocation allocation(String id) {
        return tables.allocations().get("default", id).orElseThrow();
    }

    private void write(Write.Step... steps) {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }
}
