package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.wire.TaskUsage;
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
                .addPositional(Options.required(0, "ID", Lookup.ALLOCATION));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Allocation allocation =
                new Lookup(invocation.client(), invocation.namespace())
                        .allocation(invocation.required(0));
        if (!Documents.print(allocation, invocation)) {
            new AllocationPage(invocation.out(), invocation.now())
                    .show(allocation, usage(allocation, invocation.client()));
        }
        return 0;
    }

    /// A node that is away says nothing about it, and the rest is worth showing.
    private static List<TaskUsage> usage(Allocation allocation, Client client) {
        if (allocation.status().phase() != AllocationPhase.RUNNING) {
            return List.of();
        }
        try {
            return client.usage(allocation.name());
        } catch (IOException notNow) { // also in the middle of its answer
            return List.of();
        }
    }
}
