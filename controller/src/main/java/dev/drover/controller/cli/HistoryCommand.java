package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job history JOB`: the versions of a job that are kept.
final class HistoryCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "job history",
                        "Shows the versions of a job that are kept, newest first.",
                        List.of(
                                "drover job history web",
                                "drover job history -p web",
                                "drover job history -version 2 -o yaml web"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addOption(Options.flag("Shows what each version changed.", "-p"))
                .addOption(Options.text("N", "Only this version, a number or a tag.", "--version"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        List<JobVersion> kept = Versions.of(job, client);
        Optional<String> wanted = invocation.text("--version");
        List<JobVersion> versions =
                wanted.isPresent() ? List.of(Versions.one(job, wanted.get(), kept)) : kept;
        if (Documents.print(versions, invocation)) {
            return 0;
        }
        invocation.out().table(table(versions, job));
        if (invocation.flag("-p")) {
            versions.forEach(version -> changes(version, kept, job, invocation.out()));
        }
        return 0;
    }

    /// What a version changed of the one before it that is kept.
    private static void changes(JobVersion version, List<JobVersion> kept, Job job, Out out) {
        int number = version.spec().version();
        Optional<JobVersion> before =
                kept.stream().filter(old -> old.spec().version() < number).findFirst();
        out.blank();
        if (before.isEmpty()) {
            out.title("Version " + number);
            out.line("  what it was before is not kept");
            return;
        }
        out.title("Version %d against %d".formatted(number, before.get().spec().version()));
        ResourceDiff changed = ResourceDiff.between(as(before.get(), job), as(version, job));
        if (changed.differences().isEmpty()) {
            out.line("  no difference");
        }
        changed.text().lines().forEach(line -> out.line("  " + line));
    }

    private static Job as(JobVersion version, Job job) {
        return new Job(job.metadata(), version.spec().job(), job.status());
    }

    private static Table table(List<JobVersion> versions, Job job) {
        return new Table(
                List.of("Version", "Current", "Stable", "Tag", "Author", "Submit Date"),
                versions.stream().map(version -> row(version, job)).toList());
    }

    private static List<String> row(JobVersion version, Job job) {
        var spec = version.spec();
        return List.of(
                Integer.toString(spec.version()),
                Boolean.toString(spec.version() == job.status().version()),
                Boolean.toString(spec.stable()),
                spec.tag().orElse(Fields.NONE),
                spec.author().orElse(Fields.NONE),
                Times.stamp(version.metadata().creationTimestamp()));
    }
}
