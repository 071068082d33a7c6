package dev.drover.controller.cli;

import dev.drover.manifests.model.Deployment;
import java.io.IOException;
import java.util.List;
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
        List<Deployment> all =
                Deployments.of(invocation.parameter(0), invocation.client(), invocation);
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
