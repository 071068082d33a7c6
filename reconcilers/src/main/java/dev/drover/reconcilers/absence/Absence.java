package dev.drover.reconcilers.absence;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.reconcilers.absence.AbsenceView.Crowd;
import dev.drover.reconcilers.absence.AbsenceView.Resident;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of the allocations of a silent node.
///
/// ```text
/// its group says                     its allocation is
/// nothing                            lost at once
/// lost_after                         unknown until then: it may come back; lost afterwards
/// stop_on_client_after               unknown until its node must have stopped it; lost afterwards
/// anything, and many nodes fell      unknown, or as it was, until its node's turn comes: a cluster
///   silent at once                     that lost a switch is not to start everything twice
/// ```
///
/// Once the node is heard again, what was unknown is what it was before, until the node says else.
public final class Absence {
    /// Nodes that may fall silent at once without anybody thinking of a common cause: per cent.
    private static final int USUAL_PERCENT = 10;

    /// Of a crowd, so many per cent of all nodes are given up each minute.
    private static final int PERCENT_A_MINUTE = 1;

    private Absence() {}

    /// A step for each allocation of which something else has to be said, or will have to be.
    public static List<AbsenceStep> next(AbsenceView view, Instant now) {
        List<AbsenceStep> steps = new ArrayList<>();
        for (Resident resident : view.residents()) {
            switch (view.node().status().phase()) {
                case READY -> back(resident.allocation()).ifPresent(steps::add);
                case INITIALIZING -> {}
                case DOWN, DISCONNECTED -> steps.add(silent(view, resident, now));
            }
        }
        return steps;
    }

    private static Optional<AbsenceStep> back(Allocation allocation) {
        return allocation.status().phase() == AllocationPhase.UNKNOWN
                ? Optional.of(new AbsenceStep.Back(allocation, "its node is heard again"))
                : Optional.empty();
    }

    private static AbsenceStep silent(AbsenceView view, Resident resident, Instant now) {
        String node = "node " + view.node().metadata().name();
        Instant since = AbsenceView.since(view.node());
        Allocation allocation = resident.allocation();
        Instant turn = since.plus(delay(view.crowd()));
        Optional<Instant> returns = limit(resident, DisconnectPolicy::lostAfter, since);
        boolean late = now.isBefore(turn);
        if (returns.isPresent() && now.isBefore(returns.get())) {
            return late && replaced(resident) && turn.isBefore(returns.get())
                    ? new AbsenceStep.Wait(turn, crowded(view.crowd(), node, turn))
                    : new AbsenceStep.Unknown(
                            allocation,
                            node + " is silent and may come back until " + second(returns.get()),
                            returns.get());
        }
        Optional<Instant> stops = limit(resident, DisconnectPolicy::stopOnClientAfter, since);
        if (stops.isPresent() && now.isBefore(stops.get())) {
            return new AbsenceStep.Unknown(
                    allocation,
                    node + " is silent and stops it by itself until " + second(stops.get()),
                    stops.get());
        }
        return late
                ? new AbsenceStep.Unknown(allocation, crowded(view.crowd(), node, turn), turn)
                : new AbsenceStep.Lost(allocation, node + " is silent since " + second(since));
    }

    private interface Limit {
        Optional<Duration> of(DisconnectPolicy policy);
    }

    private static Optional<Instant> limit(Resident resident, Limit limit, Instant since) {
        return resident.policy().flatMap(limit::of).map(since::plus);
    }

    private static boolean replaced(Resident resident) {
        return resident.policy().flatMap(DisconnectPolicy::replace).orElse(true);
    }

    /// How long a node waits for its turn: not at all while only a few are silent.
    private static Duration delay(Crowd crowd) {
        int usual = Math.max(1, crowd.nodes() * USUAL_PERCENT / 100);
        int perMinute = Math.max(1, crowd.nodes() * PERCENT_A_MINUTE / 100);
        return crowd.before() < usual
                ? Duration.ZERO
                : Duration.ofMinutes((crowd.before() - usual) / perMinute + 1L);
    }

    private static String crowded(Crowd crowd, String node, Instant turn) {
        return "%s is silent, and %d of %d nodes fell silent before it at about the same time:"
                        .formatted(node, crowd.before(), crowd.nodes())
                + " replacement slows down, its turn is at "
                + second(turn);
    }

    /// As people read times.
    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
