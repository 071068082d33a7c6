package dev.drover.controller.cli;

import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover alloc status ID`: one allocation, its tasks, and what happened to them.
final class AllocStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "alloc status",
                        "Shows an allocation, its tasks and what happened to them.",
                        List.of("drover alloc status 1c4f9a02", "drover alloc status -o json 1c"))
                .addPositional(Options.required(0, "ID", "An allocation's id, or its beginning."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Allocation allocation =
                new Lookup(invocation.client(), invocation.namespace())
                        .one(Type.ALLOCATIONS, invocation.required(0));
        if (!Documents.print(allocation, invocation)) {
            new AllocationPage(invocation.out(), invocation.now()).show(allocation);
        }
        return 0;
    }
}
