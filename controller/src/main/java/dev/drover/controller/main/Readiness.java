package dev.drover.controller.main;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import java.io.IOException;
import java.util.Optional;

/// Whether a cluster can run anything.
final class Readiness {
    private Readiness() {}

    /// Waits until one node is ready. False when the server ends first, which says so itself.
    static boolean await(Client client) {
        try (Watch<Node> watch = client.watch(Type.NODES, "", Where.ANY, "0")) {
            Optional<Seen<Node>> seen = watch.next();
            while (seen.isPresent() && !ready(seen.get())) {
                seen = watch.next();
            }
            return seen.isPresent();
        } catch (IOException ended) {
            return false;
        }
    }

    private static boolean ready(Seen<Node> seen) {
        return seen instanceof Seen.Now<Node>(Node node)
                && node.status().phase() == NodePhase.READY;
    }
}
