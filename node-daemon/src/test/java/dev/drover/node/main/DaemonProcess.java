package dev.drover.node.main;

import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A daemon as a process of its own, to be killed: `SERVER DATA`.
final class DaemonProcess {
    private DaemonProcess() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws Exception {
        NodeDaemon.start(config(arguments[0], Path.of(arguments[1])));
        new CountDownLatch(1).await();
    }

    static NodeConfig config(String server, Path data) {
        return new NodeConfig(
                Dial.plain(server),
                data,
                Optional.of("node"),
                Optional.of("127.0.0.1"),
                new Fingerprint.Words("dc1", "default", "", Map.of()));
    }
}
