package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Forecast;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover what-if drain|lose|run|scale|add-node …`: what would move where, in what order, and what
/// would have no place. Nothing is written. Exit code 2 when something would have no place.
final class WhatIfCommand implements Command {
    private static final int HOMELESS = 2;

    private static final List<String> SIZES = List.of("count", "cpu", "memory", "disk");

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.shows(
                                "what-if",
                                "Shows what the cluster would do after a change, and changes nothing.",
                                List.of(
                                        "drover what-if drain n1 n2",
                                        "drover what-if drain -ignore-system -deadline 10m n1",
                                        "drover what-if lose n3",
                                        "drover what-if run web.hcl",
                                        "drover what-if scale web/app 10",
                                        "drover what-if add-node -like n1 -count 2"))
                        .addPositional(
                                Options.several(
                                        "QUESTION",
                                        "drain NODE…, lose NODE…, run FILE…, scale JOB[/GROUP] N, or add-node."))
                        .addOption(Options.text("NODE", "add-node: like this one.", "--like"))
                        .addOption(Options.text("N", "add-node: so many of them.", "--count"))
                        .addOption(Options.text("MHZ", "add-node: with so much.", "--cpu"))
                        .addOption(Options.text("MIB", "add-node: with so much.", "--memory"))
                        .addOption(Options.text("MIB", "add-node: with so much.", "--disk"));
        return Manifested.options(DrainTerms.options(spec, "drain: "));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<String> words = invocation.parameters();
        List<String> rest = words.subList(1, words.size());
        Client client = invocation.client();
        Operations operations = new Operations(client);
        return switch (words.getFirst()) {
            case "drain" -> {
                List<Node> nodes = nodes(rest, client, invocation);
                DrainTerms terms = DrainTerms.typed(invocation);
                yield show(operations.whatIf("drain", terms.question(nodes)), invocation);
            }
            case "lose" -> {
                Map<String, String> nodes = Map.of("nodes", names(nodes(rest, client, invocation)));
                yield show(operations.whatIf("lose", nodes), invocation);
            }
            case "run" -> files(rest, operations, invocation);
            case "scale" -> show(scaled(rest, operations, invocation), invocation);
            case "add-node" ->
                    show(operations.whatIf("add", sizes(client, invocation)), invocation);
            default ->
                    throw new CommandFailure(
                            "what if \"" + words.getFirst() + "\"?",
                            "known are drain, lose, run, scale and add-node",
                            "`drover what-if --help` shows examples");
        };
    }

    /// The names of nodes as the server is asked about them.
    static String names(List<Node> nodes) {
        return nodes.stream().map(n -> n.metadata().name()).collect(Collectors.joining(","));
    }

    private static List<Node> nodes(List<String> typed, Client client, Invocation invocation)
            throws IOException, CommandFailure {
        if (typed.isEmpty()) {
            throw new CommandFailure("which nodes?", "none is named", "name one or more");
        }
        List<Node> nodes = new ArrayList<>();
        for (String name : typed) {
            nodes.add(new Lookup(client, invocation.namespace()).one(Type.NODES, name));
        }
        return nodes;
    }

    private static int files(List<String> files, Operations operations, Invocation invocation)
            throws IOException, CommandFailure {
        int worst = 0;
        for (Resource resource : Manifested.read(files, invocation)) {
            if (Placed.in(invocation.namespace(), resource) instanceof Job job) {
                worst = Math.max(worst, show(operations.whatIfRun(job), invocation));
            }
        }
        return worst;
    }

    private static Forecast scaled(List<String> rest, Operations operations, Invocation invocation)
            throws IOException, CommandFailure {
        if (rest.size() != 2) {
            throw new CommandFailure(
                    "scale what to what?", "", "write `drover what-if scale JOB/GROUP N`");
        }
        GroupOf of = GroupOf.typed(rest.getFirst(), invocation);
        return operations.whatIfScaled(of.job().name(), of.one().name(), Wish.count(rest.get(1)));
    }

    private static Map<String, String> sizes(Client client, Invocation invocation)
            throws IOException, CommandFailure {
        Map<String, String> terms = new TreeMap<>();
        for (String size : SIZES) {
            Optional<String> typed = invocation.text("--" + size);
            if (typed.isPresent()) {
                terms.put(size, Integer.toString(Wish.count(typed.get())));
            }
        }
        Optional<String> like = invocation.text("--like");
        if (like.isPresent()) {
            terms.put("like", names(nodes(List.of(like.get()), client, invocation)));
        }
        return terms;
    }

    private static int show(Forecast forecast, Invocation invocation) throws CommandFailure {
        if (!Documents.printAnswer(forecast, invocation)) {
            new ForecastPage(invocation.out()).show(forecast);
        }
        return forecast.without().isEmpty() ? 0 : HOMELESS;
    }
}
