package dev.drover.controller.api;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.SchedulerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A column of the tables that `kubectl get` prints.
///
/// @param priority 0 is always shown, 1 with `-o wide`
record Column(String name, int priority, Function<Resource, String> cell) {

    /// The columns of a kind, between NAME and AGE.
    ///
    /// @param holds in force
    private static List<Column> of(Kind kind, List<Hold> holds) {
        return switch (kind) {
            case JOB ->
                    List.of(
                            of("Phase", Job.class, j -> word(j.status().phase())),
                            of("Version", Job.class, j -> "" + j.status().version()),
                            of("Groups", Job.class, j -> "" + j.spec().groups().size()),
                            wide("Type", Job.class, j -> word(j.type())),
                            wide("Priority", Job.class, j -> "" + j.priority()),
                            wide("State", Job.class, Job::state),
                            wide("Created", Job.class, Column::created),
                            wide("Why", Job.class, j -> why(j, holds)));
            case ALLOCATION ->
                    List.of(
                            of("Job", Allocation.class, Allocation::title),
                            of("Node", Allocation.class, a -> a.spec().node()),
                            of("Desired", Allocation.class, a -> word(a.spec().desired())),
                            of("Phase", Allocation.class, a -> word(a.status().phase())),
                            wide("Why", Allocation.class, a -> a.status().because()));
            case NODE ->
                    List.of(
                            of("Phase", Node.class, n -> word(n.status().phase())),
                            of("Eligible", Node.class, n -> "" + n.spec().eligible()),
                            of("Datacenter", Node.class, n -> n.status().datacenter()),
                            wide("Address", Node.class, n -> n.status().address()),
                            wide("Why", Node.class, n -> n.status().because()));
            case EVALUATION ->
                    List.of(
                            of("Job", Evaluation.class, e -> e.spec().jobName()),
                            of("Trigger", Evaluation.class, e -> e.spec().trigger()),
                            of("Outcome", Evaluation.class, e -> word(e.status().outcome())),
                            wide("Why", Evaluation.class, e -> e.status().because()));
            case JOB_VERSION ->
                    List.of(
                            of("Job", JobVersion.class, v -> v.spec().jobName()),
                            of("Version", JobVersion.class, v -> "" + v.spec().version()),
                            of("Stable", JobVersion.class, v -> "" + v.spec().stable()));
            case DEPLOYMENT ->
                    List.of(
                            of("Job", Deployment.class, d -> d.spec().jobName()),
                            of("Version", Deployment.class, d -> "" + d.spec().jobVersion()),
                            of("Phase", Deployment.class, d -> word(d.status().phase())),
                            wide("Why", Deployment.class, d -> d.status().because()));
            case GIT_SOURCE ->
                    List.of(
                            of("Url", GitSource.class, g -> g.spec().url()),
                            of("Why", GitSource.class, g -> g.status().because()));
            case HOLD ->
                    List.of(
                            of("Kind", Hold.class, h -> h.spec().kind().text()),
                            of("Object", Hold.class, h -> h.spec().name()),
                            of("Who", Hold.class, h -> h.spec().who()),
                            of("Until", Hold.class, Column::until),
                            of("Why", Hold.class, h -> h.spec().why()));
            case SCHEDULER_CONFIG -> scheduling();
            case VARIABLE, NAMESPACE -> List.of();
        };
    }

    /// All columns of a kind.
    ///
    /// @param holds all there are: why nothing becomes of a job may be that somebody holds it
    static List<Column> all(Kind kind, Instant now, Supplier<List<Hold>> holds) {
        List<Hold> held =
                kind == Kind.JOB
                        ? holds.get().stream().filter(hold -> hold.spec().at(now)).toList()
                        : List.of();
        Column name = new Column("Name", 0, r -> r.metadata().name());
        Column age = new Column("Age", 0, r -> age(r, now));
        return Stream.of(List.of(name), of(kind, held), List.of(age))
                .flatMap(List::stream)
                .toList();
    }

    private static <T extends Resource> Column of(
            String name, Class<T> type, Function<T, String> cell) {
        return new Column(name, 0, r -> cell.apply(type.cast(r)));
    }

    private static <T extends Resource> Column wide(
            String name, Class<T> type, Function<T, String> cell) {
        return new Column(name, 1, r -> cell.apply(type.cast(r)));
    }

    private static List<Column> scheduling() {
        return List.of(
                of("Algorithm", SchedulerConfig.class, c -> word(c.spec().algorithmIn(""))),
                of(
                        "Oversubscribes",
                        SchedulerConfig.class,
                        c -> Boolean.toString(c.spec().oversubscribes(""))));
    }

    private static String why(Job job, List<Hold> holds) {
        return holds.stream()
                .filter(hold -> hold.spec().kind() == Kind.JOB && hold.target().equals(job.name()))
                .map(Hold::text)
                .findFirst()
                .or(job::because)
                .orElse("");
    }

    private static String until(Hold hold) {
        return hold.spec().until().map(Instant::toString).orElse("released");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String created(Resource resource) {
        return resource.metadata()
                .creationTimestamp()
                .map(born -> born.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("<unknown>");
    }

    /// As kubectl writes ages: the two largest units while the first is small.
    static String age(Resource resource, Instant now) {
        return resource.metadata()
                .creationTimestamp()
                .map(born -> age(Duration.between(born, now)))
                .orElse("<unknown>");
    }

    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 3 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
