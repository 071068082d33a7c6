package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job history JOB`: the versions of a job that are kept.
final class HistoryCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "job history",
                        "Shows the versions of a job that are kept, newest first.",
                        List.of("drover job history web", "drover job history -o yaml web"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        List<JobVersion> versions = Versions.of(job, client);
        if (!Documents.print(versions, invocation)) {
            invocation.out().table(table(versions, job));
        }
        return 0;
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
