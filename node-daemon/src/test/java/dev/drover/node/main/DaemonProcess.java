package dev.drover.node.main;

import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A daemon as a process of its own, to be killed: `SERVER DATA`; with `GAP PASSAGES` it ends
/// itself at one of the gaps of [HaltingTools].
final class DaemonProcess {
    private DaemonProcess() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws Exception {
        NodeConfig config = config(arguments[0], Path.of(arguments[1]));
        if (arguments.length == 2) {
            NodeDaemon.start(config);
        } else {
            HaltingTools halting =
                    new HaltingTools(
                            Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            NodeDaemon.start(config, halting::amend);
        }
        new CountDownLatch(1).await();
    }

    /// Starts one; what it says is added to `log`.
    static Process start(Path log, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), log, arguments);
    }

    /// One of another build.
    static Process start(String classPath, Path log, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath,
                                DaemonProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
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
