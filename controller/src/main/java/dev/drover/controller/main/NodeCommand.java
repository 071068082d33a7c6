package dev.drover.controller.main;

import dev.drover.controller.cli.Command;
import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import dev.drover.controller.server.ServerConfig;
import dev.drover.node.fingerprint.Declared;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.link.Dial;
import dev.drover.node.link.TlsFiles;
import dev.drover.node.main.NodeConfig;
import dev.drover.node.main.NodeDaemon;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// `drover node`: runs what a server tells it to, on this machine.
final class NodeCommand implements Command {
    private static final String LOGS_MAX = "--logs-max";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.command(
                                "node",
                                "Runs a node daemon until it is asked to end; its tasks live on.",
                                List.of(
                                        "drover node --server http://127.0.0.1:4646",
                                        "drover node --name n1 --data-dir /srv/n1",
                                        "drover node --pool gpu --meta rack=r7 --meta owner=ann",
                                        "drover node --server https://s1:4647 --name n1"
                                                + " --tls-ca ca.pem --tls-cert n1.pem --tls-key n1-key.pem"))
                        .addOption(
                                Options.text(
                                        "URL",
                                        "The server: https://HOST:4647 with --tls-…, or on this machine"
                                                + " http://127.0.0.1:4646 (the default).",
                                        "--server"))
                        .addOption(
                                Arguments.dataDir(
                                        "The node's folder (default /var/lib/drover/node)."))
                        .addOption(
                                Options.text(
                                        "NAME", "Its name (default: the machine's).", "--name"))
                        .addOption(
                                Options.text("ADDR", "Where its ports are reached.", "--address"))
                        .addOption(
                                Options.text(
                                        "NAME",
                                        "Its datacenter (default dc1).",
                                        "--datacenter",
                                        "--dc"))
                        .addOption(
                                Options.text("NAME", "Its node pool (default default).", "--pool"))
                        .addOption(Options.text("NAME", "Its class.", "--class"))
                        .addOption(
                                Options.texts(
                                        "KEY=VALUE",
                                        "What jobs find as ${meta.KEY}; again for more.",
                                        "--meta"));
        return machine(spec);
    }

    /// What the machine has, and what jobs may have of it.
    private static CommandSpec machine(CommandSpec spec) {
        return spec.addOption(
                        Options.texts(
                                "VENDOR/TYPE/NAME=/dev/X[,ATTR=VALUE…]",
                                "A device that one task at a time may use; again for more.",
                                "--device"))
                .addOption(
                        Options.texts(
                                "NAME=CIDR|INTERFACE",
                                "A network that ports may name by host_network; again for more.",
                                "--host-network"))
                .addOption(
                        Options.texts(
                                "NAME=FOLDER[,ro]",
                                "A folder that jobs may mount as host volume; again for more.",
                                "--host-volume"))
                .addOption(Tls.authorityOption("Whose certificate the server must have (PEM)."))
                .addOption(Tls.certificateOption("This node's, which names it (PEM)."))
                .addOption(Tls.keyOption())
                .addOption(
                        Options.text(
                                "NAME",
                                "Who builds jails: runc, crun, or the folder of FreeBSD's tools (default: the node itself; /usr/sbin on FreeBSD).",
                                "--jail-runtime"))
                .addOption(
                        Options.text(
                                "FOLDER,…",
                                "Folders that may be a jail's root or be mounted (default: all).",
                                "--jail-roots"))
                .addOption(
                        Options.text(
                                "KEY,…",
                                "What jails may have beyond the ordinary (docs/jails.md).",
                                "--jail-allow"))
                .addOption(
                        Options.text(
                                "CAP,…",
                                "What their cap_add may name beyond the ordinary ones.",
                                "--jail-caps"))
                .addOption(
                        Options.text(
                                "MIB",
                                "What the logs of all tasks may take (default: a tenth of the disk).",
                                LOGS_MAX));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        NodeConfig config =
                new NodeConfig(
                        new Dial(
                                invocation
                                        .text("--server")
                                        .orElse("http://127.0.0.1:" + ServerConfig.PORT),
                                Tls.of(invocation)
                                        .map(t ->
                                                new TlsFiles(
                                                        t.authority(), t.certificate(), t.key()))),
                        Arguments.dataDir(invocation, "node"),
                        invocation.text("--name"),
                        invocation.text("--address"),
                        new Fingerprint.Words(
                                invocation.text("--datacenter").orElse("dc1"),
                                Arguments.pool(invocation.text("--pool")),
                                invocation.text("--class").orElse(""),
                                Arguments.meta(invocation.texts("--meta")),
                                declared(invocation)),
                        jails(invocation),
                        invocation.text("--jail-runtime"),
                        logBytesMax(invocation));
        NodeDaemon node = NodeDaemon.start(config);
        invocation
                .out()
                .line("Drover node dials " + config.server().url() + ", data in " + config.data());
        Findings.print(node.name(), node.found(), invocation.out());
        return Lifetime.of(node);
    }

    private static Optional<Long> logBytesMax(Invocation invocation) throws CommandFailure {
        Optional<String> mib = invocation.text(LOGS_MAX);
        if (mib.isPresent() && !mib.get().matches("[1-9][0-9]{0,9}")) {
            throw new CommandFailure(
                    LOGS_MAX + " " + mib.get() + " is no number of MiB",
                    "",
                    "write " + LOGS_MAX + " 10000 for ten thousand MiB");
        }
        return mib.map(number -> Long.parseLong(number) << 20);
    }

    private static Declared declared(Invocation invocation) throws CommandFailure {
        try {
            return Declared.of(
                    invocation.texts("--device"),
                    invocation.texts("--host-network"),
                    invocation.texts("--host-volume"));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(
                    "what the node has is not said right: " + wrong.getMessage(),
                    "",
                    "write for instance --device acme/serial/modem=/dev/ttyUSB0,speed=115200,"
                            + " --host-network public=203.0.113.0/24 or --host-volume certs=/etc/ssl,ro");
        }
    }

    private static JailPolicy jails(Invocation invocation) throws CommandFailure {
        try {
            return JailPolicy.of(
                    words(invocation, "--jail-roots"),
                    words(invocation, "--jail-allow"),
                    words(invocation, "--jail-caps"));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(
                    "what jails may have is not said right: " + wrong.getMessage(),
                    "",
                    "see docs/jails.md for the words");
        }
    }

    private static List<String> words(Invocation invocation, String option) {
        return invocation.text(option).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
