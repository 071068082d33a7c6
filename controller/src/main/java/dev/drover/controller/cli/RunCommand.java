package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover run FILE…`: submits jobs, and follows each until it runs, is complete or has failed.
final class RunCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "run",
                                "Submits jobs and follows them until they run or have ended.",
                                List.of(
                                        "drover run web.hcl",
                                        "drover run -detach --var count=3 web.hcl"))
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -."))
                        .addOption(Options.flag("Only submits.", "--detach")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        List<Resource> resources = Manifested.read(invocation.parameters(), invocation);
        Client client = invocation.client();
        int worst = 0;
        for (Resource resource : resources) {
            worst = Math.max(worst, run(resource, client, invocation));
        }
        return worst;
    }

    private static int run(Resource resource, Client client, Invocation invocation)
            throws IOException, InterruptedException {
        Resource wanted = Placed.in(invocation.namespace(), resource);
        if (!(wanted instanceof Job job)) {
            new Application(client, invocation.out()).apply(wanted);
            return 0;
        }
        List<Allocation> before = Listings.allocationsOf(job, client);
        return Submission.of(client, invocation).report(client.apply(Type.JOBS, job), before);
    }
}
