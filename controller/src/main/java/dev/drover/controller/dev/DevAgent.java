package dev.drover.controller.dev;

import dev.drover.controller.server.Server;
import dev.drover.controller.server.ServerConfig;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import dev.drover.node.main.NodeConfig;
import dev.drover.node.main.NodeDaemon;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server and a node in one process. In a temporary folder everything goes with it, tasks too; in
/// a named one the tasks live on, and the next agent there adopts them.
public final class DevAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevAgent.class);

    private final DevFolder folder;
    private final Server server;
    private final NodeDaemon node;

    private DevAgent(DevFolder folder, Server server, NodeDaemon node) {
        this.folder = folder;
        this.server = server;
        this.node = node;
    }

    /// Starts both; when it returns, jobs are taken and the node is dialling.
    ///
    /// @param data where everything is kept; a temporary folder when absent
    public static DevAgent start(InetSocketAddress http, Optional<Path> data)
            throws IOException, InterruptedException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(parent);
        DevFolder folder =
                data.isPresent() ? DevFolder.of(data.get()) : DevFolder.temporary(parent);
        try {
            Server server = Server.start(ServerConfig.of(http, folder.server()));
            try {
                return new DevAgent(
                        folder,
                        server,
                        NodeDaemon.start(node(folder, http.getHostString(), server.port())));
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// The port that the server listens on.
    public int port() {
        return server.port();
    }

    /// What the node is called.
    public String nodeName() {
        return node.name();
    }

    /// What the node found on this machine.
    public Fingerprint.Found found() {
        return node.found();
    }

    @Override
    public void close() throws IOException {
        try {
            end(node, folder);
        } finally {
            server.close();
            folder.close();
        }
    }

    /// Ends what agents left behind that were killed: their tasks first, then their data.
    private static void sweep(Path parent) throws IOException {
        for (DevFolder abandoned : DevFolder.abandoned(parent)) {
            LOG.info("removing what a killed agent left in {}", abandoned.node().getParent());
            try (abandoned) {
                end(NodeDaemon.start(node(abandoned, "127.0.0.1", NOBODY)), abandoned);
            } catch (IOException e) {
                LOG.warn("not everything of {} could be removed", abandoned.node(), e);
            }
        }
    }

    /// A port where no server is: what is swept belongs to none.
    private static final int NOBODY = 1;

    private static void end(NodeDaemon node, DevFolder folder) throws IOException {
        if (!folder.temporary()) {
            node.close();
            return;
        }
        try {
            node.removeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending tasks", e);
        }
    }

    private static NodeConfig node(DevFolder folder, String host, int port) {
        return new NodeConfig(
                Dial.plain("http://" + host + ":" + port),
                folder.node(),
                Optional.empty(),
                Optional.of("127.0.0.1"),
                new Fingerprint.Words("dc1", "default", "", Map.of()));
    }
}
