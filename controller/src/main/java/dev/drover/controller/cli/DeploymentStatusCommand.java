package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Deployment;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover deployment status ID`: how far a deployment is, and what it waits for.
final class DeploymentStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "deployment status",
                        "Shows how far a deployment is, and what it waits for.",
                        List.of(
                                "drover deployment status 1f2e",
                                "drover deployment status -o json 1f2e"))
                .addPositional(Options.required(0, "ID", "An id, or the beginning of one."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Deployment deployment =
                new Lookup(client, invocation.namespace())
                        .one(Type.DEPLOYMENTS, invocation.required(0));
        if (!Documents.print(deployment, invocation)) {
            Deployments.page(deployment, invocation.out());
        }
        return 0;
    }
}
