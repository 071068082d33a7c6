package dev.drover.reconcilers.bench;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.reconcilers.Sketch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Nodes and jobs as in the probe that the bars come from: 24 kinds of node (4 datacenters, 3
/// sizes, with SSD or not), constraints on half of the jobs, spread on a fifth, 1 to 200 copies
/// each.
final class Fleet {
    private static final int[] CORES = {16, 32, 64};

    private Fleet() {}

    static Node node(int number) {
        int cores = CORES[number % 3];
        NodeStatus status =
                new NodeStatus(
                        NodePhase.READY,
                        "it reports",
                        "dc" + number % 4,
                        "default",
                        "",
                        "10.0.0.1",
                        "boot",
                        new NodeResources(
                                cores * 2_500,
                                cores,
                                cores * 4_096,
                                cores * 50_000,
                                20_000,
                                32_000,
                                List.of(22)),
                        Map.of("kernel.name", "linux"),
                        Map.of("ssd", Boolean.toString(number / 12 % 2 == 0)),
                        Map.of("raw_exec", new DriverState(true, "", Map.of())),
                        Map.of(),
                        0,
                        Optional.empty());
        return new Node(
                Metadata.named("", "node-" + number).born("uid-" + number, Sketch.NOON),
                NodeSpec.open(),
                status);
    }

    static Sketch job(int number, RandomGenerator random) {
        Sketch job =
                Sketch.service("job-" + number)
                        .count(1 + random.nextInt(200))
                        .resources(50 + random.nextInt(850), 64 + random.nextInt(1_472));
        if (random.nextInt(2) == 0) {
            job.constraint("${meta.ssd}", "=", Boolean.toString(random.nextBoolean()));
        }
        if (random.nextInt(5) == 0) {
            job.spread("${node.datacenter}");
        }
        return job;
    }
}
