package dev.drover.controller.main;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.nodes.LinkTimes;
import dev.drover.controller.nodes.NodeDoor;
import dev.drover.controller.server.Server;
import dev.drover.controller.server.ServerConfig;
import dev.drover.manifests.shape.Durations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover server`: remembers, decides and speaks; runs nothing.
final class ServerCommand implements Command {
    private static final String NODES = "--nodes";
    private static final String GRACE = "--node-grace";

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "server",
                        "Runs a server until it is asked to end.",
                        List.of(
                                "drover server",
                                "drover server --data-dir /srv/drover",
                                "drover server --history-age 720h --history-bytes 8GiB",
                                "drover server --nodes 0.0.0.0:4647"
                                        + " --tls-ca ca.pem --tls-cert s1.pem --tls-key s1-key.pem"))
                .addOption(Arguments.http())
                .addOption(
                        Arguments.dataDir("The server's folder (default /var/lib/drover/server)."))
                .addOption(
                        Options.text(
                                "ADDR:PORT",
                                "Where nodes come in, with --tls-… (default 0.0.0.0:"
                                        + NodeDoor.PORT
                                        + ").",
                                NODES))
                .addOption(
                        Options.text(
                                "TIME",
                                "How long a node may be silent before it counts as down"
                                        + " (default "
                                        + LinkTimes.STANDARD.grace().toSeconds()
                                        + "s).",
                                GRACE))
                .addOption(History.ageOption())
                .addOption(History.bytesOption())
                .addOption(Tls.authorityOption("Whose certificates nodes must have (PEM)."))
                .addOption(Tls.certificateOption("This server's (PEM)."))
                .addOption(Tls.keyOption());
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Path data = Arguments.dataDir(invocation, "server");
        InetSocketAddress http = Arguments.http(invocation);
        Server server =
                Server.start(
                        ServerConfig.of(http, data)
                                .withNodes(nodes(invocation))
                                .withTimes(times(invocation))
                                .withRetention(
                                        History.of(
                                                invocation.text(History.AGE),
                                                invocation.text(History.BYTES))));
        invocation
                .out()
                .line(
                        "Drover server listens on http://%s:%d, data in %s"
                                .formatted(http.getHostString(), server.port(), data));
        if (server.nodePort() != server.port()) {
            invocation.out().line("  nodes come in on port " + server.nodePort() + ", over TLS");
        }
        return Lifetime.of(server);
    }

    private static LinkTimes times(Invocation invocation) throws CommandFailure {
        Optional<String> typed = invocation.text(GRACE);
        if (typed.isEmpty()) {
            return LinkTimes.STANDARD;
        }
        return LinkTimes.STANDARD.withGrace(
                Durations.parse(typed.get())
                        .filter(grace -> grace.compareTo(LinkTimes.GRACE_MIN) >= 0)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        GRACE + " " + typed.get() + " is not a time of 1s or more",
                                        "a node that pauses for its garbage is not down",
                                        "write 20s or 2m")));
    }

    private static Optional<NodeDoor> nodes(Invocation invocation) throws CommandFailure {
        Optional<Tls> tls = Tls.of(invocation);
        Optional<String> where = invocation.text(NODES);
        if (tls.isEmpty()) {
            if (where.isPresent()) {
                throw new CommandFailure(
                        NODES + " needs --tls-ca, --tls-cert and --tls-key",
                        "who reaches that address could run programs here",
                        "give all three, or leave it out: nodes of this machine come in by --http");
            }
            return Optional.empty();
        }
        InetSocketAddress address =
                Arguments.address(NODES, where.orElse("0.0.0.0:" + NodeDoor.PORT));
        Tls files = tls.get();
        return Optional.of(
                NodeDoor.of(address, files.authority(), files.certificate(), files.key()));
    }
}
