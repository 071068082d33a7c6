package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.placement.Placer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person who looks for the reason wants to read of a thing: a line each.
final class Told {
    private Told() {}

    /// What became of a thing, if it is one that stories are about.
    static Optional<String> of(ClusterChange change) {
        boolean known =
                switch (change.newest()) {
                    case Allocation _, Job _, Deployment _, Node _ -> true;
                    default -> false;
                };
        String gone = change.after().isEmpty() ? "gone: " : "";
        return known ? Optional.of(gone + of((Object) change.newest())) : Optional.empty();
    }

    static String of(Object thing) {
        return switch (thing) {
            case Allocation copy ->
                    "%s, created %s: %s, healthy %s, it should %s: %s"
                            .formatted(
                                    Stage.title(copy) + (copy.spec().canary() ? " (canary)" : ""),
                                    copy.metadata().creationTimestamp().orElseThrow(),
                                    copy.status().phase(),
                                    copy.status().healthy(),
                                    copy.spec().desired(),
                                    copy.spec().desiredBecause());
            case Job job ->
                    "%s version %d (%s): %s %s"
                            .formatted(
                                    job.metadata().name(),
                                    job.status().version(),
                                    job.spec().type(),
                                    job.status().phase(),
                                    job.status().groups());
            case Deployment some ->
                    "deployment of %s version %d: %s"
                            .formatted(
                                    some.spec().jobName(), some.spec().jobVersion(), some.status());
            case Node node ->
                    "%s %s %s"
                            .formatted(
                                    node.metadata().name(), node.spec(), node.status().resources());
            case Placer.Turn turn ->
                    "%s: %s%s"
                            .formatted(
                                    turn.job(),
                                    turn.decision().because(),
                                    of(
                                            turn.decision().actions().stream()
                                                    .map(a -> (Object) a.resource())
                                                    .toList()));
            case List<?> several ->
                    several.stream().map(Told::of).collect(Collectors.joining("\n  ", "\n  ", ""));
            default -> thing.toString();
        };
    }
}
