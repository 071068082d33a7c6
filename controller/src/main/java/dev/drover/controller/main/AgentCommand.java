package dev.drover.controller.main;

import dev.drover.controller.cli.Cli;
import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Commands;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.controller.dev.DevAgent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover agent --dev`: a server and a node in one process, for a first look and for development.
final class AgentCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "agent",
                        "Runs a server and a node in one process.",
                        List.of(
                                "drover agent --dev",
                                "drover agent --dev --apply examples/hello/hello.hcl"))
                .addOption(Options.flag("For development: everything on this machine.", "--dev"))
                .addOption(Arguments.http())
                .addOption(
                        Arguments.dataDir(
                                "Keeps data and tasks there (default: a temporary folder, gone at the end)."))
                .addOption(Options.texts("FILE", "Manifests to run at once.", "--apply"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        if (!invocation.flag("--dev")) {
            throw new CommandFailure(
                    "agent needs --dev",
                    "without it, server and node are two programs",
                    "write `drover agent --dev`, or start `drover server` and `drover node`");
        }
        Optional<Path> data = invocation.text("--data-dir").map(Path::of);
        InetSocketAddress http = Arguments.http(invocation);
        DevAgent agent = DevAgent.start(http, data);
        invocation
                .out()
                .line(
                        "Drover agent listens on http://%s:%d, data %s"
                                .formatted(
                                        http.getHostString(),
                                        agent.port(),
                                        data.map(d -> "in " + d).orElse("goes with it")));
        Findings.print(agent.nodeName(), agent.found(), invocation.out());
        List<String> files = invocation.texts("--apply");
        if (!files.isEmpty()) {
            apply(files, http.getHostString() + ":" + agent.port(), invocation);
        }
        return Lifetime.of(agent);
    }

    /// Runs manifests as `drover run` does, beside the agent, once there is a node to run them on.
    private static void apply(List<String> files, String where, Invocation invocation) {
        Address address = Address.parse(where).orElseThrow();
        var words = new ArrayList<>(List.of("run", "--address", where, "--"));
        words.addAll(files);
        Thread.ofVirtual()
                .name("apply")
                .start(() -> {
                    if (Readiness.await(new Client(address))) {
                        new Cli(List.of(new Commands())).run(words, invocation.session());
                    }
                });
    }
}
