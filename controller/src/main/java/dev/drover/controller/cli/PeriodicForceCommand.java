package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Written;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover job periodic force JOB`: launches a periodic job ahead of its time.
final class PeriodicForceCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "job periodic force",
                        "Launches a periodic job now, whatever its times are, and follows it.",
                        List.of(
                                "drover job periodic force backup",
                                "drover job periodic force -detach backup"))
                .addPositional(Options.required(0, "JOB", "A job, or the beginning of its name."))
                .addOption(Options.flag("Only launches.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Job job = new Lookup(client, invocation.namespace()).job(invocation.required(0));
        Written<Job> launched = new Operations(client).force(job.name());
        invocation.out().line("Launched Job ID = " + launched.resource().metadata().name());
        return Submission.of(client, invocation).report(launched, List.of());
    }
}
