package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who leaves a drained node, and when: copies of services as far as their group can spare some,
/// batch copies when they are done, system jobs last; everybody at the deadline.
public final class Drain {
    private Drain() {}

    /// The next step.
    public static DrainStep next(DrainView view, Instant now) {
        List<DrainView.Share> leaving =
                view.shares().stream()
                        .filter(share -> !(view.drain().ignoreSystem() && system(share)))
                        .toList();
        if (leaving.isEmpty()) {
            return new DrainStep.Done();
        }
        Optional<Instant> deadline = view.drain().deadline();
        boolean over = deadline.filter(when -> !now.isBefore(when)).isPresent();
        List<Allocation> leave = over ? live(leaving) : spared(leaving);
        if (!leave.isEmpty()) {
            return new DrainStep.Leave(
                    leave,
                    over ? List.of() : seen(leaving),
                    over ? "its node is drained and the deadline is over" : "its node is drained",
                    over ? Optional.empty() : deadline);
        }
        long left = leaving.stream().mapToLong(share -> share.there().size()).sum();
        return new DrainStep.Wait(
                left
                        + " allocations are still there: they stop, run to their end, or wait until"
                        + " their group can spare them",
                over ? Optional.empty() : deadline);
    }

    private static boolean system(DrainView.Share share) {
        return share.type().everywhere();
    }

    private static List<Allocation> live(List<DrainView.Share> shares) {
        return shares.stream()
                .flatMap(share -> share.there().stream())
                .filter(Allocation::live)
                .toList();
    }

    private static List<Resource> seen(List<DrainView.Share> shares) {
        return shares.stream().flatMap(share -> share.seen().stream()).distinct().toList();
    }

    private static List<Allocation> spared(List<DrainView.Share> shares) {
        return shares.stream().allMatch(Drain::system)
                ? live(shares)
                : shares.stream().flatMap(share -> share.spared().stream()).toList();
    }
}
