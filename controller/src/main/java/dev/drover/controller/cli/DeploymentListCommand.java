package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover deployment list [JOB]`: deployments, newest first.
final class DeploymentListCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "deployment list",
                        "Lists deployments, newest first.",
                        List.of("drover deployment list", "drover deployment list web"))
                .addPositional(Options.optional(0, "JOB", "Only of this job."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> typed = invocation.parameter(0);
        List<Deployment> all = Deployments.of(typed, client, invocation);
        if (all.isEmpty() && typed.isPresent()) {
            Job meant = new Lookup(client, invocation.namespace()).job(typed.get());
            all = Deployments.of(Optional.of(meant.metadata().name()), client, invocation);
        }
        if (!Documents.print(all, invocation)) {
            if (all.isEmpty()) {
                invocation.out().line("No deployments");
            } else {
                invocation.out().table(Deployments.table(all));
            }
        }
        return 0;
    }
}
