package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import java.time.Instant;
import java.util.List;

/// Allocations as rows; the same in every command that lists some.
final class AllocationTable {
    private static final List<String> HEADER =
            List.of("ID", "Node", "Task Group", "Version", "Desired", "Status", "Created");

    private AllocationTable() {}

    /// A row for each, in the order given.
    static Table of(List<Allocation> allocations, Instant now) {
        return new Table(HEADER, allocations.stream().map(a -> row(a, now)).toList());
    }

    private static List<String> row(Allocation allocation, Instant now) {
        return List.of(
                Ids.brief(allocation.id()),
                allocation.spec().node(),
                allocation.spec().group(),
                Integer.toString(allocation.spec().jobVersion()),
                Wording.word(allocation.spec().desired()),
                Wording.word(allocation.status().phase()),
                Times.ago(allocation.metadata().creationTimestamp(), now));
    }
}
