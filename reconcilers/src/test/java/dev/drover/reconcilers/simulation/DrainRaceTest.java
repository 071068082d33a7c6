package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.loop.Committing;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.store.Commit;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import dev.drover.store.typed.Write.Step;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two nodes with a copy each of a group that spares one, emptied in one instant.
class DrainRaceTest {
    private final Tables tables = new Tables(new MemoryStore("c", InstantSource.system()));
    private final Truth truth = new Truth(tables);
    private final Committing commits = new Committing(tables, "leader");

    @Test
    void a_turn_that_has_not_seen_the_other_drain_loses_against_it() {
        running();
        drain("a1");
        Decision early = turn("a1", look());
        assertThat(early.actions()).isNotEmpty();
        drain("a2");
        Decision late = turn("a2", look());
        assertThat(late.actions()).as("its copy is in the lower slot").isNotEmpty();

        assertThat(write(late)).isInstanceOf(Commit.Done.class);
        assertThat(write(early)).isInstanceOf(Commit.Conflict.class);

        assertThat(live()).hasSize(1);
    }

    private void running() {
        Sketch web = Sketch.service("web").count(2).constraint("", "distinct_hosts", "true");
        tables.commit(
                Write.of(
                        new Step.Create(World.node("a1")),
                        new Step.Create(World.node("a2")),
                        new Step.Create(web.version(0)),
                        new Step.Create(web.job(0))));
        Cluster cluster = look();
        for (Placer.Turn turn : Placer.decide(cluster, Wakes.all(cluster), Sketch.NOON)) {
            assertThat(write(turn.decision())).isInstanceOf(Commit.Done.class);
        }
        for (Allocation copy : live()) {
            AllocationStatus healthy =
                    new AllocationStatus(
                            AllocationPhase.RUNNING,
                            "it runs",
                            Map.of(),
                            Optional.of(true),
                            1,
                            Optional.empty());
            tables.commit(Write.of(new Step.Replace(copy.withStatus(healthy))));
        }
    }

    private void drain(String name) {
        Node node = tables.nodes().get("", name).orElseThrow();
        DrainSpec without = new DrainSpec(Optional.empty(), false);
        NodeSpec drained = new NodeSpec(false, Optional.of(without));
        tables.commit(Write.of(new Step.Replace(node.withSpec(drained))));
    }

    private Cluster look() {
        truth.catchUp();
        return truth.cluster();
    }

    private static Decision turn(String node, Cluster cluster) {
        return new DrainReconciler().decide(ResourceName.cluster(node), cluster, Sketch.NOON);
    }

    private Commit write(Decision decision) {
        return commits.all(List.of(decision)).getFirst();
    }

    private List<Allocation> live() {
        return tables.allocations().list().stream().filter(Allocation::live).toList();
    }
}
