package dev.drover.controller.cli;

import dev.drover.controller.client.TableRow;
import dev.drover.manifests.cron.Timetable;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.PeriodicPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `status` shows of jobs.
final class JobPage {
    /// Launched jobs in a table: what a person looks through. The others are counted.
    private static final int LAUNCHED_SHOWN = 20;

    private final Out out;
    private final Instant now;

    JobPage(Out out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /// All jobs, a row each.
    void list(List<TableRow> jobs) {
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
                            job.cell("Why")));
        }
        var header = List.of("ID", "Type", "Priority", "Status", "Submit Date", "Why");
        out.table(new Table(header, rows));
    }

    /// What a page shows beside the job itself.
    ///
    /// @param evaluation the newest
    /// @param deployment the newest
    /// @param launched the jobs that were launched out of it
    record Belongings(
            Optional<Evaluation> evaluation,
            Optional<Deployment> deployment,
            List<Job> launched,
            List<Allocation> allocations) {
        Belongings {
            launched = List.copyOf(launched);
            allocations = List.copyOf(allocations);
        }
    }

    /// One job with its groups, what has no place, how far it is deployed, and its allocations; or
    /// with what was launched out of it.
    void one(Job job, Belongings belongings) {
        out.fields(fields(job, belongings.launched()));
        if (job.template()) {
            launched(belongings.launched());
            return;
        }
        summary(job);
        belongings
                .evaluation()
                .filter(evaluation -> !evaluation.status().unplaced().isEmpty())
                .ifPresent(this::unplaced);
        belongings
                .deployment()
                .ifPresent(deployment -> {
                    out.blank();
                    out.title("Latest Deployment");
                    Deployments.page(deployment, out);
                });
        allocations(belongings.allocations());
    }

    /// Jobs that were launched out of it, how many there are in each phase and the newest by name.
    private void launched(List<Job> jobs) {
        out.blank();
        out.title("Children Job Summary");
        out.table(
                Table.of("Pending", "Running", "Dead")
                        .with(
                                Stream.of(JobPhase.PENDING, JobPhase.RUNNING, JobPhase.DEAD)
                                        .map(phase -> Long.toString(count(jobs, phase)))
                                        .toList()));
        out.blank();
        out.title("Launched Jobs");
        if (jobs.isEmpty()) {
            out.line("No instances of the job have been launched");
            return;
        }
        out.table(
                new Table(
                        List.of("ID", "Status", "Submit Date"),
                        jobs.stream()
                                .sorted(newestJobFirst())
                                .limit(LAUNCHED_SHOWN)
                                .map(job ->
                                        List.of(
                                                job.metadata().name(),
                                                job.state(),
                                                Times.stamp(job.metadata().creationTimestamp())))
                                .toList()));
        if (jobs.size() > LAUNCHED_SHOWN) {
            out.line("… and " + (jobs.size() - LAUNCHED_SHOWN) + " older ones: `drover status`");
        }
    }

    /// Made when it is needed: a list of all jobs has no use for it, and it is dear to make.
    private static Comparator<Job> newestJobFirst() {
        return Comparator.comparing(
                        (Job job) -> job.metadata().creationTimestamp().orElse(Instant.EPOCH))
                .reversed()
                .thenComparing(Job::name);
    }

    private static long count(List<Job> jobs, JobPhase phase) {
        return jobs.stream().filter(job -> job.status().phase() == phase).count();
    }

    private Fields fields(Job job, List<Job> launched) {
        Fields fields = common(job);
        Optional<PeriodicPolicy> clock =
                job.spec().periodic().filter(_ -> job.spec().parameterized().isEmpty());
        clock.ifPresent(policy -> fields.add("Next Periodic Launch", next(job, policy, launched)));
        job.spec()
                .parameterized()
                .ifPresent(policy -> {
                    fields.add("Payload", policy.payload().orElse("optional"));
                    fields.add("Required Metadata", String.join(", ", policy.metaRequired()));
                    fields.add("Optional Metadata", String.join(", ", policy.metaOptional()));
                });
        return fields;
    }

    private String next(Job job, PeriodicPolicy policy, List<Job> launched) {
        if (job.stopped()) {
            return "none (job stopped)";
        }
        if (!policy.enabled().orElse(true)) {
            return "none (its clock is switched off)";
        }
        return Timetable.after(policy, now)
                .map(time ->
                        "%s (%s from now)%s"
                                .formatted(
                                        Times.stamp(time),
                                        Times.span(Duration.between(now, time)),
                                        overlap(policy, launched)))
                .orElse("none (its time never comes again)");
    }

    /// Why the next launch may be left out, as earlier ones may have been.
    private static String overlap(PeriodicPolicy policy, List<Job> launched) {
        return launched.stream()
                .filter(_ -> policy.prohibitOverlap().orElse(false))
                .filter(job -> job.status().phase() != JobPhase.DEAD)
                .sorted(newestJobFirst())
                .findFirst()
                .map(job -> "; left out while " + job.metadata().name() + " is not over")
                .orElse("");
    }

    private static Fields common(Job job) {
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
