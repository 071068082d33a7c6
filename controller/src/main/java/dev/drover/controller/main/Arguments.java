package dev.drover.controller.main;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.server.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/// The options that the roles share.
final class Arguments {
    private static final int PORT_MAX = 65_535;

    private static final Pattern POOL = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

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

    /// The pool of a node, `default` when nobody says.
    static String pool(Optional<String> typed) throws CommandFailure {
        String pool = typed.orElse("default");
        if (!POOL.matcher(pool).matches() || pool.equals("all")) {
            throw new CommandFailure(
                    "--pool " + pool + " is not the name of a node pool",
                    pool.equals("all") ? "to a job it means the nodes of every pool" : "",
                    "write letters, digits, _ and -, at most 128 of them");
        }
        return pool;
    }

    /// What the operators of a node say of it, each `KEY=VALUE`.
    static Map<String, String> meta(List<String> typed) throws CommandFailure {
        Map<String, String> meta = new TreeMap<>();
        for (String pair : typed) {
            int equals = pair.indexOf('=');
            if (equals < 1 || !KEY.matcher(pair.substring(0, equals)).matches()) {
                throw new CommandFailure(
                        "--meta " + pair + " says nothing of the node",
                        "",
                        "write --meta KEY=VALUE, the key of letters, digits, _, . and -");
            }
            if (meta.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new CommandFailure(
                        "--meta " + pair.substring(0, equals) + " is said twice",
                        "",
                        "leave one of them out");
            }
        }
        return meta;
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
