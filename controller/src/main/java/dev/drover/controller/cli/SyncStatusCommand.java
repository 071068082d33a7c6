package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.GitSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover sync status [NAME]`: all Git sources, or one with what became of each manifest.
final class SyncStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "sync status",
                        "Shows all Git sources, or one with what became of each manifest and why.",
                        List.of("drover sync status", "drover sync status prod"))
                .addPositional(
                        Options.optional(0, "NAME", "A Git source, or the beginning of its name."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> typed = invocation.parameter(0);
        SyncPage page = new SyncPage(invocation.out(), invocation.now());
        if (typed.isPresent()) {
            GitSource source =
                    new Lookup(client, invocation.namespace()).one(Type.GIT_SOURCES, typed.get());
            if (!Documents.print(source, invocation)) {
                page.one(source);
            }
            return 0;
        }
        List<GitSource> sources =
                client.list(Type.GIT_SOURCES, invocation.namespace(), Where.ANY).items();
        if (!Documents.print(sources, invocation)) {
            page.list(sources);
        }
        return 0;
    }
}
