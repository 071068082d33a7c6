package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Deployment;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover deployment status ID|JOB`: how far a deployment is, and what it waits for.
final class DeploymentStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "deployment status",
                        "Shows how far a deployment is, and what it waits for.",
                        List.of(
                                "drover deployment status 1f2e",
                                "drover deployment status -monitor web",
                                "drover deployment status -o json 1f2e"))
                .addPositional(Deployments.parameter())
                .addOption(
                        Options.flag(
                                "Follows it to its end; exit code 1 unless it succeeds.",
                                "--monitor"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Deployment deployment = Deployments.meant(invocation.required(0), client, invocation);
        if (invocation.flag("--monitor")) {
            return new DeploymentMonitor(client, invocation.out(), invocation.session().clock())
                    .follow(deployment);
        }
        if (!Documents.print(deployment, invocation)) {
            Deployments.page(deployment, invocation.out());
        }
        return 0;
    }
}
