package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node and what it held when it was heard last.
public record AbsenceView(Node node, List<Resident> residents) {
    /// An allocation that holds room on the node.
    ///
    /// @param policy what its group wants when its node is silent
    public record Resident(Allocation allocation, Optional<DisconnectPolicy> policy) {}

    /// Takes a copy of the list.
    public AbsenceView {
        residents = List.copyOf(residents);
    }

    /// The view of a node.
    public static AbsenceView of(Node node, Cluster cluster) {
        List<Resident> residents = new ArrayList<>();
        for (Allocation held : cluster.residentsOf(node.metadata().name()).allocations()) {
            residents.add(new Resident(held, policy(held, cluster)));
        }
        return new AbsenceView(node, residents);
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
