package dev.drover.reconcilers.simulation;

import dev.drover.reconcilers.cluster.ClusterChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What happened in a story, step by step, each with what it changed. Put into words only when
/// somebody reads it.
final class Trace {
    private record Step(Instant when, String what, List<ClusterChange> changes) {}

    private final List<Step> steps = new ArrayList<>();

    void add(Instant when, String what, List<ClusterChange> changes) {
        steps.add(new Step(when, what, changes));
    }

    /// How many steps there were.
    int size() {
        return steps.size();
    }

    /// The steps from that one on: a line each, and below it one for each thing that changed.
    List<String> lines(int from) {
        List<String> lines = new ArrayList<>();
        for (Step step : steps.subList(from, steps.size())) {
            lines.add(step.when + " " + step.what);
            step.changes.stream()
                    .flatMap(change -> Told.of(change).stream())
                    .forEach(line -> lines.add("    " + line));
        }
        return lines;
    }
}
