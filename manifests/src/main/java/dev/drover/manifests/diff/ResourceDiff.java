package dev.drover.manifests.diff;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a manifest would change of a stored resource, field by field.
///
/// @param differences in the order of the model; empty when nothing differs
/// @param running whether allocations come from it, so that what a change does to them is shown
public record ResourceDiff(List<Diff> differences, boolean running) {

    public ResourceDiff {
        differences = List.copyOf(differences);
    }

    /// Nothing differs.
    public static ResourceDiff none() {
        return new ResourceDiff(List.of(), false);
    }

    /// What differs between two states of one resource.
    public static ResourceDiff between(Resource before, Resource after) {
        List<Diff> differences = new ArrayList<>(metadata(before.metadata(), after.metadata()));
        switch (after) {
            case Job job when before instanceof Job old ->
                    differences.addAll(Differ.jobs(effective(old), effective(job)));
            case Variable variable when before instanceof Variable old ->
                    differences.addAll(items(old.spec().items(), variable.spec().items()));
            case GitSource source when before instanceof GitSource old ->
                    differences.addAll(Differ.records(old.spec(), source.spec()));
            case Node node when before instanceof Node old ->
                    differences.addAll(Differ.records(old.spec(), node.spec()));
            case Namespace namespace when before instanceof Namespace old ->
                    differences.addAll(Differ.records(old.spec(), namespace.spec()));
            default -> {} // the rest is written by the server alone
        }
        return new ResourceDiff(differences, after instanceof Job);
    }

    /// One line per difference; empty when nothing differs.
    public String text() {
        return running ? DiffText.of(differences) : DiffText.plain(differences);
    }

    /// The same for programs.
    public Tree json() {
        return running ? DiffJson.of(differences) : DiffJson.plain(differences);
    }

    /// The same as a table for a review; empty when nothing differs.
    public String markdown() {
        return running ? DiffMarkdown.of(differences) : DiffMarkdown.plain(differences);
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
                differences.add(Shown.hidden(name, old, now, Effect.IGNORE));
            }
        }
        return differences;
    }
}
