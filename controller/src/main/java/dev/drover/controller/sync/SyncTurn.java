package dev.drover.controller.sync;

import dev.drover.controller.admit.Admitted;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ManifestDecision;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SyncOutcome;
import dev.drover.manifests.model.SyncPolicy;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One look at a source: each manifest of the commit becomes one decision with its reason. What is
/// good is admitted although its neighbour is broken; what is broken, declared twice or not the
/// source's to write changes nothing. Nothing is ever deleted, so a file that cannot be read loses
/// nothing.
final class SyncTurn {

    /// The door that every write goes through, seen from here.
    interface Door {
        /// Admits it, or (when `dryRun`) only says what that would do.
        Admitted put(Resource wanted, boolean dryRun);
    }

    /// What a source may write: not namespaces, nodes or other sources, which would widen what it
    /// may do.
    private static final Set<Kind> WRITABLE = Set.of(Kind.JOB, Kind.VARIABLE);

    /// Decisions kept in a status: beyond them a count. A stored value has a bound.
    private static final int DECISIONS_MAX = 2_000;

    /// Places that a reason names: each of a thousand namesakes has one.
    private static final int PLACES_MAX = 5;

    /// Longest reason in a status, about twelve lines: all mistakes of a resource can be more than
    /// the store takes.
    private static final int BECAUSE_MAX = 1_000;

    private final GitSource source;
    private final Door door;
    private final List<ManifestDecision> decisions = new ArrayList<>();

    private SyncTurn(GitSource source, Door door) {
        this.source = source;
        this.door = door;
    }

    /// The status of the source after what was fetched has been looked at.
    static GitSourceStatus look(GitSource source, Fetched fetched, Door door, Instant now) {
        return switch (fetched) {
            case Fetched.Failed(String because) ->
                    new GitSourceStatus(
                            source.status().commit(),
                            source.status().fetched(),
                            Optional.of(now),
                            because + "; what was applied before stays",
                            source.status().manifests());
            case Fetched.At at -> new SyncTurn(source, door).status(at, now);
        };
    }

    private GitSourceStatus status(Fetched.At at, Instant now) {
        List<Declared> declared = new ArrayList<>();
        at.files().forEach((path, blob) -> read(path, blob, declared));
        Map<String, List<Declared>> byName = new TreeMap<>();
        declared.forEach(d -> byName.computeIfAbsent(d.title(), _ -> new ArrayList<>()).add(d));
        byName.values().forEach(this::decide);
        decisions.sort(Comparator.comparing(ManifestDecision::place));
        return new GitSourceStatus(
                Optional.of(at.commit()),
                Optional.of(now),
                Optional.of(now),
                because(),
                decisions.stream().limit(DECISIONS_MAX).toList());
    }

    /// A resource and where it stands.
    private record Declared(String place, Resource resource) {
        String title() {
            return resource.kind().text() + " " + resource.name();
        }
    }

    private void read(String path, Fetched.Blob blob, List<Declared> into) {
        switch (blob) {
            case Fetched.Blob.Unread(String because) ->
                    decisions.add(new ManifestDecision(path, "", SyncOutcome.BROKEN, because));
            case Fetched.Blob.Text(String text) -> {
                switch (Manifests.check(text, path, Syntax.of(path, text), Inputs.none())) {
                    case Read.Resources resources ->
                            resources.manifests().forEach(m -> into.add(declared(path, m)));
                    case Read.Problems problems ->
                            problems.problems().stream()
                                    .filter(p -> !p.warning())
                                    .forEach(p -> decisions.add(broken(path, p)));
                }
            }
        }
    }

    private Declared declared(String path, Manifest manifest) {
        int line = manifest.places().of(Path.ROOT).line();
        Resource resource = manifest.resource();
        Metadata metadata = resource.metadata();
        boolean unplaced = resource.kind().namespaced() && metadata.namespace().isEmpty();
        return new Declared(
                path + ":" + line,
                unplaced
                        ? resource.withMetadata(metadata.in(source.metadata().namespace()))
                        : resource);
    }

    /// In a line: the general reason of a mistake is what `drover validate` says.
    private static ManifestDecision broken(String path, Problem problem) {
        String place = problem.place().map(p -> path + ":" + p.position().line()).orElse(path);
        String fix = problem.fix().isEmpty() ? "" : "; fix: " + problem.fix();
        return new ManifestDecision(place, "", SyncOutcome.BROKEN, cut(problem.what() + fix));
    }

    private void decide(List<Declared> sameName) {
        if (sameName.size() > 1) {
            String places = "declared more than once: " + places(sameName);
            sameName.forEach(d -> add(d, SyncOutcome.REFUSED, places));
            return;
        }
        Declared one = sameName.getFirst();
        Optional<String> foreign = foreign(one.resource());
        if (foreign.isPresent()) {
            add(one, SyncOutcome.REFUSED, foreign.get());
            return;
        }
        boolean detect = source.spec().policy().orElse(SyncPolicy.DETECT) == SyncPolicy.DETECT;
        switch (door.put(one.resource(), detect)) {
            case Admitted.Stored stored -> stored(one, stored, detect);
            case Admitted.Refused refused -> add(one, SyncOutcome.REFUSED, refused.because());
        }
    }

    private static String places(List<Declared> sameName) {
        String first =
                sameName.stream()
                        .limit(PLACES_MAX)
                        .map(Declared::place)
                        .collect(Collectors.joining(", "));
        int more = sameName.size() - PLACES_MAX;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /// Why the source may not write this; empty when it may. Compared exactly.
    private Optional<String> foreign(Resource resource) {
        if (!WRITABLE.contains(resource.kind())) {
            return Optional.of("a source writes jobs and variables only");
        }
        String own = source.metadata().namespace();
        return resource.metadata().namespace().equals(own)
                ? Optional.empty()
                : Optional.of("a source writes into its own namespace only, which is " + own);
    }

    private void stored(Declared one, Admitted.Stored stored, boolean detect) {
        switch (stored.effect()) {
            case UNCHANGED -> add(one, SyncOutcome.UNCHANGED, "the store holds what Git says");
            case CREATED ->
                    add(
                            one,
                            detect ? SyncOutcome.DRIFTED : SyncOutcome.APPLIED,
                            detect ? "not in the store; the policy is detect" : "created");
            case CHANGED, DELETING, DELETED ->
                    add(
                            one,
                            detect ? SyncOutcome.DRIFTED : SyncOutcome.APPLIED,
                            detect ? "differs from the store; the policy is detect" : "changed");
        }
    }

    private void add(Declared one, SyncOutcome outcome, String because) {
        decisions.add(new ManifestDecision(one.place(), one.title(), outcome, cut(because)));
    }

    private static String cut(String because) {
        if (because.length() <= BECAUSE_MAX) {
            return because;
        }
        int end = BECAUSE_MAX - 1;
        boolean half = Character.isHighSurrogate(because.charAt(end - 1));
        return because.substring(0, half ? end - 1 : end) + "…";
    }

    private String because() {
        List<String> parts = new ArrayList<>();
        for (SyncOutcome outcome : SyncOutcome.values()) {
            long count = decisions.stream().filter(d -> d.outcome() == outcome).count();
            if (count > 0) {
                parts.add(count + " " + outcome.name().toLowerCase(Locale.ROOT));
            }
        }
        return String.join(", ", parts);
    }
}
