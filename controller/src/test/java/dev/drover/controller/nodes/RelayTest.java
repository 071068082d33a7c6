package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.testing.Samples;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.wire.FromNode.Fetch;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.StreamRequest.Take;
import dev.drover.store.Commit;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a node is told that gets nothing; `ThreeNodesTest` carries data from a node to another.
@Timeout(30)
class RelayTest {
    private final Tables tables = new Tables(new MemoryStore("c-1", InstantSource.system()));
    private final Relay relay = new Relay(tables, new Roster());
    private final List<StreamRequest> asked = new ArrayList<>();

    @BeforeEach
    void a_copy_on_n2_that_takes_the_place_of_one_on_n1() throws IOException {
        Allocation second = Samples.allocation("a-2", "web", "n2");
        AllocationSpec after =
                with(second.spec(), "\"desired\"", "\"previous\":\"a-1\",\"desired\"");
        write(
                new Write.Step.Create(Samples.allocation("a-1", "web", "n1")),
                new Write.Step.Create(second.withSpec(after)));
    }

    private static <T extends Record> T with(T record, String before, String after)
            throws IOException {
        @SuppressWarnings("unchecked") // its own class
        Class<T> type = (Class<T>) record.getClass();
        return RecordJson.read(type, RecordJson.text(record).replaceFirst(before, after));
    }

    private void versionWithDisk(String disk) throws IOException {
        JobVersion version = Samples.version("web");
        JobVersionSpec spec =
                with(version.spec(), "\"tasks\"", "\"ephemeralDisk\":{" + disk + "},\"tasks\"");
        write(new Write.Step.Create(new JobVersion(version.metadata(), spec)));
    }

    private void write(Write.Step... steps) {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }

    private Optional<NodeStream> ask(StreamRequest request) {
        asked.add(request);
        NodeStream stream = new NodeStream(1, _ -> {}, _ -> {});
        stream.ended(Optional.empty());
        return Optional.of(stream);
    }

    private void told(String node, String allocation, String because) {
        relay.carry(node, new Fetch("default", allocation), this::ask, () -> true);

        assertThat(asked).containsExactly(new Take(allocation, Optional.of(because)));
    }

    @Test
    void the_node_it_was_on_is_away() throws Exception {
        versionWithDisk("\"migrate\":true");

        told("n2", "a-2", "node \"n1\" is not connected");
    }

    @Test
    void it_is_asked_for_by_a_node_that_should_not_have_it() throws Exception {
        versionWithDisk("\"migrate\":true");

        told("n3", "a-2", "it is not for this node");
    }

    @Test
    void the_copy_that_asks_is_over() throws Exception {
        versionWithDisk("\"migrate\":true");
        Allocation second = tables.allocations().get("default", "a-2").orElseThrow();
        write(new Write.Step.Replace(second.withStatus(Samples.status(AllocationPhase.COMPLETE))));

        told("n2", "a-2", "it is not for this node");
    }

    @Test
    void its_disk_does_not_migrate() throws Exception {
        versionWithDisk("\"sticky\":true");

        told("n2", "a-2", "its group's disk does not migrate");
    }

    @Test
    void it_takes_nobodys_place() throws Exception {
        versionWithDisk("\"migrate\":true");

        told("n1", "a-1", "its group's disk does not migrate");
    }

    @Test
    void the_copy_before_was_swept() throws Exception {
        versionWithDisk("\"migrate\":true");
        write(new Write.Step.Delete(tables.allocations().get("default", "a-1").orElseThrow()));

        told("n2", "a-2", "nobody has it any more");
    }
}
