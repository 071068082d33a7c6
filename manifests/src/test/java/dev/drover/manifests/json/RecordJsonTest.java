package dev.drover.manifests.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.NamespaceSpec;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final AllocationStatus STATUS =
            new AllocationStatus(
                    AllocationPhase.FAILED,
                    "task \"web\" ended with code 3",
                    Map.of(
                            "web",
                            new TaskState(
                                    TaskPhase.DEAD,
                                    true,
                                    2,
                                    Optional.of(new Exit.Code(3)),
                                    Optional.of(NOON),
                                    Optional.empty(),
                                    List.of())),
                    Optional.of(false),
                    7,
                    Optional.of(NOON));

    @Test
    void what_is_written_reads_back_equal() throws IOException {
        assertThat(RecordJson.read(AllocationStatus.class, RecordJson.text(STATUS)))
                .isEqualTo(STATUS);
    }

    @Test
    void a_resource_begins_like_a_manifest_and_leaves_out_what_is_empty() {
        var room =
                new Namespace(
                        Metadata.named("", "default").born("u-1", NOON),
                        new NamespaceSpec(Optional.of("the \"first\"\n")));

        assertThat(RecordJson.manifest(room))
                .isEqualTo(
                        """
                        {"apiVersion":"drover.dev/v1","kind":"Namespace","metadata":{"name":"default","uid":"u-1",\
                        "generation":1,"creationTimestamp":"2026-05-01T12:00:00Z"},\
                        "spec":{"description":"the \\"first\\"\\n"}}\
                        """);
    }

    @Test
    void messages_of_both_ends_read_back_equal() throws IOException {
        var report =
                new FromNode.Report(9, List.of(new AllocationReport("a-1", "default", STATUS)));
        var open =
                new ToNode.OpenStream(
                        4,
                        new StreamRequest.Logs(
                                "a-1", "web", false, LogPart.ALL.from(true, 10).followed()),
                        65_536);
        var registered = new ToNode.Registered("c-1", Duration.ofSeconds(5), 8);

        assertThat(WireJson.fromNode(WireJson.text(report))).isEqualTo(report);
        assertThat(WireJson.toNode(WireJson.text(open))).isEqualTo(open);
        assertThat(WireJson.toNode(WireJson.text(registered))).isEqualTo(registered);
    }

    @Test
    void a_message_says_its_type_first() {
        assertThat(WireJson.text(new FromNode.StreamEnd(3, Optional.empty())))
                .isEqualTo("{\"type\":\"streamEnd\",\"stream\":3}");
        assertThat(WireJson.text(new ToNode.Registered("c", Duration.ofMillis(90_500), 0)))
                .isEqualTo(
                        "{\"type\":\"registered\",\"clusterId\":\"c\","
                                + "\"heartbeatEvery\":\"1m30s500ms\",\"lastReport\":0}");
    }

    @Test
    void fields_of_a_newer_program_are_skipped() throws IOException {
        String text = "{\"type\":\"streamEnd\",\"news\":{\"a\":[1,{}]},\"stream\":3,\"x\":null}";

        assertThat(WireJson.fromNode(text)).isEqualTo(new FromNode.StreamEnd(3, Optional.empty()));
    }

    @Test
    void values_without_a_schema_stay_as_they_are() {
        Value value =
                new Value.Fields(
                        Map.of(
                                "n", new Value.Num(new BigDecimal("1.50")),
                                "l", new Value.Items(List.of(new Value.Bool(true))),
                                "z", new Value.Nothing()));

        assertThat(RecordJson.value(value)).isEqualTo("{\"l\":[true],\"n\":1.5,\"z\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"stream\":1,\"type\":\"streamEnd\"}",
                "{\"type\":\"unheardOf\"}",
                "{\"type\":\"streamEnd\",\"stream\":\"x\"}",
                "{\"type\":\"streamEnd\",\"stream\":99999999999}",
                "{\"type\":\"report\",\"allocations\":[{\"status\":{\"phase\":\"lying\"}}]}",
                "{\"type\":\"report\",\"allocations\":[{\"id\":\"a\"}]}",
                "{\"type\":\"heartbeat\"}{}"
            })
    void what_is_no_message_is_refused(String text) {
        assertThatThrownBy(() -> WireJson.fromNode(text)).isInstanceOf(IOException.class);
    }
}
