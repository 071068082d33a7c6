package dev.drover.controller.cli;

import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover apply -f FILE…`: makes resources of any kind what files say.
final class ApplyCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "apply",
                                "Makes resources of any kind what manifests say.",
                                List.of("drover apply -f web.hcl", "drover apply -f cluster/"))
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        var application = new Application(invocation.client(), invocation.out());
        for (Resource resource : Manifested.read(invocation.parameters(), invocation)) {
            application.apply(Placed.in(invocation.namespace(), resource));
        }
        return 0;
    }
}
