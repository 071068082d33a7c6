package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.counting.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What of a job may go, and when.
///
/// A dead job goes as a whole. Of a live one go allocations that are over but for the newest of
/// their slot (whose number the next attempt continues), sooner when somebody has asked for it,
/// evaluations that no allocation refers to, versions that nobody runs, likes or may want to return
/// to (the newest stable one is always kept), and deployments that ended.
public final class Sweep {
    /// Copies kept of each slot for people; more where its policy counts more of them.
    private static final int ATTEMPTS_KEPT = 8;

    /// Versions that can be returned to.
    private static final int VERSIONS_KEPT = 6;

    private Sweep() {}

    /// What may go now.
    public static SweepStep next(SweepView view, Instant now, Ages ages) {
        if (view.orphan() && view.job().metadata().deletionTimestamp().isEmpty()) {
            return new SweepStep.Orphaned("the job that launched it is gone");
        }
        if (view.allocations().stream().noneMatch(Allocation::occupies)) {
            Optional<Instant> end = end(view, ages.job());
            if (end.isPresent()) {
                return now.isBefore(end.get()) ? new SweepStep.Later(end.get()) : whole(view);
            }
        }
        List<Aged> remains = remains(view, ages.history());
        List<Resource> due =
                remains.stream().filter(r -> !now.isBefore(r.when)).map(Aged::resource).toList();
        if (!due.isEmpty()) {
            return new SweepStep.Remains(due);
        }
        return remains.stream()
                .map(Aged::when)
                .min(Comparator.naturalOrder())
                .<SweepStep>map(SweepStep.Later::new)
                .orElseGet(SweepStep.Nothing::new);
    }

    private record Aged(Resource resource, Instant when) {}

    /// When the whole job may go; empty while it lives, and while somebody has yet to clean up
    /// after it. A version with a tag keeps it, and so does what it launched, which would end with
    /// it, unless somebody has asked for its deletion.
    private static Optional<Instant> end(SweepView view, Duration age) {
        Job job = view.job();
        if (!job.metadata().finalizers().isEmpty()) {
            return Optional.empty();
        }
        if (job.metadata().deletionTimestamp().isPresent()) {
            return job.metadata().deletionTimestamp();
        }
        boolean dead =
                job.status().phase() == JobPhase.DEAD
                        && job.status().observedGeneration() == job.metadata().generation();
        boolean tagged = view.versions().stream().anyMatch(v -> v.spec().tag().isPresent());
        return dead && !tagged && !view.launches()
                ? Optional.of(since(view).plus(age))
                : Optional.empty();
    }

    /// When the last thing happened to it. Who stops it makes a version of it: what it says of
    /// itself may be as true before as after.
    private static Instant since(SweepView view) {
        return Stream.of(
                        view.job().status().conditions().stream()
                                .map(Condition::lastTransitionTime),
                        view.versions().stream().map(Sweep::born),
                        view.allocations().stream().flatMap(a -> a.status().finished().stream()))
                .flatMap(times -> times)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static SweepStep whole(SweepView view) {
        List<Resource> belongings = new ArrayList<>(view.allocations());
        belongings.addAll(view.evaluations());
        belongings.addAll(view.deployments());
        belongings.addAll(view.holds());
        List<Resource> last = new ArrayList<>(view.versions());
        last.add(view.job());
        return new SweepStep.Whole(belongings, last);
    }

    private static List<Aged> remains(SweepView view, Duration age) {
        List<Aged> remains = new ArrayList<>();
        Set<String> evaluations = new HashSet<>();
        Set<String> versions = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Allocation kept : kept(view)) {
            evaluations.add(kept.spec().evaluation());
            versions.add(JobVersion.nameOf(kept.spec().jobUid(), kept.spec().jobVersion()));
            ids.add(kept.id());
        }
        for (Allocation old : view.allocations()) {
            if (!ids.contains(old.id())) {
                Instant over = old.status().finished().orElse(Instant.EPOCH);
                boolean asked = old.metadata().deletionTimestamp().isPresent();
                remains.add(new Aged(old, asked ? Instant.EPOCH : over.plus(age)));
            }
        }
        Instant newest =
                view.evaluations().stream()
                        .map(Sweep::born)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        for (Evaluation old : view.evaluations()) {
            if (!evaluations.contains(old.metadata().name()) && born(old).isBefore(newest)) {
                remains.add(new Aged(old, born(old).plus(age)));
            }
        }
        oldDeployments(view, age).forEach(remains::add);
        oldVersions(view, versions).forEach(old -> remains.add(new Aged(old, Instant.EPOCH)));
        for (Hold hold : view.holds()) {
            hold.spec().until().ifPresent(end -> remains.add(new Aged(hold, end.plus(age))));
        }
        return remains;
    }

    /// Those that ended, but for that of the present version: it says how the job came to be.
    private static Stream<Aged> oldDeployments(SweepView view, Duration age) {
        Job job = view.job();
        return view.deployments().stream()
                .filter(old -> old.status().finished().isPresent())
                .filter(old ->
                        !job.metadata().uid().equals(Optional.of(old.spec().jobUid()))
                                || old.spec().jobVersion() != job.status().version())
                .map(old -> new Aged(old, old.status().finished().get().plus(age)));
    }

    private static Instant born(Resource resource) {
        return resource.metadata().creationTimestamp().orElse(Instant.EPOCH);
    }

    /// What still runs, and the newest copies of each slot; of those that are to be deleted only
    /// the newest of all, and none of a slot that went with its node.
    private static List<Allocation> kept(SweepView view) {
        if (view.allocations().stream().allMatch(Allocation::occupies)) {
            return view.allocations(); // as of nearly every job that runs
        }
        List<Allocation> kept = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        String uid = view.job().metadata().uid().orElse("");
        view.allocations().stream()
                .sorted(
                        Comparator.comparingInt((Allocation a) -> a.spec().attempt())
                                .reversed()
                                .thenComparing(Allocation::id))
                .forEach(copy -> {
                    boolean ofNow = copy.spec().jobUid().equals(uid);
                    int newer = ofNow ? seen.merge(slot(view, copy), 1, Integer::sum) - 1 : 0;
                    boolean asked = copy.metadata().deletionTimestamp().isPresent();
                    int most =
                            Math.max(
                                    ATTEMPTS_KEPT,
                                    view.remembered().getOrDefault(copy.spec().group(), 0));
                    boolean slotless = view.gone().contains(copy.spec().node());
                    boolean recent = ofNow && !slotless && newer < (asked ? 1 : most);
                    if (copy.occupies() || recent) {
                        kept.add(copy);
                    }
                });
        return kept;
    }

    /// The slots of system jobs are bound to a node, and their copies never leave it.
    private static String slot(SweepView view, Allocation copy) {
        JobType type = view.job().spec().type().orElse(JobType.SERVICE);
        return copy.spec().group() + '\n' + Slot.slots(type).apply(copy);
    }

    private static List<JobVersion> oldVersions(SweepView view, Set<String> used) {
        String uid = view.job().metadata().uid().orElse("");
        int current = view.job().status().version();
        int stable =
                view.versions().stream()
                        .filter(v -> v.spec().stable() && v.spec().jobUid().equals(uid))
                        .mapToInt(v -> v.spec().version())
                        .max()
                        .orElse(current);
        return view.versions().stream()
                .filter(v -> !used.contains(v.metadata().name()))
                .filter(v -> v.spec().version() != stable || !v.spec().jobUid().equals(uid))
                .filter(v -> v.spec().tag().isEmpty())
                .filter(v ->
                        !v.spec().jobUid().equals(uid)
                                || v.spec().version() <= current - VERSIONS_KEPT)
                .toList();
    }
}
