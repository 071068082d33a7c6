package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// `drover node eligibility -enable|-disable NODE…`: whether nodes take new allocations.
final class EligibilityCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "node eligibility",
                        "Opens or closes nodes for new allocations; what runs there stays.",
                        List.of(
                                "drover node eligibility -disable n1",
                                "drover node eligibility -enable n1 n2"))
                .addPositional(Options.several("NODE", "A node, or the beginning of its name."))
                .addOption(Options.flag("It takes new ones.", "--enable"))
                .addOption(Options.flag("It takes none.", "--disable"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        boolean enable = invocation.flag("--enable");
        if (enable == invocation.flag("--disable")) {
            throw new CommandFailure("open or close?", "", "say -enable or -disable");
        }
        Client client = invocation.client();
        for (String typed : invocation.parameters()) {
            Node node = new Lookup(client, invocation.namespace()).one(Type.NODES, typed);
            if (enable && node.spec().drain().isPresent()) {
                throw new CommandFailure(
                        "node \"" + node.metadata().name() + "\" is being drained",
                        "what takes new allocations cannot be emptied",
                        "`drover node drain -disable` ends the drain and opens it");
            }
            new Operations(client)
                    .patch(Type.NODES, node.name(), Map.of("eligible", Wish.flag(enable)));
            invocation
                    .out()
                    .line(
                            "Node \"%s\" scheduling eligibility set: %s for scheduling"
                                    .formatted(
                                            node.metadata().name(),
                                            enable ? "eligible" : "ineligible"));
        }
        return 0;
    }
}
