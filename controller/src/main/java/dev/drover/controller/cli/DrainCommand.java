package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Forecast;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/// `drover node drain NODE…`: empties nodes. First it shows what would move where, and without
/// `-yes` it begins nothing that would leave something without a place.
final class DrainCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.client(
                                "node drain",
                                "Moves everything off nodes; shows first what would move where.",
                                List.of(
                                        "drover node drain n1",
                                        "drover node drain -deadline 10m -yes n1",
                                        "drover node drain -disable n1"))
                        .addPositional(
                                Options.several("NODE", "A node, or the beginning of its name."))
                        .addOption(
                                Options.flag(
                                        "Begins; that is what happens without it too.", "--enable"))
                        .addOption(Options.flag("Ends the drain and opens the node.", "--disable"));
        return DrainTerms.options(spec, "")
                .addOption(Options.flag("With -disable: it stays closed.", "--keep-ineligible"))
                .addOption(Options.flag("Only watches a drain.", "--monitor"))
                .addOption(Options.flag("Does not wait until the node is empty.", "--detach"))
                .addOption(Options.flag("Also when something has no place then.", "--yes", "-y"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        List<Node> nodes = new ArrayList<>();
        for (String typed : invocation.parameters()) {
            nodes.add(new Lookup(client, invocation.namespace()).one(Type.NODES, typed));
        }
        if (invocation.flag("--disable")) {
            disable(nodes, client, invocation);
            return 0;
        }
        Map<String, List<Allocation>> before = new TreeMap<>();
        for (Node node : nodes) {
            String name = node.metadata().name();
            Where there = Where.field("spec.node", name);
            before.put(name, client.list(Type.ALLOCATIONS, "", there).items());
        }
        if (!invocation.flag("--monitor")) {
            enable(nodes, client, invocation);
        }
        if (!invocation.flag("--detach")) {
            for (Node node : nodes) {
                new DrainMonitor(client, invocation.out(), invocation.session().clock())
                        .follow(
                                node,
                                before.getOrDefault(node.metadata().name(), List.of()),
                                invocation.flag("--ignore-system"));
            }
        }
        return 0;
    }

    private static void disable(List<Node> nodes, Client client, Invocation invocation)
            throws IOException {
        for (Node node : nodes) {
            Map<String, Value> spec = new TreeMap<>(Map.of("drain", Wish.nothing()));
            if (!invocation.flag("--keep-ineligible")) {
                spec.put("eligible", Wish.flag(true));
            }
            new Operations(client).patch(Type.NODES, node.name(), spec);
            invocation
                    .out()
                    .line(
                            "Node \"%s\" %s"
                                    .formatted(
                                            node.metadata().name(),
                                            node.spec().drain().isPresent()
                                                    ? "drain strategy unset"
                                                    : "was not being drained"
                                                            + (spec.containsKey("eligible")
                                                                    ? "; it is open"
                                                                    : "")));
        }
    }

    private static void enable(List<Node> nodes, Client client, Invocation invocation)
            throws IOException, CommandFailure {
        Operations operations = new Operations(client);
        DrainTerms terms = DrainTerms.typed(invocation);
        Forecast forecast = operations.whatIf("drain", terms.question(nodes));
        new ForecastPage(invocation.out()).show(forecast);
        invocation.out().blank();
        if (!forecast.without().isEmpty() && !invocation.flag("--yes")) {
            throw new CommandFailure(
                    "not drained",
                    ForecastPage.homeless(forecast) + " would have no place",
                    "make room, or drain all the same with -yes");
        }
        for (Node node : nodes) {
            operations.patch(
                    Type.NODES,
                    node.name(),
                    Map.of("eligible", Wish.flag(false), "drain", terms.wish()));
            invocation.out().line("Node \"" + node.metadata().name() + "\" drain strategy set");
        }
    }
}
