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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover node drain NODE…`: empties nodes. First it shows what would move where, and without
/// `-yes` it begins nothing that would leave something without a place.
final class DrainCommand implements Command {
    /// As with Nomad: batch jobs may run for so long.
    static final Duration DEADLINE = Duration.ofHours(1);

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "node drain",
                        "Moves everything off nodes; shows first what would move where.",
                        List.of(
                                "drover node drain n1",
                                "drover node drain -deadline 10m -yes n1",
                                "drover node drain -disable n1"))
                .addPositional(Options.several("NODE", "A node, or the beginning of its name."))
                .addOption(Options.flag("Begins; that is what happens without it too.", "--enable"))
                .addOption(Options.flag("Ends the drain and opens the node.", "--disable"))
                .addOption(
                        Options.text(
                                "TIME",
                                "When everything that is left is stopped (default 1h).",
                                "--deadline"))
                .addOption(Options.flag("Waits for whatever it takes.", "--no-deadline"))
                .addOption(Options.flag("Stops everything now.", "--force"))
                .addOption(Options.flag("System jobs stay.", "--ignore-system"))
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
                        .follow(node, before.getOrDefault(node.metadata().name(), List.of()));
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
        Optional<Instant> deadline = deadline(invocation);
        boolean ignoreSystem = invocation.flag("--ignore-system");
        Map<String, String> terms =
                new TreeMap<>(Map.of("ignoreSystem", Boolean.toString(ignoreSystem)));
        terms.put(
                "nodes",
                nodes.stream().map(n -> n.metadata().name()).collect(Collectors.joining(",")));
        deadline.ifPresent(when -> terms.put("deadline", when.toString()));
        Forecast forecast = operations.whatIf("drain", terms);
        new ForecastPage(invocation.out()).show(forecast);
        invocation.out().blank();
        if (!forecast.without().isEmpty() && !invocation.flag("--yes")) {
            throw new CommandFailure(
                    "not drained",
                    ForecastPage.homeless(forecast) + " would have no place",
                    "make room, or drain all the same with -yes");
        }
        Map<String, Value> drain = new TreeMap<>(Map.of("ignoreSystem", Wish.flag(ignoreSystem)));
        drain.put(
                "deadline",
                deadline.<Value>map(when -> Wish.text(when.toString())).orElseGet(Wish::nothing));
        for (Node node : nodes) {
            operations.patch(
                    Type.NODES,
                    node.name(),
                    Map.of("eligible", Wish.flag(false), "drain", new Value.Fields(drain)));
            invocation.out().line("Node \"" + node.metadata().name() + "\" drain strategy set");
        }
    }

    private static Optional<Instant> deadline(Invocation invocation) throws CommandFailure {
        Optional<String> typed = invocation.text("--deadline");
        boolean none = invocation.flag("--no-deadline");
        boolean force = invocation.flag("--force");
        if ((typed.isPresent() && (none || force)) || (none && force)) {
            throw new CommandFailure(
                    "until when?",
                    "-deadline, -no-deadline and -force contradict each other",
                    "say one of them");
        }
        if (none) {
            return Optional.empty();
        }
        if (force) {
            return Optional.of(invocation.now());
        }
        return Optional.of(
                invocation
                        .now()
                        .plus(
                                typed.isPresent()
                                        ? Wish.duration(typed.get(), "-deadline")
                                        : DEADLINE));
    }
}
