package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Node;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover node status [NAME]`: all nodes, or one with what it has and what runs there.
final class NodeStatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "node status",
                        "Shows all nodes, or one with its drivers, room and allocations.",
                        List.of("drover node status", "drover node status n1"))
                .addPositional(
                        Options.optional(0, "NAME", "A node, or the beginning of its name."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> typed = invocation.parameter(0);
        if (typed.isPresent()) {
            one(client, typed.get(), invocation);
            return 0;
        }
        List<Node> nodes = client.list(Type.NODES, "", Where.ANY).items();
        if (!Documents.print(nodes, invocation)) {
            new NodePage(invocation.out(), invocation.now())
                    .list(nodes, Held.in(client, invocation));
        }
        return 0;
    }

    private static void one(Client client, String typed, Invocation invocation)
            throws IOException, CommandFailure {
        Node node = new Lookup(client, invocation.namespace()).one(Type.NODES, typed);
        if (Documents.print(node, invocation)) {
            return;
        }
        String name = node.metadata().name();
        List<Allocation> there =
                client.list(Type.ALLOCATIONS, "", Where.field("spec.node", name)).items();
        new NodePage(invocation.out(), invocation.now()).one(node, there);
        Held.in(client, invocation).show(node, invocation.out());
    }
}
