package dev.drover.manifests.diff;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a manifest would change of a stored resource, field by field.
public final class ResourceDiff {
    private ResourceDiff() {}

    /// The differences as text, one per line; empty when nothing differs. A job's say what they do
    /// to its allocations.
    public static String text(Resource before, Resource after) {
        String metadata = DiffText.plain(metadata(before.metadata(), after.metadata()));
        return switch (after) {
            case Job job when before instanceof Job old ->
                    metadata + DiffText.of(Differ.jobs(effective(old), effective(job)));
            case Variable variable when before instanceof Variable old ->
                    metadata + DiffText.plain(items(old.spec().items(), variable.spec().items()));
            case GitSource source when before instanceof GitSource old ->
                    metadata + DiffText.plain(Differ.records(old.spec(), source.spec()));
            case Node node when before instanceof Node old ->
                    metadata + DiffText.plain(Differ.records(old.spec(), node.spec()));
            default -> metadata; // the rest is either empty or written by the server alone
        };
    }

    /// A default that somebody writes out is no change.
    private static JobSpec effective(Job job) {
        return Defaults.applied(job.spec(), Defaults.LEVEL);
    }

    /// What people may say of it beside its name.
    private static List<Diff> metadata(Metadata before, Metadata after) {
        List<Diff> differences = new ArrayList<>();
        if (!before.labels().equals(after.labels())) {
            differences.add(Differ.map("labels", before.labels(), after.labels()));
        }
        if (!before.annotations().equals(after.annotations())) {
            differences.add(Differ.map("annotations", before.annotations(), after.annotations()));
        }
        return differences;
    }

    /// Names only: every value of a variable is a secret.
    private static List<Diff> items(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Diff> differences = new ArrayList<>();
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(before.get(name));
            Optional<String> now = Optional.ofNullable(after.get(name));
            if (!old.equals(now)) {
                differences.add(
                        new Diff.Field(
                                name,
                                old.map(_ -> Shown.HIDDEN),
                                now.map(_ -> Shown.HIDDEN + (old.isPresent() ? " (other)" : "")),
                                Effect.IGNORE));
            }
        }
        return differences;
    }
}
