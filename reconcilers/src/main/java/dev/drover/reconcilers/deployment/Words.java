package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.reconcilers.deployment.DeploymentView.Group;
import dev.drover.reconcilers.restart.Restart;
import dev.drover.reconcilers.restart.RestartStep;
import dev.drover.reconcilers.restart.RestartView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a deployment waits for, and until when, as people read it.
final class Words {
    private Words() {}

    /// All groups that are not complete.
    static String waits(
            DeploymentView view, SortedMap<String, DeploymentGroup> groups, Instant now) {
        List<String> parts = new ArrayList<>();
        for (Group group : view.groups()) {
            String state = state(group, now);
            if (state.isEmpty()) {
                continue;
            }
            String until =
                    Optional.ofNullable(groups.get(group.name()))
                            .flatMap(DeploymentGroup::requireProgressBy)
                            .map(when ->
                                    "; it fails at "
                                            + when.truncatedTo(ChronoUnit.SECONDS)
                                            + " unless one more is healthy by then")
                            .orElse("");
            parts.add(group.name() + ": " + state + until);
        }
        return parts.isEmpty() ? "the placer has not looked at it yet" : String.join("; ", parts);
    }

    /// How it ended well.
    static String success(DeploymentView view) {
        int behind = view.groups().stream().mapToInt(Group::behind).sum();
        return "every copy is healthy"
                + (behind == 0
                        ? ""
                        : "; %d of another version on closed nodes stay until these are open"
                                .formatted(behind));
    }

    /// What a group waits for; empty when for nothing.
    static String state(Group group, Instant now) {
        if (Rolling.untried(group)) {
            return "no node is open to it, %d of another version stay on closed nodes"
                    .formatted(group.behind());
        }
        boolean trial = !group.known().promoted();
        int wanted = trial ? group.known().desiredCanaries() : Rolling.desired(group);
        int healthy = trial ? group.copies().proven() : group.copies().healthy();
        String counts = healthy + " of " + wanted + (trial ? " canaries" : " copies") + " healthy";
        Optional<String> reason = reason(group, now);
        if (trial && healthy >= wanted && reason.isEmpty()) {
            return Rolling.waitsForPeople(group)
                    ? counts + ", it waits for somebody to promote them"
                    : counts + ", it waits for the canaries of the other groups";
        }
        if (healthy >= wanted && group.others() > 0 && reason.isEmpty()) {
            return counts + ", %d of another version are still to stop".formatted(group.others());
        }
        return healthy >= wanted && reason.isEmpty()
                ? ""
                : counts + reason.map(text -> ", " + text).orElse("");
    }

    private static Optional<String> reason(Group group, Instant now) {
        Optional<String> loop =
                group.failed().stream().flatMap(f -> again(f, now).stream()).findFirst();
        return loop.or(() -> group.copies().ill().stream().findFirst().map(Words::ill))
                .or(() ->
                        group.summary()
                                .filter(summary -> summary.queued() > 0)
                                .map(Words::withoutPlace))
                .or(() -> group.copies().waited().stream().findFirst().map(Words::waited));
    }

    private static Optional<String> again(RestartView failed, Instant now) {
        return switch (Restart.next(failed, now)) {
            case RestartStep.Wait wait -> Optional.of(ill(failed.failed()) + "; " + wait.because());
            case RestartStep.Replace _, RestartStep.GiveUp _ -> Optional.empty();
        };
    }

    private static String withoutPlace(GroupSummary summary) {
        return "%d have no place".formatted(summary.queued());
    }

    private static String waited(Allocation copy) {
        String what =
                switch (copy.status().phase()) {
                    case PENDING ->
                            copy.status().waitsFor().map(w -> "waits: " + w).orElse("is starting");
                    case UNKNOWN -> "is on a silent node";
                    case RUNNING, COMPLETE, FAILED, LOST -> "is not healthy yet";
                };
        return place(copy) + " on " + copy.spec().node() + " " + what;
    }

    /// What is wrong with a copy.
    static String ill(Allocation copy) {
        boolean failed = copy.status().phase() == AllocationPhase.FAILED;
        return "%s on %s %s: %s"
                .formatted(
                        place(copy),
                        copy.spec().node(),
                        failed ? "failed" : "is not healthy",
                        copy.status().because());
    }

    private static String place(Allocation copy) {
        return copy.spec().group() + "[" + copy.spec().index() + "]";
    }

    static String time(Optional<Duration> some) {
        long seconds = some.orElse(Duration.ZERO).toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
