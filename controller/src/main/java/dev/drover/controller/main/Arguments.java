package dev.drover.controller.main;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.server.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/// The options that the roles share.
final class Arguments {
    private static final int PORT_MAX = 65_535;

    private Arguments() {}

    static OptionSpec http() {
        return Options.text(
                "ADDR:PORT",
                "Where to listen (default 127.0.0.1:" + ServerConfig.PORT + ").",
                "--http");
    }

    static OptionSpec dataDir(String meaning) {
        return Options.text("DIR", meaning, "--data-dir");
    }

    /// The address to listen on: one that only this machine reaches.
    static InetSocketAddress http(Invocation invocation) throws CommandFailure {
        return loopback(invocation.text("--http").orElse("127.0.0.1:" + ServerConfig.PORT));
    }

    /// What was typed as one.
    static InetSocketAddress loopback(String text) throws CommandFailure {
        InetSocketAddress address = address("--http", text);
        try {
            if (InetAddress.getByName(address.getHostString()).isLoopbackAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    "--http " + text + " is no address of this machine",
                    String.valueOf(e.getMessage()),
                    "write an address, as 127.0.0.1:" + address.getPort());
        }
        throw new CommandFailure(
                "--http " + text + " is refused",
                "who reaches that address could run programs here: there is no access control yet",
                "listen on 127.0.0.1:%d; people elsewhere come in by `ssh -L %d:127.0.0.1:%d HOST`,"
                                .formatted(address.getPort(), ServerConfig.PORT, address.getPort())
                        + " nodes by `drover server --nodes`");
    }

    /// What an option says, which is an address to listen on.
    static InetSocketAddress address(String option, String text) throws CommandFailure {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX) {
            throw new CommandFailure(
                    option + " " + text + " is not an address",
                    "",
                    "write ADDR:PORT, as 127.0.0.1:4646");
        }
        return InetSocketAddress.createUnresolved(text.substring(0, colon), Integer.parseInt(port));
    }

    /// Where a role keeps its data when nobody says.
    static Path dataDir(Invocation invocation, String role) {
        Map<String, String> environment = invocation.session().environment();
        boolean root = environment.getOrDefault("HOME", "/root").equals("/root");
        Path usual =
                root
                        ? Path.of("/var/lib/drover")
                        : Path.of(environment.getOrDefault("HOME", "."), ".local/share/drover");
        return invocation.text("--data-dir").map(Path::of).orElseGet(() -> usual.resolve(role));
    }
}
