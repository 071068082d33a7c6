package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.TaskPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is told to somebody who follows a job: each change once, in words that Nomad's users know.
/// A value: telling the next part makes a new one.
///
/// @param evaluation the id of the decision that is followed
/// @param told every allocation that was told of, as it was then
/// @param stage how far the evaluation has been told
/// @param delay what was told last of why something that failed is not replaced yet
record Story(String evaluation, Map<String, Allocation> told, Stage stage, Optional<String> delay) {
    /// How far the evaluation has been told.
    enum Stage {
        NOTHING,
        TRIGGER,
        ALL
    }

    /// One line: a heading, or a detail under it.
    record Line(boolean heading, String text) {}

    /// A part of the story, and the story after it.
    record Part(List<Line> lines, Story rest) {
        Part {
            lines = List.copyOf(lines);
        }
    }

    Story {
        told = Map.copyOf(told);
    }

    /// Begins with the allocations that were there before: they are known and not told.
    static Story begin(String evaluation, List<Allocation> before) {
        return new Story(
                evaluation,
                before.stream().collect(Collectors.toMap(Allocation::id, Function.identity())),
                Stage.NOTHING,
                Optional.empty());
    }

    /// What `sight` shows that was not told yet.
    Part next(Sight sight) {
        var lines = new ArrayList<Line>();
        var now = new HashMap<>(told);
        Stage reached = trigger(sight, lines);
        for (Allocation allocation : sight.allocations()) {
            Optional<Allocation> before = Optional.ofNullable(told.get(allocation.id()));
            lines.addAll(changes(before, allocation));
            now.put(allocation.id(), allocation);
        }
        if (reached == Stage.TRIGGER && complete(sight, now)) {
            outcome(sight.evaluation().orElseThrow(), lines);
            reached = Stage.ALL;
        }
        Optional<String> delayed = reached == Stage.ALL ? sight.delay() : Optional.empty();
        if (!blocked(sight) && !delayed.equals(delay)) {
            delayed.map(Story::detail).ifPresent(lines::add);
        }
        return new Part(lines, new Story(evaluation, now, reached, delayed.or(() -> delay)));
    }

    /// Whether the decision is told, or there is none to tell.
    boolean settled(Sight sight) {
        return stage == Stage.ALL || sight.evaluation().isEmpty();
    }

    /// An allocation names the decision that made it, and may arrive before it.
    private Stage trigger(Sight sight, List<Line> lines) {
        Optional<String> job =
                sight.evaluation()
                        .map(decision -> decision.spec().jobName())
                        .or(() ->
                                sight.allocations().stream()
                                        .map(Allocation::spec)
                                        .filter(a -> a.evaluation().equals(evaluation))
                                        .map(AllocationSpec::jobName)
                                        .findFirst());
        if (stage != Stage.NOTHING || job.isEmpty()) {
            return stage;
        }
        lines.add(detail("Evaluation triggered by job \"" + job.get() + "\""));
        return Stage.TRIGGER;
    }

    /// The decision is told after the allocations it made and stopped, whichever arrives first. One
    /// that is gone already can no longer be waited for.
    private static boolean complete(Sight sight, Map<String, Allocation> seen) {
        return sight.evaluation()
                .map(Evaluation::status)
                .filter(status -> seen.keySet().containsAll(status.placed()))
                .filter(status -> status.stopped().stream().noneMatch(id -> wanted(seen, id)))
                .isPresent();
    }

    private static boolean wanted(Map<String, Allocation> seen, String id) {
        return Optional.ofNullable(seen.get(id))
                .map(allocation -> allocation.spec().desired() == DesiredState.RUN)
                .orElse(false);
    }

    private List<Line> changes(Optional<Allocation> before, Allocation now) {
        var lines = new ArrayList<Line>();
        String subject = "Allocation \"" + Ids.brief(now.id()) + "\" ";
        String place = ": node \"" + now.spec().node() + "\", group \"" + now.spec().group() + "\"";
        if (before.isEmpty()) {
            lines.add(detail(subject + "created" + place));
        } else if (!before.get().spec().evaluation().equals(now.spec().evaluation())) {
            lines.add(detail(subject + "modified" + place));
        }
        DesiredState wanted = before.map(a -> a.spec().desired()).orElse(DesiredState.RUN);
        if (wanted != now.spec().desired() && !before.map(Story::ended).orElse(false)) {
            lines.add(detail(subject + "stops: " + now.spec().desiredBecause()));
        }
        AllocationPhase phase = before.map(a -> a.status().phase()).orElse(AllocationPhase.PENDING);
        if (phase != now.status().phase()) {
            lines.add(detail(subject + statusChange(phase, now)));
        } else if ((triesAgain(now) || now.status().waitsFor().isPresent())
                && !because(before).equals(now.status().because())) {
            lines.add(
                    detail(subject + "is " + Wording.word(phase) + ": " + now.status().because()));
        }
        return lines;
    }

    /// What has ended may be marked as no longer wanted: nothing stops then.
    private static boolean ended(Allocation allocation) {
        return allocation.status().phase().terminal();
    }

    /// Whether something of it begins anew again and again: then each time is news.
    private static boolean triesAgain(Allocation allocation) {
        return allocation.status().tasks().values().stream()
                .anyMatch(task -> task.phase() == TaskPhase.PENDING && task.restarts() > 0);
    }

    private static String because(Optional<Allocation> before) {
        return before.map(a -> a.status().because()).orElse("");
    }

    private static String statusChange(AllocationPhase before, Allocation now) {
        String because = now.status().because();
        return "status changed: \""
                + Wording.word(before)
                + "\" -> \""
                + Wording.word(now.status().phase())
                + "\""
                + (because.isEmpty() ? "" : " (" + because + ")");
    }

    /// Then the outcome says what has no place.
    private static boolean blocked(Sight sight) {
        return sight.evaluation().map(Story::blocked).orElse(false);
    }

    private static boolean blocked(Evaluation decision) {
        return decision.status().outcome() == EvaluationOutcome.BLOCKED;
    }

    private void outcome(Evaluation decision, List<Line> lines) {
        String word = Wording.word(decision.status().outcome());
        lines.add(detail("Evaluation status changed: \"pending\" -> \"" + word + "\""));
        lines.add(
                new Line(
                        true,
                        "Evaluation \""
                                + Ids.brief(evaluation)
                                + "\" finished with status \""
                                + word
                                + "\""
                                + (blocked(decision)
                                        ? " but failed to place all allocations:"
                                        : "")));
        Wording.unplaced(decision.status().unplaced()).forEach(text -> lines.add(detail(text)));
    }

    private static Line detail(String text) {
        return new Line(false, text);
    }
}
