package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover stop JOB`: stops everything of a job.
final class StopCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "stop",
                        "Stops a job; it stays known until it is purged or its time has come.",
                        List.of("drover stop web", "drover stop -purge web"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addOption(Options.flag("Forgets the job as well.", "--purge"))
                .addOption(Options.flag("Does not wait until it has stopped.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        int code = job.stopped() ? already(job, invocation) : stop(client, job, invocation);
        if (code == 0 && invocation.flag("--purge")) {
            client.delete(Kind.JOB, job.name());
            invocation.out().line("Job \"" + job.metadata().name() + "\" is purged");
        }
        return code;
    }

    private static int already(Job job, Invocation invocation) {
        invocation.out().line("Job \"" + job.metadata().name() + "\" is stopped already");
        return 0;
    }

    private static int stop(Client client, Job job, Invocation invocation)
            throws IOException, InterruptedException {
        List<Allocation> before = Listings.allocationsOf(job, client);
        Written<Job> written = client.stop(job.name());
        return Submission.of(client, invocation).report(written, before);
    }
}
