package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job revert JOB VERSION`: submits a kept version once more, as a new one.
final class RevertCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "job revert",
                        "Goes back to a kept version of a job; it becomes a new version.",
                        List.of("drover job revert web 3", "drover job revert -detach web stable"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addPositional(
                        Options.required(
                                1, "VERSION", "A number or a tag of `drover job history`."))
                .addOption(Options.flag("Only submits.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        JobVersion version = Versions.one(job, invocation.required(1), Versions.of(job, client));
        List<Allocation> before = Listings.allocationsOf(job, client);
        var reverted = new Job(job.metadata(), version.spec().job(), job.status());
        return Submission.of(client, invocation).report(client.apply(Type.JOBS, reverted), before);
    }
}
