package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.reconcilers.counting.GroupView.Keep;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Which of the copies in one slot stays when the node of a replaced one comes back.
final class Reunion {
    private Reunion() {}

    /// @param newestFirst of one version; at least one
    static Allocation best(List<Allocation> newestFirst, Keep keep, Predicate<Allocation> serves) {
        List<Allocation> serving = newestFirst.stream().filter(serves).toList();
        List<Allocation> among = serving.isEmpty() ? newestFirst : serving;
        return switch (keep) {
            case REPLACEMENT -> newestFirst.getFirst();
            case ORIGINAL -> newestFirst.getLast();
            case BEST -> among.getLast();
            case LONGEST_RUNNING ->
                    among.stream()
                            .min(Comparator.comparing(Reunion::started))
                            .orElse(among.getLast());
        };
    }

    /// When the first of its tasks started; one that has not yet is the youngest.
    private static Instant started(Allocation copy) {
        return copy.status().tasks().values().stream()
                .flatMap(task -> task.started().stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
