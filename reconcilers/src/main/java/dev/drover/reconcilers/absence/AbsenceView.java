package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node, what it held when it was heard last, and how many others fell silent with it.
public record AbsenceView(Node node, List<Resident> residents, Crowd crowd) {
    /// Silences that begin within this time have one cause more often than not: a switch, a power
    /// line, the server's own network.
    private static final Duration AT_ONCE = Duration.ofMinutes(5);

    /// An allocation that holds room on the node.
    ///
    /// @param policy what its group says of silent nodes; without `lost_after` when nobody wants it
    ///   back
    public record Resident(Allocation allocation, Optional<DisconnectPolicy> policy) {}

    /// The nodes that fell silent at about the same time.
    ///
    /// @param before how many did so before this one
    /// @param nodes how many the cluster has
    public record Crowd(int before, int nodes) {}

    /// Takes a copy of the list.
    public AbsenceView {
        residents = List.copyOf(residents);
    }

    /// The view of a node.
    public static AbsenceView of(Node node, Cluster cluster) {
        List<Resident> residents = new ArrayList<>();
        for (Allocation held : cluster.residentsOf(node.metadata().name()).allocations()) {
            boolean wanted = held.spec().desired() == DesiredState.RUN;
            Optional<DisconnectPolicy> policy = policy(held, cluster);
            residents.add(new Resident(held, wanted ? policy : policy.map(AbsenceView::unwanted)));
        }
        Crowd crowd = node.status().phase().silent() ? crowd(node, cluster) : new Crowd(0, 0);
        return new AbsenceView(node, residents, crowd);
    }

    private static Crowd crowd(Node node, Cluster cluster) {
        long before = cluster.silent().stream().filter(other -> earlier(other, node)).count();
        return new Crowd((int) before, cluster.nodes().size());
    }

    private static boolean earlier(Node other, Node node) {
        Instant since = since(node);
        Instant others = since(other);
        boolean first =
                others.isBefore(since)
                        || (others.equals(since)
                                && other.metadata().name().compareTo(node.metadata().name()) < 0);
        return first && !others.isBefore(since.minus(AT_ONCE));
    }

    /// Since when it is in its phase; always has been when nobody noted it.
    static Instant since(Node node) {
        return node.status().since().orElse(Instant.EPOCH);
    }

    /// Nobody waits for it to come back, but it runs until its node stops it.
    private static DisconnectPolicy unwanted(DisconnectPolicy policy) {
        return new DisconnectPolicy(
                Optional.empty(), policy.stopOnClientAfter(), policy.replace(), policy.reconcile());
    }

    private static Optional<DisconnectPolicy> policy(Allocation held, Cluster cluster) {
        return Cluster.jobOf(held)
                .flatMap(cluster::job)
                .flatMap(job -> cluster.version(job, held.spec().jobVersion()))
                .map(KeptVersion::effective)
                .flatMap(spec -> spec.group(held.spec().group()))
                .flatMap(group -> group.disconnect());
    }
}
