package dev.drover.controller.cli;

import dev.drover.controller.client.TableRow;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What `status` shows of jobs.
final class JobPage {
    private final Out out;
    private final Instant now;

    JobPage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All jobs, a row each.
    ///
    /// @param heldBy by whom, until when and why a job of that name is held; empty for the others
    void list(List<TableRow> jobs, UnaryOperator<String> heldBy) {
        if (jobs.isEmpty()) {
            out.line("No jobs");
            return;
        }
        List<List<String>> rows = new ArrayList<>(jobs.size());
        for (TableRow job : jobs) {
            rows.add(
                    List.of(
                            job.cell("Name"),
                            job.cell("Type"),
                            job.cell("Priority"),
                            job.cell("State"),
                            job.cell("Created"),
                            why(job, heldBy)));
        }
        var header = List.of("ID", "Type", "Priority", "Status", "Submit Date", "Why");
        out.table(new Table(header, rows));
    }

    private static String why(TableRow job, UnaryOperator<String> heldBy) {
        String held = heldBy.apply(job.cell("Name"));
        return held.isEmpty() ? job.cell("Why") : held;
    }

    /// One job with its groups, what has no place, and its allocations.
    void one(Job job, Optional<Evaluation> latest, List<Allocation> allocations) {
        out.fields(fields(job));
        summary(job);
        latest.filter(evaluation -> !evaluation.status().unplaced().isEmpty())
                .ifPresent(this::unplaced);
        allocations(allocations);
    }

    private static Fields fields(Job job) {
        Metadata metadata = job.metadata();
        return new Fields()
                .add("ID", metadata.name())
                .add("Name", job.spec().name().orElse(metadata.name()))
                .add("Submit Date", Times.stamp(metadata.creationTimestamp()))
                .add("Type", Wording.word(job.type()))
                .add("Priority", job.priority())
                .add("Datacenters", datacenters(job))
                .add("Namespace", metadata.namespace())
                .add("Node Pool", job.spec().nodePool().orElse("default"))
                .add("Version", job.status().version())
                .add("Status", job.state())
                .add("Status Description", job.because().orElse(""))
                .add("Periodic", Boolean.toString(job.spec().periodic().isPresent()))
                .add("Parameterized", Boolean.toString(job.spec().parameterized().isPresent()));
    }

    private static String datacenters(Job job) {
        return job.spec().datacenters().isEmpty()
                ? "*"
                : String.join(",", job.spec().datacenters());
    }

    private void summary(Job job) {
        var header =
                List.of(
                        "Task Group",
                        "Desired",
                        "Queued",
                        "Starting",
                        "Running",
                        "Failed",
                        "Complete",
                        "Lost");
        List<List<String>> rows =
                job.status().groups().entrySet().stream()
                        .map(group ->
                                List.of(
                                        group.getKey(),
                                        "" + group.getValue().desired(),
                                        "" + group.getValue().queued(),
                                        "" + group.getValue().starting(),
                                        "" + group.getValue().running(),
                                        "" + group.getValue().failed(),
                                        "" + group.getValue().complete(),
                                        "" + group.getValue().lost()))
                        .toList();
        out.blank();
        out.title("Summary");
        out.table(new Table(header, rows));
    }

    private void unplaced(Evaluation evaluation) {
        out.blank();
        out.title("Placement Failure");
        Wording.unplaced(evaluation.status().unplaced()).forEach(out::line);
    }

    /// The allocations, newest first, and below them a sentence for each that is not as it should
    /// be.
    private void allocations(List<Allocation> allocations) {
        out.blank();
        out.title("Allocations");
        if (allocations.isEmpty()) {
            out.line("No allocations placed");
            return;
        }
        List<Allocation> sorted = allocations.stream().sorted(newestFirst()).toList();
        out.table(AllocationTable.of(sorted, now));
        List<Allocation> unwell = sorted.stream().filter(JobPage::unwell).toList();
        if (!unwell.isEmpty()) {
            out.blank();
            unwell.forEach(a ->
                    out.line("Allocation \"" + Ids.brief(a.id()) + "\": " + a.status().because()));
        }
    }

    private static Comparator<Allocation> newestFirst() {
        return Comparator.comparing(
                        (Allocation a) -> a.metadata().creationTimestamp().orElse(Instant.EPOCH))
                .reversed()
                .thenComparing(Allocation::title);
    }

    private static boolean unwell(Allocation allocation) {
        return switch (allocation.status().phase()) {
            case PENDING, FAILED, LOST, UNKNOWN -> true;
            case RUNNING, COMPLETE -> false;
        };
    }
}
