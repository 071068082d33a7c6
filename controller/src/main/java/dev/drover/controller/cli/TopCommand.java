package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Unreachable;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.wire.TaskUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover top [NODE]`: what every running task uses, the busiest first.
final class TopCommand implements Command {
    private static final int ROWS = 50; // a screen

    private static final Comparator<Row> BUSIEST =
            Comparator.comparingInt((Row r) -> r.usage().cpuPermille())
                    .thenComparingLong(r -> r.usage().memoryBytes())
                    .reversed();

    private record Row(String node, TaskUsage usage) {}

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "top",
                        "Shows what the running tasks use, the busiest first.",
                        List.of("drover top", "drover top --all node-1"))
                .addPositional(Options.optional(0, "NODE", "Only the tasks of this node."))
                .addOption(Options.flag("Every task, and not a screen of them.", "--all"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        List<Row> rows = new ArrayList<>();
        boolean unknown = false;
        for (String node : nodes(client, invocation)) {
            try {
                client.usageOfNode(node).forEach(usage -> rows.add(new Row(node, usage)));
            } catch (Unreachable server) {
                throw server;
            } catch (IOException gone) {
                invocation.out().warning("node " + node + ": " + gone.getMessage());
                unknown = true;
            }
        }
        if (rows.isEmpty()) {
            if (!unknown) {
                invocation.out().line("Nothing runs");
            }
            return 0;
        }
        rows.sort(BUSIEST);
        boolean all = invocation.flag("--all") || rows.size() <= ROWS;
        List<Row> shown = all ? rows : rows.subList(0, ROWS);
        invocation.out().table(table(shown));
        if (!all) {
            invocation.out().line("… and " + (rows.size() - ROWS) + " more (`drover top --all`)");
        }
        return 0;
    }

    private static List<String> nodes(Client client, Invocation invocation)
            throws IOException, CommandFailure {
        Optional<String> typed = invocation.parameter(0);
        if (typed.isPresent()) {
            Node node = new Lookup(client, "").one(Type.NODES, typed.get());
            return List.of(node.metadata().name());
        }
        return client.list(Type.NODES, "", Where.ANY).items().stream()
                .filter(node -> node.status().phase() != NodePhase.DOWN)
                .map(node -> node.metadata().name())
                .toList();
    }

    private static Table table(List<Row> rows) {
        return new Table(
                List.of("Alloc ID", "Job", "Task", "Node", "CPU", "Memory", "Processes"),
                rows.stream()
                        .map(row ->
                                List.of(
                                        Ids.brief(row.usage().allocation()),
                                        row.usage().job(),
                                        row.usage().task(),
                                        row.node(),
                                        Sizes.percent(row.usage().cpuPermille()),
                                        Sizes.of(row.usage().memoryBytes()),
                                        Integer.toString(row.usage().processes())))
                        .toList());
    }
}
