package dev.drover.controller.main;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.server.Server;
import dev.drover.controller.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover server`: remembers, decides and speaks; runs nothing.
final class ServerCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.command(
                        "server",
                        "Runs a server until it is asked to end.",
                        List.of("drover server", "drover server --data-dir /srv/drover"))
                .addOption(Arguments.http())
                .addOption(
                        Arguments.dataDir("The server's folder (default /var/lib/drover/server)."));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Path data = Arguments.dataDir(invocation, "server");
        Server server = Server.start(ServerConfig.of(Arguments.http(invocation), data));
        invocation
                .out()
                .line(
                        "Drover server listens on http://127.0.0.1:%d, data in %s"
                                .formatted(server.port(), data));
        return Lifetime.of(server);
    }
}
