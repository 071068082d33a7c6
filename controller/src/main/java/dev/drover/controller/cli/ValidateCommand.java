package dev.drover.controller.cli;

import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover validate FILE…`: says what is wrong with manifests, without a server.
final class ValidateCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.command(
                                "validate",
                                "Says what is wrong with manifests; needs no server.",
                                List.of("drover validate web.hcl", "drover validate cluster/"))
                        .addPositional(
                                Options.several("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<Resource> resources = Manifested.read(invocation.parameters(), invocation);
        invocation.out().line("valid: " + Wording.count(resources.size(), "resource"));
        return 0;
    }
}
