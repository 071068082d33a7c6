package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A whole daemon in this process and its small controller, for tests with real tasks.
final class OneNode {
    static final Duration SOON = Duration.ofSeconds(60);

    private final SmallController controller = new SmallController();
    private final Path data;
    private final UnaryOperator<NodeConfig> amended;
    private NodeDaemon daemon;

    private OneNode(Path data, UnaryOperator<NodeConfig> amended) throws IOException {
        this.data = data;
        this.amended = amended;
        daemon = NodeDaemon.start(config());
        await().atMost(SOON).until(controller::linked);
    }

    /// Linked, with nothing to run.
    static OneNode start(Path folder) throws IOException {
        return start(folder, UnaryOperator.identity());
    }

    /// The same as its operators have amended it.
    static OneNode start(Path folder, UnaryOperator<NodeConfig> amended) throws IOException {
        return new OneNode(folder.resolve("data"), amended);
    }

    private NodeConfig config() {
        return amended.apply(
                new NodeConfig(
                        Dial.plain(controller.url()),
                        data,
                        Optional.of("node"),
                        Optional.of("127.0.0.1"),
                        new Fingerprint.Words("dc1", "default", "", Map.of())));
    }

    SmallController controller() {
        return controller;
    }

    NodeDaemon daemon() {
        return daemon;
    }

    /// Another daemon on the same folder.
    void restart() throws IOException {
        daemon.close();
        daemon = NodeDaemon.start(config());
    }

    /// The only allocation of that job, named as it is.
    void want(AssignedJob job, DesiredState desired) {
        want(job, Jobs.assignment(job.name(), job, desired));
    }

    /// That allocation, and no other.
    void want(AssignedJob job, Assignment assignment) {
        controller.want(Jobs.whole(List.of(job), List.of(assignment)));
    }

    /// What is told of an allocation as soon as it is so.
    AllocationStatus status(String id, Predicate<AllocationStatus> as) {
        await().atMost(SOON)
                .until(() -> controller.heard(id).filter(r -> as.test(r.status())).isPresent());
        return controller.heard(id).orElseThrow().status();
    }

    AllocationStatus becomes(String id, AllocationPhase phase) {
        return status(id, status -> status.phase() == phase);
    }

    /// The folder that the tasks of an allocation share.
    Path shared(String id) {
        return data.resolve("alloc").resolve(id).resolve("alloc");
    }

    /// Where the files of the only task are.
    Path task(String id) {
        return data.resolve("alloc").resolve(id).resolve("t");
    }

    /// Nothing that runs is left, and the daemon said nothing that a daemon must not say.
    void close() throws IOException, InterruptedException {
        daemon.removeAll();
        controller.close();
        assertThat(controller.violations()).isEmpty();
    }
}
